"""An index of the tables, for Django's imports."""

from thongsuot.records.access import (
    AccountRow,
    GrantRow,
    IdempotencyRow,
    RoleRow,
    SubstitutionRow,
    TokenRow,
)
from thongsuot.records.access_log import AccessChangeRow
from thongsuot.records.applications import ApplicationRow
from thongsuot.records.calendar import (
    CalendarDayRow,
    CalendarRow,
    MarkRow,
    OfficeHoursRow,
    PhraseRow,
    PolicyRow,
)
from thongsuot.records.catalogue import (
    LoadRow,
    ProcedureRow,
    ProcessRow,
    ProcessUseRow,
    RefusedLineRow,
)
from thongsuot.records.census import CensusRow
from thongsuot.records.certificates import CertificateRow
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.custody import PassedSeenRow, PassedToRow
from thongsuot.records.cutover import (
    CutoverRuleRow,
    CutoverStepRow,
    ReceptionSystemRow,
    SentElsewhereRow,
)
from thongsuot.records.decisions import DecisionRow, ProcedureChangeRow, ProcedureDraftRow
from thongsuot.records.directory import (
    OfficeAliasRow,
    OfficeRow,
    PlaceRow,
    PlaceSuccessionRow,
    ReceptionPointRow,
    SuccessionRow,
)
from thongsuot.records.documents import DocumentRow, DocumentWordRow
from thongsuot.records.dossier import (
    CodeSequenceRow,
    DossierRow,
    DossierWordsRow,
    EventRow,
    IdentifierRow,
)
from thongsuot.records.drafts import DraftRow
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.exchange import (
    ConnectionRow,
    ControlTotalRow,
    LedgerHeadRow,
    LedgerRow,
    ValueMapRow,
)
from thongsuot.records.feedback import FeedbackRow
from thongsuot.records.files import FileRow
from thongsuot.records.handover import HandoverLineRow, HandoverRow
from thongsuot.records.incidents import (
    IncidentDossierRow,
    IncidentRow,
    IncidentStepRow,
)
from thongsuot.records.land_steps import ReportedStepRow
from thongsuot.records.links import ClosedPortalRow, FileLinkRow, FileLinkUseRow
from thongsuot.records.looks import LookRow
from thongsuot.records.lookup import LookupTryRow
from thongsuot.records.messages import (
    CursorRow,
    InboxRow,
    OutboxRow,
    PartnerRow,
    PayloadBeforeRow,
)
from thongsuot.records.migration import (
    CodeMapRow,
    LegacyDossierRow,
    MigrationLineRow,
    MigrationOutcomeRow,
    MigrationRow,
    MigrationSignatureRow,
)
from thongsuot.records.mirror import MirrorRow
from thongsuot.records.online import OnlineServiceRow, OnlineServiceStepRow
from thongsuot.records.papers import PaperHeldRow
from thongsuot.records.payments import PaymentRow
from thongsuot.records.postal import PostalMoveRow, PostalOrderRow
from thongsuot.records.proposals import ProposalRow, ProposalStepRow
from thongsuot.records.readiness import ReadinessNoteRow
from thongsuot.records.reconciliation import DifferenceRow, ReconciliationRow
from thongsuot.records.reference import ReferenceStampRow
from thongsuot.records.rehearsal import RehearsalLineRow, RehearsalRow
from thongsuot.records.remote import DivergenceRow, RemoteDossierRow
from thongsuot.records.reorganisation import (
    GapRow,
    MovedRow,
    OperationRow,
    ReorganisationRow,
    ReorganisationStepRow,
)
from thongsuot.records.report_exports import ReportExportRow
from thongsuot.records.report_months import ReportMonthRow
from thongsuot.records.report_orders import (
    ReportOrderAnswerRow,
    ReportOrderRow,
    ReportOrderStepRow,
    ReportOrderTaskRow,
)
from thongsuot.records.report_own import OwnFigureRow, ReportDocumentRow
from thongsuot.records.report_reminders import ReportReminderRow
from thongsuot.records.report_rules import ReportRuleRow
from thongsuot.records.reporting import StretchRow, ToReckonRow
from thongsuot.records.reports import FilledCellRow, FrozenReportRow, ReportRow, ReportStepRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.records.sessions import SessionRow
from thongsuot.records.set_up import CutoverTestRow, SetUpExportRow, SetUpReadRow
from thongsuot.records.shared_systems import (
    FindingRow,
    FindingStepRow,
    SharedSystemRow,
    SystemEntryRow,
    SystemRegulationRow,
)
from thongsuot.records.signing import AttemptRow, FactorRow, RecoveryCodeRow
from thongsuot.records.simplification import PlanLineRow, PlanRow
from thongsuot.records.together import BulkLineRow, BulkRow
from thongsuot.records.training import LessonRow, LessonTakenRow
from thongsuot.records.undoing import UndoRow
from thongsuot.records.worklist import SavedFilterRow

__all__ = [
    "AccessChangeRow",
    "AccountRow",
    "ApplicationRow",
    "AttemptRow",
    "BulkLineRow",
    "BulkRow",
    "CalendarDayRow",
    "CalendarRow",
    "CensusRow",
    "CertificateRow",
    "ClosedPortalRow",
    "CodeMapRow",
    "CodeSequenceRow",
    "CompetenceRow",
    "ConnectionRow",
    "ControlTotalRow",
    "CursorRow",
    "CutoverRuleRow",
    "CutoverStepRow",
    "CutoverTestRow",
    "DecisionRow",
    "DifferenceRow",
    "DivergenceRow",
    "DocumentRow",
    "DocumentWordRow",
    "DossierRow",
    "DossierWordsRow",
    "DraftRow",
    "EnquiryRow",
    "ErrandRow",
    "EventRow",
    "FactorRow",
    "FeedbackRow",
    "FileLinkRow",
    "FileLinkUseRow",
    "FileRow",
    "FilledCellRow",
    "FindingRow",
    "FindingStepRow",
    "FrozenReportRow",
    "GapRow",
    "GrantRow",
    "HandoverLineRow",
    "HandoverRow",
    "IdempotencyRow",
    "IdentifierRow",
    "InboxRow",
    "IncidentDossierRow",
    "IncidentRow",
    "IncidentStepRow",
    "LedgerHeadRow",
    "LedgerRow",
    "LegacyDossierRow",
    "LessonRow",
    "LessonTakenRow",
    "LoadRow",
    "LookRow",
    "LookupTryRow",
    "MarkRow",
    "MigrationLineRow",
    "MigrationOutcomeRow",
    "MigrationRow",
    "MigrationSignatureRow",
    "MirrorRow",
    "MovedRow",
    "OfficeAliasRow",
    "OfficeContactRow",
    "OfficeHoursRow",
    "OfficeRow",
    "OnlineServiceRow",
    "OnlineServiceStepRow",
    "OperationRow",
    "OutboxRow",
    "OwnFigureRow",
    "PaperHeldRow",
    "PartnerRow",
    "PassedSeenRow",
    "PassedToRow",
    "PayloadBeforeRow",
    "PaymentRow",
    "PhraseRow",
    "PlaceRow",
    "PlaceSuccessionRow",
    "PlanLineRow",
    "PlanRow",
    "PolicyRow",
    "PostalMoveRow",
    "PostalOrderRow",
    "ProcedureChangeRow",
    "ProcedureDraftRow",
    "ProcedureRow",
    "ProcessRow",
    "ProcessUseRow",
    "ProposalRow",
    "ProposalStepRow",
    "ReadinessNoteRow",
    "ReceptionPointRow",
    "ReceptionSystemRow",
    "ReconciliationRow",
    "RecoveryCodeRow",
    "ReferenceStampRow",
    "RefusedLineRow",
    "RehearsalLineRow",
    "RehearsalRow",
    "RemoteDossierRow",
    "ReorganisationRow",
    "ReorganisationStepRow",
    "ReportDocumentRow",
    "ReportExportRow",
    "ReportMonthRow",
    "ReportOrderAnswerRow",
    "ReportOrderRow",
    "ReportOrderStepRow",
    "ReportOrderTaskRow",
    "ReportReminderRow",
    "ReportRow",
    "ReportRuleRow",
    "ReportStepRow",
    "ReportedStepRow",
    "RoleRow",
    "RosterRow",
    "SavedFilterRow",
    "SentElsewhereRow",
    "SessionRow",
    "SetUpExportRow",
    "SetUpReadRow",
    "SharedSystemRow",
    "StretchRow",
    "SubstitutionRow",
    "SuccessionRow",
    "SystemEntryRow",
    "SystemRegulationRow",
    "ToReckonRow",
    "TokenRow",
    "UndoRow",
    "ValueMapRow",
]
