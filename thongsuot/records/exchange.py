"""How we are connected with partners, and the ledger of what passed between us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import connection, models
from django.db.models import Q

from thongsuot.domain.exchange import (
    ConnectionState,
    Line,
    Linked,
    MapUnknown,
    Setup,
    Step,
    Translation,
    ValueMaps,
    ValueUnmapped,
    link,
)
from thongsuot.domain.exchange.ledger import BEGINNING
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records.directory import OfficeRow
from thongsuot.records.reference import remembered
from thongsuot.records.spans import never_overlapping, to_span


class ConnectionRow(models.Model):
    """How a partner is spoken to, from a moment on: a new version never changes an old one.

    `kind` names the connector, `settings` is its dialect, `secrets` names the settings or files
    that hold the secrets, never the secrets. `hosts` are the only ones we fetch from for it.
    """

    partner = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    address = models.CharField(max_length=300)
    hosts = ArrayField(models.CharField(max_length=200), default=list)
    settings = models.JSONField(default=dict)
    secrets = models.JSONField(default=dict)
    state = models.CharField(max_length=20)
    since = models.DateTimeField()
    decided_by = models.CharField(max_length=80)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "version"], name="connection_versions"),
            models.CheckConstraint(
                condition=Q(state__in=["live", "frozen", "test"]), name="connection_states"
            ),
        ]

    def value(self) -> Setup:
        """The set-up that this row stands for."""
        return Setup(
            partner=self.partner,
            version=self.version,
            kind=self.kind,
            address=self.address,
            state=ConnectionState(self.state),
            since=self.since,
            decided_by=self.decided_by,
            hosts=tuple(self.hosts),
            settings=self.settings,
            secrets=self.secrets,
            note=self.note,
        )


class ValueMapRow(models.Model):
    """What one of our values is called at a partner while this is valid."""

    partner = models.CharField(max_length=40)
    map = models.CharField(max_length=40)
    ours = models.CharField(max_length=120)
    theirs = models.CharField(max_length=120)
    goes = models.CharField(max_length=4, default="both")
    valid = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            never_overlapping(
                "value_maps_do_not_overlap", "partner", "map", "ours", "theirs", "goes"
            )
        ]


class LedgerRow(models.Model):
    """A line of a partner's ledger: added to, never changed or removed."""

    partner = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    step = models.CharField(max_length=20)
    at = models.DateTimeField()
    message = models.BigIntegerField()
    dossier = models.CharField(max_length=60)
    request = models.CharField(max_length=64)
    answer = models.CharField(max_length=64)
    told = models.CharField(max_length=300)
    by = models.CharField(max_length=80)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "number"], name="ledger_in_order")
        ]
        indexes = [
            models.Index(fields=["dossier", "id"], name="ledger_of_dossier"),
            models.Index(fields=["partner", "message", "number"], name="ledger_of_message"),
        ]


class LedgerHeadRow(models.Model):
    """The last line of a partner's ledger; who adds a line holds it."""

    partner = models.CharField(max_length=40, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=BEGINNING)


class ControlTotalRow(models.Model):
    """What we and a partner each count of one day: the same, or people look why not."""

    partner = models.CharField(max_length=40)
    day = models.DateField()
    name = models.CharField(max_length=40)
    ours = models.PositiveIntegerField()
    theirs = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "day", "name"], name="total_once")
        ]
        indexes = [models.Index(fields=["-day", "partner"], name="totals_of_day")]


def connection_of(partner: str, *, at: datetime) -> ConnectionRow | None:
    """How a partner is spoken to at a moment; None when it is not connected yet."""
    known = ConnectionRow.objects.filter(partner=partner, since__lte=at)
    return known.order_by("-since", "-version").first()


def connected(*, at: datetime) -> tuple[ConnectionRow, ...]:
    """The partners that are connected at a moment, each in its latest version."""
    rows = ConnectionRow.objects.filter(since__lte=at)
    return tuple(rows.order_by("partner", "-since", "-version").distinct("partner"))


@remembered
def maps_of(partner: str) -> ValueMaps:
    """What our values are called at a partner. Raises MapWrong."""
    rows = ValueMapRow.objects.filter(partner=partner).order_by("id")
    return ValueMaps(
        partner,
        (
            Translation(r.partner, r.map, r.ours, r.theirs, to_span(r.valid), r.goes, r.source)
            for r in rows
        ),
    )


def connection_row(setup: Setup) -> ConnectionRow:
    """A version of a connection, as it is kept."""
    return ConnectionRow(
        partner=setup.partner,
        version=setup.version,
        kind=setup.kind,
        address=setup.address,
        hosts=list(setup.hosts),
        settings=dict(setup.settings),
        secrets=dict(setup.secrets),
        state=setup.state.value,
        since=setup.since,
        decided_by=setup.decided_by,
        note=setup.note,
    )


def keep_totals(
    partner: str, totals: Mapping[str, tuple[int, int]], *, day: date, at: datetime
) -> None:
    """Keep what was counted of a day, ours and theirs by name; counted anew it replaces."""
    ControlTotalRow.objects.bulk_create(
        (
            ControlTotalRow(
                partner=partner, day=day, name=name, ours=ours, theirs=theirs, counted_at=at
            )
            for name, (ours, theirs) in totals.items()
        ),
        update_conflicts=True,
        unique_fields=["partner", "day", "name"],
        update_fields=["ours", "theirs", "counted_at"],
    )


def versions_of(partner: str) -> tuple[ConnectionRow, ...]:
    """Every version of a partner's connection, the last one first."""
    return tuple(ConnectionRow.objects.filter(partner=partner).order_by("-version"))


def lines_of(partner: str, map_: str) -> tuple[tuple[str, str, Span], ...]:
    """The lines of one map that messages go out by: ours, theirs, and while it is valid."""
    rows = ValueMapRow.objects.filter(partner=partner, map=map_).exclude(goes="in")
    return tuple((row.ours, row.theirs, to_span(row.valid)) for row in rows.order_by("ours"))


def called(partner: str, map_: str, ours: str, *, at: datetime) -> str:
    """What a partner calls our value; as it is where the connection says `same` of the map.

    Raises ValueUnmapped, MapUnknown.
    """
    try:
        return maps_of(partner).theirs(map_, ours, at.astimezone(VIETNAM).date())
    except (ValueUnmapped, MapUnknown):
        if is_same(partner, map_, at=at):
            return ours
        raise


def is_same(partner: str, map_: str, *, at: datetime) -> bool:
    """Whether the connection says that a partner's values of a map are ours."""
    row = connection_of(partner, at=at)
    return row is not None and map_ in row.settings.get("same", ())


def bodies_of(partner: str, *, at: datetime) -> tuple[tuple[str, str, Span], ...]:
    """Our bodies at a partner: ours, theirs, and while it is valid.

    Where the partner calls bodies as we do, also those without a line.
    """
    lines = lines_of(partner, "office")
    if not is_same(partner, "office", at=at):
        return lines
    named = {ours for ours, _theirs, _valid in lines}
    codes = OfficeRow.objects.exclude(code__in=named)
    known = codes.order_by("code").values_list("code", flat=True).distinct()
    return (*lines, *((code, code, Span(date.min)) for code in known))


def enter(lines: Sequence[Line]) -> None:
    """Add lines of one partner to its ledger, in the caller's transaction."""
    if not lines:
        return
    partner = lines[0].partner
    head = _head(partner)
    linked = list(_linked(lines, head))
    columns = [_columns(one) for one in linked]
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, {name: [one[name] for one in columns] for name in columns[0]})
    head.number, head.digest = linked[-1].number, linked[-1].digest
    head.save(update_fields=["number", "digest"])


_ENTER = """
INSERT INTO records_ledgerrow
       (partner, number, step, at, message, dossier, request, answer, told, by, previous, digest)
SELECT * FROM unnest(
       %(partner)s::text[], %(number)s::bigint[], %(step)s::text[], %(at)s::timestamptz[],
       %(message)s::bigint[], %(dossier)s::text[], %(request)s::text[], %(answer)s::text[],
       %(told)s::text[], %(by)s::text[], %(previous)s::text[], %(digest)s::text[])
"""


def _head(partner: str) -> LedgerHeadRow:
    """The end of a partner's chain, ours alone until the transaction ends."""
    heads = LedgerHeadRow.objects.select_for_update().filter(partner=partner)
    found = heads.first()
    if found is not None:
        return found
    LedgerHeadRow.objects.bulk_create([LedgerHeadRow(partner=partner)], ignore_conflicts=True)
    return heads.get()


def _linked(lines: Iterable[Line], head: LedgerHeadRow) -> Iterator[Linked]:
    number, previous = head.number, head.digest
    for line in lines:
        if line.partner != head.partner:
            raise ValueError("lines of two partners never stand in one chain")
        linked = link(line, number=number + 1, previous=previous)
        number, previous = linked.number, linked.digest
        yield linked


def _columns(linked: Linked) -> dict[str, object]:
    line = linked.line
    return {
        "partner": line.partner,
        "number": linked.number,
        "step": line.step.value,
        "at": line.at,
        "message": line.message,
        "dossier": line.dossier,
        "request": line.request,
        "answer": line.answer,
        "told": line.told,
        "by": line.by,
        "previous": linked.previous,
        "digest": linked.digest,
    }


def ledger(partner: str) -> Iterator[Linked]:
    """The lines of a partner as they are kept, in their order."""
    for row in LedgerRow.objects.filter(partner=partner).order_by("number").iterator(2_000):
        line = Line(
            partner=row.partner,
            step=Step(row.step),
            at=row.at,
            message=row.message,
            dossier=row.dossier,
            request=row.request,
            answer=row.answer,
            told=row.told,
            by=row.by,
        )
        yield Linked(row.number, line, row.previous, row.digest)


def heads() -> dict[str, tuple[int, str]]:
    """The last line of each partner's ledger, as remembered apart."""
    return {row.partner: (row.number, row.digest) for row in LedgerHeadRow.objects.all()}
