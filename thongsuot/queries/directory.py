"""What can be told about offices, counters and places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from thongsuot.domain import directory as rules
from thongsuot.domain.directory import Office, ReceptionPoint
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.records import directory as records
from thongsuot.records.codec import Json, encode
from thongsuot.records.directory import OfficeRow, PlaceRow, ReceptionPointRow
from thongsuot.words import reading


def get(code: str, *, on: date) -> Office:
    """The office of a code, old codes included, on a day.

    Raises OfficeCodeMalformed, NoSuchOffice, OfficeClosed, OfficeNotYetOpen.
    """
    return records.office(str(reading.parsed("code", OfficeCode.parse, code)), on=on)


def show(code: str, *, on: date) -> dict[str, Json]:
    """An office on a day with its children and what it followed, as JSON. Raises as `get`."""
    office = get(code, on=on)
    told = encode(office)
    canonical = office.code.canonical
    children = OfficeRow.objects.filter(parent=canonical, valid__contains=on).order_by("code")
    lines = records.successions()
    return {
        **(told if isinstance(told, dict) else {}),
        "children": list(children.values_list("code", flat=True)),
        "follows": [encode(line) for line in lines if line.new == canonical and line.on <= on],
    }


def heirs(code: str, *, on: date) -> tuple[str, ...]:
    """Who carries on a body's work on a day. Raises OfficeCodeMalformed, NoSuchOffice."""
    wanted = records.canonical(str(reading.parsed("code", OfficeCode.parse, code)))
    if not records.versions(wanted):
        raise rules.NoSuchOffice("code", given=code)
    return rules.heirs(records.successions(), wanted, on)


def offices(*, on: date, levels: frozenset[str] = frozenset()) -> tuple[Office, ...]:
    """The offices of a day, in the order of their codes."""
    rows = OfficeRow.objects.filter(valid__contains=on).order_by("code")
    if levels:
        rows = rows.filter(level__in=levels)
    return tuple(row.value() for row in rows)


def reception_points(*, on: date) -> tuple[ReceptionPoint, ...]:
    """The counters of a day by name."""
    rows = ReceptionPointRow.objects.filter(valid__contains=on).order_by("name")
    return tuple(row.value() for row in rows)


def communes(*, province: str, on: date) -> tuple[tuple[str, str], ...]:
    """The communes of a province on a day: code and name."""
    rows = PlaceRow.objects.filter(province=province, valid__contains=on, code__regex=r"^\d{5}$")
    return tuple(rows.order_by("name").values_list("code", "name"))


def former_communes(*, province: str, on: date) -> tuple[tuple[str, str], ...]:
    """The communes of a province that no longer stand on a day: code and name."""
    rows = PlaceRow.objects.filter(
        province=province, valid__endswith__lte=on, code__regex=r"^\d{5}$"
    ).exclude(code__in=PlaceRow.objects.filter(valid__contains=on).values("code"))
    return tuple(rows.order_by("name", "code").values_list("code", "name"))


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """The last name by which each place was known."""
    rows = PlaceRow.objects.filter(code__in=set(codes)).order_by("valid")
    return dict(rows.values_list("code", "name"))


def office_names(codes: Iterable[str]) -> dict[str, str]:
    """The last name by which each office was known."""
    rows = OfficeRow.objects.filter(code__in=set(codes)).order_by("valid")
    return dict(rows.values_list("code", "name"))


def counter_names(keys: Iterable[str]) -> dict[str, str]:
    """The last name by which each counter was known."""
    rows = ReceptionPointRow.objects.filter(key__in=set(keys)).order_by("valid")
    return dict(rows.values_list("key", "name"))
