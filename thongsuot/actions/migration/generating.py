"""Invented exports of old systems, with the defects that real ones have; the same for a seed."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from thongsuot.actions.migration.layouts import layout as layout_of
from thongsuot.actions.migration.reading import WORKBOOK, ReaderMissing
from thongsuot.actions.seed import around
from thongsuot.actions.seed.chance import Chance
from thongsuot.actions.seed.people import NUMBER_PREFIX, PHONE_PREFIX, Names
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Office, OfficeKind
from thongsuot.domain.migration import Defect, Layout, Reader
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM

ALL, NONE = "all", "none"
EVERY = 8  # one row in so many has a defect
DAYS_BACK = 540
_HOLDERS = 40
_ENDED, _STATUSES = 0.9, ("10", "10", "10", "10", "10", "10", "9", "7", "8", "3")
_RUNNING = ("2", "4", "4", "4", "5", "6")
_BODIES = {OfficeKind.COMMUNE, OfficeKind.DISTRICT, OfficeKind.DEPARTMENT}

Told = dict[str, str]


class NothingToGenerate(Refusal):
    """On the day of the export no body has a procedure: load the catalogue and directory first."""

    code = "nothing_to_generate"


class DefectUnknown(Refusal):
    """No defect of this name can be planted in such an export."""

    code = "defect_unknown"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written: how many dossiers, how many rows, which defects how often."""

    dossiers: int
    rows: int
    planted: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _World:
    """What an invented old system knew."""

    layout: Layout
    names: Names
    works: tuple[tuple[Office, Procedure], ...]
    statuses: Mapping[str, str]
    told_at: datetime
    seed: int

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column.ours for column in self.layout.dossier.columns)


def generate(
    file: Path, *, layout: str, dossiers: int, defects: str, seed: int, told_at: datetime
) -> Generated:
    """Write an export of nobody's dossiers, a workbook or CSV by its name.

    Raises NoSuchLayout, LayoutWrong, ReaderMissing, NothingToGenerate, DefectUnknown.
    """
    shape = layout_of(layout)
    if shape.reader is not Reader.SHEET:
        raise ReaderMissing("layout", layout=shape.code)
    world = _world(shape, told_at=told_at, seed=seed)
    kinds = _wanted(world, defects)
    planted: Counter[str] = Counter()
    rows = _write(file, shape, _rows(world, dossiers, kinds, planted))
    return Generated(dossiers, rows, dict(sorted(planted.items())))


def _world(layout: Layout, *, told_at: datetime, seed: int) -> _World:
    known, on = around.province(), told_at.astimezone(VIETNAM).date()
    procedures = [one for one in known.procedures if on in one.valid]
    works = tuple(
        (office, procedure)
        for office in known.offices
        if on in office.valid and office.kind in _BODIES
        for procedure in procedures
        if office.level in procedure.levels
    )
    if not works:
        raise NothingToGenerate("procedures", day=on.isoformat())
    statuses = {ours: theirs for theirs, ours in reversed([*layout.statuses.items()])}
    return _World(layout, around.names(), works, statuses, told_at, seed)


def _wanted(world: _World, defects: str) -> tuple[str, ...]:
    possible = [name for name, (needs, _) in _PLANTS.items() if needs <= set(world.columns)]
    if defects in (ALL, NONE):
        return tuple(possible) if defects == ALL else ()
    wanted = tuple(defects.split(","))
    for name in wanted:
        if name not in possible:
            raise DefectUnknown("defects", given=name, known=", ".join(possible))
    return wanted


def _rows(
    world: _World, dossiers: int, kinds: Sequence[str], planted: Counter[str]
) -> Iterator[list[str]]:
    yield _titles(world.layout)
    for number in range(dossiers):
        chance = Chance(world.seed, "legacy", number)
        told = _dossier(world, chance, number)
        if kinds and number % EVERY == EVERY - 1:
            kind = kinds[number // EVERY % len(kinds)]
            planted[kind] += 1
            yield from _PLANTS[kind][1](world, told)
        else:
            yield _cells(world, told)


def _titles(layout: Layout) -> list[str]:
    return [c.theirs + ("*" if c.is_required else "") for c in layout.dossier.columns]


def _cells(world: _World, told: Told) -> list[str]:
    return [told.get(name, "") for name in world.columns]


def _dossier(world: _World, chance: Chance, number: int) -> Told:
    """A dossier without a fault, as the old system would have told it."""
    office, procedure = chance.one(world.works)
    received_at = _morning(world.told_at, chance.between(2, DAYS_BACK), chance)
    due_at = received_at + timedelta(days=int(chance.between(3, 30)))
    ended_at = min(
        received_at + timedelta(days=chance.between(0.5, 28)), world.told_at - timedelta(hours=1)
    )
    is_over = chance.happens(_ENDED)
    status = chance.one(_STATUSES if is_over else _RUNNING)
    who = world.names.applicant(chance, place=office.name)
    holder = Chance(world.seed, "holder", int(chance.between(0, _HOLDERS)))
    told = {
        "code": f"{office.code.canonical}-{received_at:%y%m%d}-{number + 1:06d}",
        "procedure": procedure.code.base,
        "procedure_name": procedure.name,
        "field": procedure.field,
        "office": office.code.canonical if "office_name" not in world.columns else office.name,
        "office_name": office.name,
        "channel": chance.one(("Trực tiếp", "Trực tuyến", "Bưu chính")),
        "applicant": who.name,
        "applicant_number": who.number,
        "phone": who.phone,
        "address": who.address,
        "proxy": who.proxy,
        "received_at": _written(received_at),
        "due_at": _written(due_at),
        "ended_at": _written(ended_at) if is_over else "",
        "returned_at": _written(ended_at) if status == "10" else "",
        "status": world.statuses[status],
        "holder": "" if is_over else world.names.name(holder),
    }
    if status == "5":
        told["supplement_asked_at"] = _written(received_at + timedelta(hours=6))
        told["supplement_reason"] = "Bản sao giấy tờ (dữ liệu bịa)"
    return told


def _morning(told_at: datetime, days: float, chance: Chance) -> datetime:
    day = (told_at - timedelta(days=days)).astimezone(VIETNAM)
    return day.replace(hour=int(chance.between(8, 16)), minute=int(chance.between(0, 59)), second=0)


def _written(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M:%S}"


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M:%S").replace(tzinfo=VIETNAM)


Plant = Callable[[_World, Told], Iterator[list[str]]]


def _changed(**cells: Callable[[_World, Told], str]) -> Plant:
    """A row in which some cells are other than they should be."""

    def plant(world: _World, told: Told) -> Iterator[list[str]]:
        made = {name: cell(world, told) for name, cell in cells.items()}
        yield _cells(world, told | made)

    return plant


def _twice(world: _World, told: Told) -> Iterator[list[str]]:
    yield _cells(world, told)
    yield _cells(world, told)


def _twice_elsewise(world: _World, told: Told) -> Iterator[list[str]]:
    yield _cells(world, told)
    yield _cells(world, told | {"applicant": told["applicant"] + " B"})


def _titles_again(world: _World, told: Told) -> Iterator[list[str]]:
    yield _titles(world.layout)
    yield _cells(world, told)


def _cut(world: _World, told: Told) -> Iterator[list[str]]:
    yield _cells(world, told)[:3]


def _over(world: _World, _: Told) -> str:
    return world.statuses["10"]


def _after_told(world: _World, _: Told) -> str:
    return _written(world.told_at + timedelta(days=40))


def _before_receipt(_: _World, told: Told) -> str:
    return _written(_moment(told["received_at"]) - timedelta(days=9))


def _asked(_: _World, told: Told) -> str:
    return _written(_moment(told["received_at"]) + timedelta(hours=3))


def _nothing(_: _World, __: Told) -> str:
    return ""


_RECEIVED = {"received_at"}
# What each defect needs of a layout, and how it is planted.
_PLANTS: Mapping[str, tuple[set[str], Plant]] = {
    Defect.DAY_ELSEWISE: (
        _RECEIVED,
        _changed(due_at=lambda _, t: _moment(t["due_at"]).replace(tzinfo=None).isoformat(" ")),
    ),
    Defect.NOT_COMPOSED: (
        {"applicant"},
        _changed(applicant=lambda _, t: unicodedata.normalize("NFD", t["applicant"] + " Ngọc")),
    ),
    Defect.NUMBER_AS_FLOAT: ({"phone"}, _changed(phone=lambda _, __: "912345678.0")),
    Defect.CODE_REPEATED: ({"applicant"}, _twice_elsewise),
    "already_there": (set(), _twice),
    Defect.CODE_MISSING: (set(), _changed(code=_nothing)),
    Defect.HEADER_REPEATED: (set(), _titles_again),
    Defect.ROW_CUT: (set(), _cut),
    Defect.STATUS_AGAINST_DATES: (
        {"ended_at"},
        _changed(status=lambda w, _: w.statuses["4"], ended_at=_asked, holder=_nothing),
    ),
    Defect.END_MISSING: ({"ended_at"}, _changed(status=_over, ended_at=_nothing)),
    Defect.END_BEFORE_RECEIPT: ({"ended_at"}, _changed(status=_over, ended_at=_before_receipt)),
    Defect.END_IN_FUTURE: ({"ended_at"}, _changed(status=_over, ended_at=_after_told)),
    Defect.RECEIPT_IN_FUTURE: (_RECEIVED, _changed(received_at=_after_told)),
    Defect.RECEIPT_MISSING: (_RECEIVED, _changed(received_at=_nothing)),
    Defect.DAY_UNREADABLE: ({"due_at"}, _changed(due_at=lambda _, __: "31/02/2025")),
    Defect.DUE_MISSING: ({"due_at"}, _changed(due_at=_nothing)),
    Defect.DUE_BEFORE_RECEIPT: ({"due_at"}, _changed(due_at=_before_receipt)),
    Defect.APPLICANT_MISSING: ({"applicant"}, _changed(applicant=_nothing)),
    Defect.PLACE_UNKNOWN: ({"place"}, _changed(place=lambda _, __: "Huyện Không Có")),
    Defect.PERSON_NUMBER_LENGTH: (
        {"applicant_number"},
        _changed(applicant_number=lambda _, __: NUMBER_PREFIX + "12345678"),
    ),
    Defect.IDENTITY_PLACEHOLDER: (
        {"applicant_number"},
        _changed(applicant_number=lambda _, __: "000000001"),
    ),
    Defect.STATUS_REWRITTEN: (
        {"supplement_asked_at"},
        _changed(status=_over, ended_at=_nothing, supplement_asked_at=_asked),
    ),
    Defect.TEXT_TOO_LONG: (
        {"address"},
        _changed(address=lambda _, t: (t["address"] + ", ") * 20 + PHONE_PREFIX),
    ),
    Defect.CHANNEL_UNKNOWN: ({"channel"}, _changed(channel=lambda _, __: "Qua tổ công nghệ số")),
}


def _write(file: Path, layout: Layout, rows: Iterator[list[str]]) -> int:
    """Rows into a file; how many there are besides the titles."""
    written = -1
    if file.suffix.lower() != WORKBOOK:
        with file.open("w", encoding="utf-8", newline="") as opened:
            table = csv.writer(opened)
            for row in rows:
                table.writerow(row)
                written += 1
        return written
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(file), options) as book:
        book.set_properties({"title": layout.name, "created": datetime(2025, 1, 1)})  # noqa: DTZ001 - a sheet knows no zones, and the same seed makes the same file
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell)
            written += 1
    return written
