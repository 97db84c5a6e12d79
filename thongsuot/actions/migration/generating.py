"""Invented exports of old systems, with the defects that real ones have; the same for a seed."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import xlsxwriter

from thongsuot.actions.migration.layouts import layout as layout_of
from thongsuot.actions.migration.reading import WORKBOOK
from thongsuot.actions.seed import around
from thongsuot.actions.seed.chance import Chance
from thongsuot.actions.seed.people import NUMBER_PREFIX, PHONE_PREFIX, Names
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Office, OfficeKind
from thongsuot.domain.dossier.state import Status
from thongsuot.domain.migration import Days, Defect, Layout, Reader, Sheet
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM

ALL, NONE = "all", "none"
_STYLES = {
    Days.DAY_FIRST: "%d/%m/%Y %H:%M:%S",
    Days.YEAR_FIRST: "%Y-%m-%dT%H:%M:%S",
    Days.PACKED: "%Y%m%d%H%M%S",
}
_ELSEWISE = {
    Days.DAY_FIRST: "%Y-%m-%d %H:%M:%S",
    Days.YEAR_FIRST: "%d/%m/%Y %H:%M",
    Days.PACKED: "%d/%m/%Y %H:%M",
}
_STEPS = (
    "Tiếp nhận",
    "Phân công thụ lý",
    "Trình lãnh đạo",
    "Ký duyệt",
    "Vào sổ, đóng dấu",
    "Chuyển bộ phận trả kết quả",
)
_PAPERS = ("Tờ khai", "Bản chụp giấy tờ tùy thân", "Giấy tờ kèm theo")
STEPS_AT_MOST, PAPERS_AT_MOST = len(_STEPS), len(_PAPERS)
EVERY = 8  # one row in so many has a defect
DAYS_BACK = 540
_HOLDERS = 40
_ENDED, _STATUSES = 0.9, ("10", "10", "10", "10", "10", "10", "9", "7", "8", "3")
_RUNNING = ("2", "4", "4", "4", "5", "6")
_BODIES = {OfficeKind.COMMUNE, OfficeKind.DISTRICT, OfficeKind.DEPARTMENT}

Told = dict[str, str]
Made = Told | list[str]  # a dossier, or a row that is none


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
    channels: tuple[str, ...]
    told_at: datetime
    seed: int
    holders: tuple[str, ...]
    steps: int = 0
    papers: int = 0

    def written(self, moment: datetime) -> str:
        """A moment as this layout writes it."""
        return moment.strftime(_STYLES[self.layout.days])

    def moment(self, text: str) -> datetime:
        """The moment that this layout's text names."""
        return datetime.strptime(text, _STYLES[self.layout.days]).replace(tzinfo=VIETNAM)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column.ours for column in self.layout.dossier.columns)


def generate(
    file: Path,
    *,
    layout: str,
    dossiers: int,
    defects: str,
    seed: int,
    told_at: datetime,
    offices: frozenset[str] = frozenset(),
    fields: frozenset[str] = frozenset(),
    steps: int = 3,
    papers: int = 0,
) -> Generated:
    """Write an export of nobody's dossiers: a workbook or CSV, JSON, or a folder of tables.

    With `offices`, only these resolve them; with `fields`, only of these are they. Where the layout tells them, each dossier has so many
    steps of progress and names so many files, which nobody has.

    Raises NoSuchLayout, LayoutWrong, NothingToGenerate, DefectUnknown.
    """
    shape = layout_of(layout)
    world = replace(
        _world(shape, told_at=told_at, seed=seed, offices=offices, fields=fields),
        steps=steps,
        papers=papers,
    )
    kinds = _wanted(world, defects)
    planted: Counter[str] = Counter()
    write = {
        Reader.SHEET: _write_sheet,
        Reader.DOCUMENTS: _write_documents,
        Reader.TABLES: _write_tables,
    }[shape.reader]
    rows = write(file, world, _rows(world, dossiers, kinds, planted))
    return Generated(dossiers, rows, dict(sorted(planted.items())))


def _world(
    layout: Layout,
    *,
    told_at: datetime,
    seed: int,
    offices: frozenset[str],
    fields: frozenset[str],
) -> _World:
    known, on = around.province(), told_at.astimezone(VIETNAM).date()
    procedures = [one for one in known.procedures if on in one.valid]
    works = tuple(
        (office, procedure)
        for office in known.offices
        if on in office.valid and office.kind in _BODIES
        if not offices or office.code.canonical in offices
        for procedure in procedures
        if office.level in procedure.levels
        if not fields or procedure.field in fields
    )
    if not works:
        raise NothingToGenerate("procedures", day=on.isoformat())
    statuses = {ours: theirs for theirs, ours in reversed([*layout.statuses.items()])}
    statuses = {status.value: status.value for status in Status} | statuses
    channels = tuple(dict.fromkeys(layout.channels)) or ("",)
    names = around.names()
    holders = tuple(names.name(Chance(seed, "holder", number)) for number in range(_HOLDERS))
    return _World(layout, names, works, statuses, channels, told_at, seed, holders)


def _wanted(world: _World, defects: str) -> tuple[str, ...]:
    is_sheet = world.layout.reader is Reader.SHEET
    possible = [
        name
        for name, (needs, _) in _PLANTS.items()
        if needs <= set(world.columns) and (is_sheet or name not in _OF_SHEETS)
    ]
    if defects in (ALL, NONE):
        return tuple(possible) if defects == ALL else ()
    wanted = tuple(defects.split(","))
    for name in wanted:
        if name not in possible:
            raise DefectUnknown("defects", given=name, known=", ".join(possible))
    return wanted


def _rows(
    world: _World, dossiers: int, kinds: Sequence[str], planted: Counter[str]
) -> Iterator[Made]:
    for number in range(dossiers):
        chance = Chance(world.seed, "legacy", number)
        told = _dossier(world, chance, number)
        if kinds and number % EVERY == EVERY - 1:
            kind = kinds[number // EVERY % len(kinds)]
            planted[kind] += 1
            yield from _PLANTS[kind][1](world, told)
        else:
            yield told


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
    holder = world.holders[int(chance.between(0, _HOLDERS))]
    told = {
        "code": f"{office.code.canonical}-{received_at:%y%m%d}-{number + 1:06d}",
        "procedure": procedure.code.base,
        "procedure_name": procedure.name,
        "field": procedure.field,
        "office": office.code.canonical if "procedure" in world.columns else office.name,
        "office_name": office.name,
        "channel": chance.one(world.channels),
        "applicant": who.name,
        "applicant_number": who.number,
        "phone": who.phone,
        "address": who.address,
        "proxy": who.proxy,
        "received_at": world.written(received_at),
        "due_at": world.written(due_at),
        "ended_at": world.written(ended_at) if is_over else "",
        "returned_at": world.written(ended_at) if status == "10" else "",
        "status": world.statuses[status],
        "holder": "" if is_over else holder,
    }
    if status == "5":
        told["supplement_asked_at"] = world.written(received_at + timedelta(hours=6))
        told["supplement_reason"] = "Bản sao giấy tờ (dữ liệu bịa)"
    return told


def _morning(told_at: datetime, days: float, chance: Chance) -> datetime:
    day = (told_at - timedelta(days=days)).astimezone(VIETNAM)
    return day.replace(hour=int(chance.between(8, 16)), minute=int(chance.between(0, 59)), second=0)


Plant = Callable[[_World, Told], Iterator[Made]]


def _changed(**cells: Callable[[_World, Told], str]) -> Plant:
    """A row in which some cells are other than they should be."""

    def plant(world: _World, told: Told) -> Iterator[Made]:
        made = {name: cell(world, told) for name, cell in cells.items()}
        yield told | made

    return plant


def _twice(_: _World, told: Told) -> Iterator[Made]:
    yield told
    yield told


def _twice_elsewise(_: _World, told: Told) -> Iterator[Made]:
    yield told
    yield told | {"applicant": told["applicant"] + " B"}


def _titles_again(world: _World, told: Told) -> Iterator[Made]:
    yield _titles(world.layout)
    yield told


def _cut(world: _World, told: Told) -> Iterator[Made]:
    yield _cells(world, told)[:3]


def _over(world: _World, _: Told) -> str:
    return world.statuses["10"]


def _after_told(world: _World, _: Told) -> str:
    return world.written(world.told_at + timedelta(days=40))


def _before_receipt(world: _World, told: Told) -> str:
    return world.written(world.moment(told["received_at"]) - timedelta(days=9))


def _asked(world: _World, told: Told) -> str:
    return world.written(world.moment(told["received_at"]) + timedelta(hours=3))


def _nothing(_: _World, __: Told) -> str:
    return ""


_RECEIVED = {"received_at"}
# Defects that only rows of a sheet can have.
_OF_SHEETS = {Defect.HEADER_REPEATED, Defect.ROW_CUT}
# What each defect needs of a layout, and how it is planted.
_PLANTS: Mapping[str, tuple[set[str], Plant]] = {
    Defect.DAY_ELSEWISE: (
        _RECEIVED,
        _changed(due_at=lambda w, t: f"{w.moment(t['due_at']):{_ELSEWISE[w.layout.days]}}"),
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


def _steps(world: _World, told: Told, sheet: Sheet) -> Iterator[Told]:
    """What the old system did, hour by hour, under its own names."""
    if not told["received_at"]:
        return
    at = world.moment(told["received_at"])
    for hours, did in enumerate(_STEPS[: world.steps]):
        by = world.holders[(at.day + hours * at.hour) % _HOLDERS]
        line = {"at": world.written(at + timedelta(hours=hours)), "did": did, "by": by}
        yield {c.theirs: line[c.ours] for c in sheet.columns if c.ours in line}


def _files(world: _World, key: str, sheet: Sheet) -> Iterator[Told]:
    """What the old system says of a dossier's files; the files themselves are nowhere."""
    for number, paper in enumerate(_PAPERS[: world.papers], 1):
        name = f"{key}-{number}.pdf"
        line = {"path": name, "name": name, "paper": paper, "role": "1"}
        yield {c.theirs: line[c.ours] for c in sheet.columns if c.ours in line}


def _write_documents(file: Path, world: _World, rows: Iterator[Made]) -> int:
    """One JSON array, a document a dossier; how many."""
    written = 0
    with file.open("w", encoding="utf-8") as opened:
        for told in rows:
            if not isinstance(told, dict):
                continue
            document: dict[str, object] = {}
            for column in world.layout.dossier.columns:
                if told.get(column.ours):
                    _put(document, column.theirs.split("."), told[column.ours])
            for sheet in world.layout.sheets:
                if sheet.part == "steps":
                    document[sheet.name] = [_nested(one) for one in _steps(world, told, sheet)]
            opened.write("[\n" if not written else ",\n")
            opened.write(json.dumps(document, ensure_ascii=False))
            written += 1
        opened.write("\n]\n" if written else "[]\n")
    return written


def _nested(line: Told) -> dict[str, object]:
    made: dict[str, object] = {}
    for path, text in line.items():
        _put(made, path.split("."), text)
    return made


def _put(into: dict[str, object], path: list[str], text: str) -> None:
    """Lay a text down at the end of a path."""
    for name in path[:-1]:
        inner = into.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        into = inner
    into[path[-1]] = text


def _write_tables(folder: Path, world: _World, rows: Iterator[Made]) -> int:
    """A CSV for each table; how many rows that of the dossiers has."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        tables = {}
        for sheet in world.layout.sheets:
            names = list(dict.fromkeys([sheet.key, *(column.theirs for column in sheet.columns)]))
            file = opened.enter_context(
                Path(folder, f"{sheet.name}.csv").open("w", encoding="utf-8", newline="")
            )
            tables[sheet.part] = csv.DictWriter(file, names, restval="")
            tables[sheet.part].writeheader()
        written = 0
        for number, told in enumerate(rows, 1):
            if isinstance(told, dict):
                _write_joined(world, tables, told, number)
                written += 1
    return written


def _write_joined(
    world: _World, tables: Mapping[str, csv.DictWriter[str]], told: Told, number: int
) -> None:
    main = world.layout.dossier
    names = {column.theirs: column.ours for column in main.columns}
    key = told.get(names[main.key], "") if main.key in names else str(number)
    cells = {theirs: told.get(ours, "") for theirs, ours in names.items()}
    tables["dossier"].writerow({main.key: key, **cells})
    for sheet in world.layout.sheets:
        if sheet.part == "steps":
            tables["steps"].writerows({sheet.key: key, **one} for one in _steps(world, told, sheet))
        if sheet.part == "files":
            tables["files"].writerows({sheet.key: key, **one} for one in _files(world, key, sheet))


def _write_sheet(file: Path, world: _World, rows: Iterator[Made]) -> int:
    """Rows into a file; how many there are besides the titles."""
    lines = chain(
        [_titles(world.layout)],
        (_cells(world, made) if isinstance(made, dict) else made for made in rows),
    )
    if file.suffix.lower() != WORKBOOK:
        with file.open("w", encoding="utf-8", newline="") as opened:
            table = csv.writer(opened)
            return sum(bool(table.writerow(line)) for line in lines) - 1
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    number = 0
    with xlsxwriter.Workbook(str(file), options) as book:
        book.set_properties({"title": world.layout.name, "created": datetime(2025, 1, 1)})  # noqa: DTZ001 - a sheet knows no zones, and the same seed makes the same file
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            for place, cell in enumerate(line):
                if cell:
                    sheet.write_string(number, place, cell)
    return number
