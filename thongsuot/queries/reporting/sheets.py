"""A report as it stands on paper."""

from __future__ import annotations

from thongsuot.paper.report_sheet import ReportSheet, SheetColumn, SheetRow
from thongsuot.queries.reporting import routes
from thongsuot.queries.reporting.compiled import Compiled
from thongsuot.words import reporting as words


def sheet(made: Compiled) -> ReportSheet:
    """The report in the layout of its form; who receives it is who does by then."""
    of = made.question
    form, columns = of.form, of.form.columns
    way = routes.route(of.definition, of.unit, of.window, at=of.known_at)
    rows = [*made.rows, *([made.between] if made.between else [])]
    return ReportSheet(
        number=form.number,
        basis=form.legal_basis,
        title=form.title,
        span=words.span(of.window),
        unit=form.unit,
        reporter=made.unit_name,
        receiver=routes.receiver_name(of.definition, way, of.window),
        first=words.FIRST_COLUMN[form.rows.value],
        columns=tuple(SheetColumn(c.key, c.title, c.group) for c in columns),
        rows=tuple(
            SheetRow(row.name, row.depth, tuple(row.cells[c.key] for c in columns)) for row in rows
        ),
        notes=tuple(
            words.notes(
                made.question.form,
                is_provisional=made.is_provisional,
                is_without_data=made.is_without_data,
            )
        ),
        made_at=of.known_at,
    )
