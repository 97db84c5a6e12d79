"""Two accounts of the same dossiers are compared, and what differs is mended by people."""

from thongsuot.actions.reconciliation.asking import TASK, again, ask, do_asked, make
from thongsuot.actions.reconciliation.comparing import (
    OpenPartner,
    PartnerBook,
    Reconciled,
    compared,
    reconcile,
)
from thongsuot.actions.reconciliation.repairing import leave, mend
from thongsuot.actions.reconciliation.sides import ExportNotBroughtIn, SideUnknown

__all__ = [
    "TASK",
    "ExportNotBroughtIn",
    "OpenPartner",
    "PartnerBook",
    "Reconciled",
    "SideUnknown",
    "again",
    "ask",
    "compared",
    "do_asked",
    "leave",
    "make",
    "mend",
    "reconcile",
]
