"""Hand-overs to ministries as they are read: how far, what goes, what stays and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.handover import HandoverBooks, HandoverState, HandoverStep, steps_now
from thongsuot.queries import directory
from thongsuot.records import access, cutover
from thongsuot.records import handover as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.handover import HandoverLineRow, HandoverRow
from thongsuot.records.messages import OutboxRow

LINES_AT_MOST = 100
WORKBOOK_AT_MOST = 10_000


@dataclass(frozen=True, slots=True)
class HandoverHead:
    """A hand-over in a list."""

    number: int
    field: str
    office: str
    system: str
    link: str
    decision: str
    received_from: datetime | None
    received_before: datetime
    state: str
    books: HandoverBooks


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """A hand-over with everything that was done with it."""

    head: HandoverHead
    digest: str
    shape: str
    connection: int
    people: tuple[tuple[str, str, datetime], ...]  # step, who, when
    steps: tuple[HandoverStep, ...]
    wanted: str
    trouble: str
    reason: str
    kept_because: tuple[tuple[str, int], ...]
    troubles: tuple[tuple[str, int], ...]  # what the exchange says of those on their way
    is_certified: bool
    root: str
    key: str


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One dossier of a hand-over, without its applicant."""

    number: int
    code: str
    procedure: str
    office: str
    state: str
    reasons: tuple[str, ...]
    reference: str
    settled_at: datetime | None
    is_certified: bool
    error: str


def require_keeper(by: Person, *, on: date) -> None:
    """Raises NotYourRight unless somebody keeps the systems of the whole province."""
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=on)


def handovers() -> tuple[HandoverHead, ...]:
    """Every hand-over, the last first."""
    rows = list(HandoverRow.objects.order_by("-pk"))
    counted: dict[int, list[tuple[str, int]]] = {}
    lines = HandoverLineRow.objects.values_list("handover", "state").annotate(many=Count("pk"))
    for handover, state, many in lines.order_by():
        counted.setdefault(handover, []).append((state, many))
    names = directory.office_names(row.office for row in rows if row.office)
    return tuple(_head(row, counted.get(row.pk, []), names.get(row.office, "")) for row in rows)


def page(number: int) -> HandoverPage:
    """One hand-over. Raises NoSuchHandover."""
    row = records.find(number)
    counted = row.lines.values_list("state").annotate(many=Count("pk")).order_by()
    name = directory.office_names([row.office]).get(row.office, row.office) if row.office else ""
    signed = row.evidence.get("signed", {})
    return HandoverPage(
        head=_head(row, list(counted), name),
        digest=row.digest,
        shape=row.shape,
        connection=row.connection,
        people=tuple(_people(row)),
        steps=steps_now(HandoverState(row.state)),
        wanted=row.wanted,
        trouble=row.trouble,
        reason=row.reason,
        kept_because=_because(row),
        troubles=_troubles(row),
        is_certified=bool(row.evidence),
        root=str(row.evidence.get("root", "")),
        key=str(signed.get("key", "")),
    )


def lines(
    number: int, *, state: str = "", after: int = 0, limit: int = LINES_AT_MOST
) -> tuple[HandoverLine, ...]:
    """The dossiers of a hand-over, in one state or all. Raises NoSuchHandover."""
    row = records.find(number)
    rows = row.lines.filter(pk__gt=after).select_related("dossier").order_by("pk")
    return _told(row, list((rows.filter(state=state) if state else rows)[:limit]))


def line(number: int, code: str) -> HandoverLine:
    """One dossier of a hand-over. Raises NoSuchHandover, NoSuchDossier."""
    row = records.find(number)
    found = list(row.lines.filter(dossier__code=code).select_related("dossier"))
    if not found:
        raise NoSuchDossier("code", given=code)
    return _told(row, found)[0]


def _told(row: HandoverRow, found: list[HandoverLineRow]) -> tuple[HandoverLine, ...]:
    names = directory.office_names(one.dossier.competent_office for one in found)
    errors = _errors(row, found)
    return tuple(
        HandoverLine(
            number=one.pk,
            code=one.dossier.code,
            procedure=one.dossier.procedure_name,
            office=names.get(one.dossier.competent_office, one.dossier.competent_office),
            state=one.state,
            reasons=tuple(one.reasons),
            reference=one.reference,
            settled_at=one.settled_at,
            is_certified=one.certificate is not None,
            error=errors.get((one.dossier_id, one.seq), ""),
        )
        for one in found
    )


def fields() -> tuple[str, ...]:
    """The fields that go to ministries' systems by the rules."""
    return tuple(sorted(cutover.moved()))


def offices(field: str = "") -> tuple[tuple[str, str], ...]:
    """The bodies with open dossiers of a field, or of any that goes to a ministry's system."""
    wanted = (field,) if field else fields()
    bases = ProcedureRow.objects.filter(field__in=wanted).values("base")
    rows = DossierRow.objects.filter(OPEN, procedure__in=bases)
    codes = set(rows.values_list("competent_office", flat=True))
    names = directory.office_names(codes)
    return tuple(sorted(((code, names.get(code, code)) for code in codes), key=lambda one: one[1]))


def _head(row: HandoverRow, counted: Iterable[tuple[str, int]], office: str) -> HandoverHead:
    return HandoverHead(
        number=row.pk,
        field=row.field,
        office=office,
        system=row.system_name,
        link=row.link,
        decision=row.decision,
        received_from=row.received_from,
        received_before=row.received_before,
        state=row.state,
        books=HandoverBooks.of(row.chosen, counted),
    )


def _people(row: HandoverRow) -> Iterable[tuple[str, str, datetime]]:
    last = "withdraw" if row.state == HandoverState.WITHDRAWN else "close"
    told = (
        ("plan", row.planned_by, row.planned_at),
        ("check", row.checked_by, row.checked_at),
        ("approve", row.approved_by, row.approved_at),
        ("send", row.sent_by, row.sent_at),
        (last, row.closed_by, row.closed_at),
    )
    names = access.names(who for _, who, _ in told)
    for step, who, at in told:
        if who and at:
            yield step, names.get(who, who), at


def _because(row: HandoverRow) -> tuple[tuple[str, int], ...]:
    """Why dossiers stay or came back, the most frequent reason first."""
    counted: dict[str, int] = {}
    rows = row.lines.filter(state__in=("kept", "returned")).values_list("reasons", "dossier__code")
    for reasons, code in rows.iterator():
        for reason in reasons:
            said = reason.replace(f"Hồ sơ {code}", "Hồ sơ")
            counted[said] = counted.get(said, 0) + 1
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:20])


def _troubles(row: HandoverRow) -> tuple[tuple[str, int], ...]:
    owed = row.lines.filter(state="owed").values("dossier", "seq")
    waiting = OutboxRow.objects.filter(
        partner=row.partner, sent_at=None, dossier__in=owed.values("dossier")
    ).exclude(last_error="")
    counted = waiting.values_list("last_error").annotate(many=Count("pk"))
    return tuple(counted.order_by("-many", "last_error")[:5])


def _errors(row: HandoverRow, found: list[HandoverLineRow]) -> dict[tuple[int, int], str]:
    waiting = OutboxRow.objects.filter(
        partner=row.partner, sent_at=None, dossier__in=[line.dossier_id for line in found]
    ).exclude(last_error="")
    return {(one.dossier_id, one.seq): one.last_error for one in waiting}
