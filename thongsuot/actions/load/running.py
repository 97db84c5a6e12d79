"""Loading: each source in one transaction, with a report of every line and why it was refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from thongsuot.actions.load import processes, reporting
from thongsuot.actions.load.reading import (
    Line,
    Shape,
    Text,
    columns_of,
    document_of,
    entries_of,
    lines_of,
    read_text,
)
from thongsuot.actions.load.report import Report, Sheet
from thongsuot.actions.load.sources import SOURCES, Source, Subject, process_source, report_source
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.calendar import mark
from thongsuot.records.catalogue import LoadRow, RefusedLineRow

INVENTED_IN = "demo"
TOML = ".toml"


class FileOfNoKind(Refusal):
    """The columns of a file are those of no kind that this subject has."""

    code = "file_of_no_kind"
    kind = Kind.MALFORMED


def load_shipped(
    folder: Path,
    *,
    at: datetime,
    subjects: frozenset[Subject] = frozenset(Subject),
) -> tuple[Report, ...]:
    """Load what the product ships; what was loaded before with the same content is left alone.

    Raises FileMissing, FileNotUtf8, HeaderWrong, FileCut, NotToml.
    """
    known = _fingerprints()
    reports: list[Report] = []
    for source in _shipped(folder, subjects):
        texts = {shape: read_text(folder / shape.path) for shape in source.shapes}
        if all((_shown(shape), text.sha256) in known for shape, text in texts.items()):
            reports.extend(_untouched(shape, text) for shape, text in texts.items())
        else:
            reports.extend(_run(source, texts, at=at, as_of=None))
    return tuple(reports)


def load_files(
    files: Sequence[Path],
    *,
    folder: Path,
    subject: Subject,
    at: datetime,
    as_of: date | None = None,
) -> tuple[Report, ...]:
    """Load files given by name; what they need and were not given is read as shipped.

    With `as_of`, other content follows what is there from that day.
    Raises FileOfNoKind, FileMissing, FileNotUtf8, HeaderWrong, FileCut, NotToml.
    """
    texts = [read_text(path) for path in files]
    return load_texts(texts, folder=folder, subject=subject, at=at, as_of=as_of)


def load_texts(
    read: Sequence[Text],
    *,
    folder: Path,
    subject: Subject,
    at: datetime,
    as_of: date | None = None,
) -> tuple[Report, ...]:
    """Load what was read of files already, as `load_files` does.

    Raises FileOfNoKind, FileMissing, FileNotUtf8, HeaderWrong, FileCut, NotToml.
    """
    given = dict(_recognised(text, subject) for text in read)
    reports: list[Report] = []
    of_document = report_source if subject is Subject.REPORTS else process_source
    for source in (*SOURCES, *(of_document(shape.path) for shape in given if not shape.columns)):
        if not given.keys() & set(source.shapes):
            continue
        texts = {
            shape: given.get(shape) or read_text(folder / shape.path) for shape in source.shapes
        }
        reports.extend(_run(source, texts, at=at, as_of=as_of))
    return tuple(reports)


def _shipped(folder: Path, subjects: frozenset[Subject]) -> Iterator[Source]:
    is_real = mark() != INVENTED_IN
    for source in SOURCES:
        if source.subject in subjects and not (source.is_invented and is_real):
            yield source
    if Subject.CATALOGUE in subjects:
        for path in sorted((folder / processes.FOLDER).glob("*.toml")):
            yield process_source(f"{processes.FOLDER}/{path.name}")
    if Subject.REPORTS in subjects:
        for path in sorted((folder / reporting.FOLDER).rglob("*.toml")):
            yield report_source(str(path.relative_to(folder)))


def _run(
    source: Source,
    texts: Mapping[Shape, Text],
    *,
    at: datetime,
    as_of: date | None,
) -> list[Report]:
    sheets = {shape: _sheet(shape, text) for shape, text in texts.items()}
    with transaction.atomic():
        source.load(sheets, at, as_of)
        reports = [sheet.report() for sheet in sheets.values()]
        for report in reports:
            _keep(report, at)
    return reports


def _sheet(shape: Shape, text: Text) -> Sheet:
    return Sheet(_shown(shape), text.sha256, _lines(shape, text))


def _lines(shape: Shape, text: Text) -> tuple[Line, ...]:
    if shape.each:
        return entries_of(text, shape)
    return (document_of(text),) if text.path.suffix == TOML else lines_of(text, shape)


def _keep(report: Report, at: datetime) -> None:
    row = LoadRow.objects.create(
        file=report.file,
        sha256=report.sha256,
        loaded_at=at,
        read=report.read,
        loaded=report.loaded,
        unchanged=report.unchanged,
        refused=len(report.refused),
    )
    RefusedLineRow.objects.bulk_create(
        RefusedLineRow(
            load=row, line=line.line, code=line.code, message=line.message, content=line.content
        )
        for line in report.refused
    )


def _recognised(text: Text, subject: Subject) -> tuple[Shape, Text]:
    """The kind of a file: by its name, else by the columns it names."""
    if text.path.suffix == TOML and subject in (Subject.CATALOGUE, Subject.REPORTS):
        return Shape(str(text.path), ()), text
    shapes = [shape for source in SOURCES if source.subject is subject for shape in source.shapes]
    if text.path.suffix == TOML:
        fitting = [shape for shape in shapes if shape.each and f"[[{shape.each}]]" in text.content]
    else:
        columns = columns_of(text)
        fitting = [s for s in shapes if not s.each and columns >= set(s.columns)]
    named = [shape for shape in shapes if shape.name == text.path.name]
    found = named or sorted(fitting, key=lambda shape: -len(shape.columns))
    if not found:
        kinds = ", ".join(shape.name for shape in shapes)
        raise FileOfNoKind("file", file=text.shown, known=kinds)
    return found[0], text


def _fingerprints() -> set[tuple[str, str]]:
    return set(LoadRow.objects.values_list("file", "sha256"))


def _untouched(shape: Shape, text: Text) -> Report:
    return Report(_shown(shape), text.sha256, 0, 0, 0, (), is_known=True)


def _shown(shape: Shape) -> str:
    return shape.path[-200:]
