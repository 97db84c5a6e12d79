"""What a body said of itself beside what is computed, cell by cell, with what would explain it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.reporting.figures import Compare, Counting
from thongsuot.domain.reporting.forms import ReportForm, Row, Source
from thongsuot.domain.reporting.own import Apart, OwnFigure, Reading, apart
from thongsuot.queries.reporting import life, rules
from thongsuot.queries.reporting.compiled import (
    Compiled,
    DossierOfCell,
    Question,
    compiled,
    dossiers,
)
from thongsuot.queries.reporting.life import ReportPage
from thongsuot.queries.reporting.tallies import Hierarchy
from thongsuot.records import exchange, report_own
from thongsuot.records.documents import AXIS, IN, DocumentRow
from thongsuot.records.files import FileRow, NoSuchFile, content_of
from thongsuot.records.report_own import ReportDocumentRow

MOST = 200


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A form with what the body said, what is computed, and each cell in which they differ."""

    computed: Compiled
    told: tuple[OwnFigure, ...]
    apart: tuple[Apart, ...]
    documents: tuple[ReportDocumentRow, ...]
    waiting: tuple[DocumentRow, ...]  # of the body, over the axis, put to no report yet

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are computed, in which the body's figures are entered."""
        return self.computed.rows


def page(of: ReportPage, form: ReportForm, *, at: datetime) -> OwnPage:
    """Both figures of a form side by side, as known at a moment."""
    asked = life.question_of(of, form, at=at)
    computed = compiled(asked, filled=life.filled_of(of, form))
    told = report_own.told(of.row, form.key)
    return OwnPage(
        computed=computed,
        told=told,
        apart=_apart(asked, told, computed),
        documents=report_own.documents(of.row),
        waiting=_waiting(of.unit, at),
    )


def comparable(form: ReportForm) -> bool:
    """Whether anything of a form is computed, so that a body's own figures can stand beside it."""
    return any(column.source is not Source.FILLED for column in form.columns)


def about_document(of: ReportPage, number: int) -> str:
    """How the log names a look at a document of a report. Raises NoSuchFile."""
    return f"list:report_document:{_document(of, number).pk}"


def document_file(
    of: ReportPage, number: int, *, index: int, reading: ReadingToken
) -> tuple[StoredFile, bytes]:
    """One of the files of a document with its content. Raises NoSuchFile."""
    reading.require(about_document(of, number))
    files = files_of(_document(of, number))
    if index >= len(files):
        raise NoSuchFile("file", given=str(index))
    sha256, name = files[index]
    kept = FileRow.objects.filter(sha256=sha256).first()
    if kept is None:
        raise NoSuchFile("file", given=sha256)
    stored = StoredFile(sha256, name, MediaType(kept.media_type), kept.size, kept.pages)
    return stored, content_of(sha256)


def files_of(row: ReportDocumentRow) -> tuple[tuple[str, str], ...]:
    """The files of a document: what was brought with it, then what came over the axis."""
    brought = ((row.file, row.file_name),) if row.file else ()
    document = row.document
    return (*brought, *(zip(document.files, document.names, strict=True) if document else ()))


def _document(of: ReportPage, number: int) -> ReportDocumentRow:
    for row in report_own.documents(of.row):
        if row.pk == number:
            return row
    raise NoSuchFile("file", given=str(number))


def between(
    of: ReportPage, form: ReportForm, reading: Reading, *, row: str, column: str, at: datetime
) -> tuple[DossierOfCell, ...]:
    """The dossiers that a cell holds by one reading and not by the other. Raises NoSuchCell."""
    asked = life.question_of(of, form, at=at)
    ours = {one.number: one for one in _all(asked, row, column)}
    other = {one.number: one for one in _all(_read(asked, reading), row, column)}
    found = [{**other, **ours}[number] for number in sorted(ours.keys() ^ other.keys())]
    return tuple(found[:MOST])


def _apart(asked: Question, told: tuple[OwnFigure, ...], computed: Compiled) -> tuple[Apart, ...]:
    """The cells that differ; the other readings are worked out only where there are some."""
    found = apart(told, computed.rows, {})
    if not found:
        return ()
    others = {reading: compiled(_read(asked, reading)).rows for reading in Reading}
    return apart(told, computed.rows, others)


def _read(asked: Question, reading: Reading) -> Question:
    match reading:
        case Reading.KNOWN_THEN:
            return replace(asked, known_at=min(asked.known_at, asked.window.end))
        case Reading.NOW:
            return replace(asked, hierarchy=Hierarchy.NOW)
        case Reading.INTERLINKED:
            return replace(asked, counting=replace(_ways(asked), counts_interlinked=True))
        case Reading.MOMENTS:
            return replace(asked, counting=replace(_ways(asked), compare=Compare.MOMENTS))
        case Reading.EXTENDED:
            return replace(asked, form=_by_extension(asked.form))


def _ways(asked: Question) -> Counting:
    return rules.counting(rules.II06, on=asked.window.last_day)


def _by_extension(form: ReportForm) -> ReportForm:
    columns = tuple(replace(column, by_extension=True) for column in form.columns)
    return replace(form, columns=columns)


def _all(asked: Question, row: str, column: str) -> tuple[DossierOfCell, ...]:
    found: list[DossierOfCell] = []
    while page_ := dossiers(asked, row=row, column=column, after=found[-1].number if found else 0):
        found += page_
    return tuple(found)


def _waiting(unit: str, at: datetime) -> tuple[DocumentRow, ...]:
    theirs = {told for ours, told, _ in exchange.bodies_of(AXIS, at=at) if ours == unit}
    rows = DocumentRow.objects.filter(way=IN, sender__in=theirs, reports=None, dossier="")
    return tuple(rows.order_by("-id")[:20])
