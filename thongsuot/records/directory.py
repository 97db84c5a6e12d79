"""Places and offices with their validity, as PostgreSQL keeps them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from thongsuot.domain import directory as rules
from thongsuot.domain.directory import Level
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.records.reference import remembered
from thongsuot.records.spans import never_overlapping, to_range, to_span


class PlaceRow(models.Model):
    """One version of a province (2 digits), district (3) or commune (5)."""

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    parent = models.CharField(max_length=5, blank=True)
    province = models.CharField(max_length=2)
    search = models.CharField(max_length=200)
    valid = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [never_overlapping("place_versions_do_not_overlap", "code")]
        indexes = [models.Index(fields=["province"])]


class PlaceSuccessionRow(models.Model):
    """An old commune goes, whole or in part, to a new one."""

    old = models.CharField(max_length=5, db_index=True)
    new = models.CharField(max_length=5, db_index=True)
    on = models.DateField()
    is_whole = models.BooleanField()
    is_suggested = models.BooleanField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "on"], name="place_succession_once")
        ]


class OfficeRow(models.Model):
    """One version of a body."""

    code = models.CharField(max_length=35)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    parent = models.CharField(max_length=35, blank=True)
    place = models.CharField(max_length=5, blank=True)
    valid = DateRangeField()
    is_provisional = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [never_overlapping("office_versions_do_not_overlap", "code")]

    def value(self) -> rules.Office:
        """The office that this row stands for."""
        return rules.Office(
            code=OfficeCode.parse(self.code),
            name=self.name,
            kind=rules.OfficeKind(self.kind),
            level=Level(self.level),
            parent=OfficeCode.parse(self.parent) if self.parent else None,
            place=self.place,
            valid=to_span(self.valid),
            source=self.source,
            is_provisional=self.is_provisional,
        )


class OfficeAliasRow(models.Model):
    """Another code by which a body is or was known; it resolves for ever."""

    alias = models.CharField(max_length=35, unique=True)
    code = models.CharField(max_length=35, db_index=True)
    source = models.CharField(max_length=200)


class SuccessionRow(models.Model):
    """One body's work passes to another on a day."""

    kind = models.CharField(max_length=10)
    old = models.CharField(max_length=35, db_index=True)
    new = models.CharField(max_length=35, blank=True, db_index=True)
    on = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new", "on"], name="succession_once")]

    def value(self) -> rules.Succession:
        """The succession that this row stands for."""
        kind = rules.SuccessionKind(self.kind)
        return rules.Succession(kind, self.old, self.new, self.on, self.source)


class ReceptionPointRow(models.Model):
    """A counter where people come."""

    key = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    office = models.CharField(max_length=35)
    address = models.CharField(max_length=300, blank=True)
    valid = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [never_overlapping("reception_points_do_not_overlap", "key")]

    def value(self) -> rules.ReceptionPoint:
        """The reception point that this row stands for."""
        return rules.ReceptionPoint(
            self.key, self.name, OfficeCode.parse(self.office), self.address, to_span(self.valid)
        )


def canonical(code: str) -> str:
    """The code in force behind a code that may be an old one, however it is printed.

    Raises OfficeCodeMalformed, OfficeCodeTooLong, OfficeCodeWithoutRoot.
    """
    printed = OfficeCode.parse(code)
    known = OfficeAliasRow.objects.filter(alias__in=[printed.format(), printed.canonical])
    alias = known.values_list("code", flat=True).first()
    return alias or printed.canonical


@remembered
def office(code: str, *, on: date) -> rules.Office:
    """The office of a code (old ones resolve) on a day.

    Raises OfficeCodeMalformed, NoSuchOffice, OfficeClosed, OfficeNotYetOpen.
    """
    wanted = canonical(code)
    # Read only when the office is closed, to name its heirs.
    lines = (row.value() for row in SuccessionRow.objects.all())
    return rules.as_of(versions(wanted), code=wanted, on=on, successions=lines)


def versions(code: str) -> list[rules.Office]:
    """Every version of the body of a code in force."""
    return [row.value() for row in OfficeRow.objects.filter(code=code)]


def versions_of(codes: Collection[str]) -> dict[str, list[rules.Office]]:
    """Every version of each of these bodies, in one look; of one that is not here, none."""
    found: dict[str, list[rules.Office]] = {code: [] for code in codes}
    for row in OfficeRow.objects.filter(code__in=found).order_by("pk"):
        found[row.code].append(row.value())
    return found


def is_open(code: str, *, on: date) -> bool:
    """Whether a body of this code exists on a day."""
    return OfficeRow.objects.filter(code=code, valid__contains=on).exists()


@remembered
def name_of(code: str) -> str:
    """The latest name of a body, also of one that ended; "" for a code that is not known."""
    rows = OfficeRow.objects.filter(code=code).order_by("-valid")
    return rows.values_list("name", flat=True).first() or ""


def successions() -> list[rules.Succession]:
    """Every succession of bodies."""
    return [row.value() for row in SuccessionRow.objects.all()]


@remembered
def reception_point(key: str, *, on: date) -> rules.ReceptionPoint:
    """The counter of this key on a day. Raises NoSuchReceptionPoint, ReceptionPointClosed."""
    row = ReceptionPointRow.objects.filter(key=key, valid__contains=on).first()
    if row is None:
        _require_not_closed(key, on)
        raise rules.NoSuchReceptionPoint("receiving_point", given=key)
    return row.value()


def answered_at(key: str, *, on: date) -> frozenset[str]:
    """The bodies whose online applications a counter answers: its own, or at the centre the province's.

    Raises NoSuchReceptionPoint, OfficeClosed.
    """
    own = office(str(reception_point(key, on=on).office), on=on)
    offices = {own.code.canonical}
    if own.kind is rules.OfficeKind.SERVICE_CENTRE:
        rows = OfficeRow.objects.filter(level=rules.Level.PROVINCE, valid__contains=on)
        offices |= {canonical(code) for code in rows.values_list("code", flat=True)}
    return frozenset(offices)


def _require_not_closed(key: str, on: date) -> None:
    closed = ReceptionPointRow.objects.filter(key=key, valid__endswith__lte=on).last()
    until = to_span(closed.valid).end if closed else None
    if closed is None or until is None:
        return
    heirs = rules.heirs(successions(), closed.office, on)
    following = ReceptionPointRow.objects.filter(office__in=heirs, valid__contains=on)
    names = following.order_by("key").values_list("name", flat=True)
    if not names:
        return
    raise rules.ReceptionPointClosed(
        "receiving_point",
        given=key,
        name=closed.name,
        until=until.isoformat(),
        next=", ".join(names),
    )


@remembered
def place_today(code: str, *, on: date) -> str:
    """The commune that stands today where an older one was, through every reorganisation.

    A split commune keeps the suggested heir; the official may choose another.
    Raises NoSuchPlace.
    """
    today, passed = code, set[str]()
    while not PlaceRow.objects.filter(code=today, valid__contains=on).exists():
        passed.add(today)
        following = PlaceSuccessionRow.objects.filter(old=today, on__lte=on)
        heirs = following.order_by("-is_suggested", "new").values_list("new", flat=True)
        heir = heirs.exclude(new__in=passed).first()
        if heir is None:
            raise rules.NoSuchPlace("place", given=code)
        today = heir
    return today


@remembered
def place_words(given: str, today: str) -> str:
    """Every name by which a place and the one that took it over are or were known."""
    rows = PlaceRow.objects.filter(code__in={given, today} - {""}).order_by("name")
    return " ".join(rows.values_list("name", flat=True).distinct())


def save_office(value: rules.Office, *, recorded_at: datetime) -> None:
    """Keep one version of an office."""
    OfficeRow.objects.create(
        code=value.code.canonical,
        name=value.name,
        kind=value.kind.value,
        level=value.level.value,
        parent=value.parent.canonical if value.parent else "",
        place=value.place,
        valid=to_range(value.valid),
        is_provisional=value.is_provisional,
        source=value.source,
        recorded_at=recorded_at,
    )
