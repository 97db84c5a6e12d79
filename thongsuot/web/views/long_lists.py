"""Long lists on screen: asked for at a cell, followed while a worker makes them, fetched, cancelled."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect

from thongsuot.actions.reporting import exporting as actions
from thongsuot.queries.reporting import long_list as queries
from thongsuot.records import report_exports as records
from thongsuot.records.report_exports import ReportExportRow
from thongsuot.web.door import XLSX, Visit, official, show
from thongsuot.words import reporting as words

KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
AGAIN_AFTER = "3"  # seconds: the page looks again by itself, without a script


@official
def lists(visit: Visit) -> HttpResponse:
    """The lists that somebody asked for."""
    found = queries.exports(visit.by.account)
    context: dict[str, object] = {
        "here": "reports",
        "lines": [(line, words.EXPORT_STATE[line.state]) for line in found],
    }
    return show(visit, "reports/long_lists.html", context)


@official
def progress(visit: Visit, number: int) -> HttpResponse:
    """A list while it is made: how far it is; cancelled, or fetched when it is done."""
    if visit.request.method == "POST":
        actions.cancel(number=number, account=visit.by.account, at=visit.at)
        messages.success(visit.request, words.EXPORT_CANCELLED)
        return redirect("long-list", number=number)
    line = queries.export(number, account=visit.by.account)
    state = words.EXPORT_STATE[line.state]
    answer = show(
        visit, "reports/long_list.html", {"here": "reports", "line": line, "state": state}
    )
    if line.is_running:
        answer["Refresh"] = AGAIN_AFTER
    return answer


@official
def fetched(visit: Visit, number: int) -> StreamingHttpResponse:
    """The file of a list, read piece by piece."""
    row = records.own(number, visit.by.account)
    records.require(row)
    name = f"ho-so-{row.form}-{row.period}-{number}.{row.kind}"
    answer = StreamingHttpResponse(_pieces(row), content_type=KINDS[row.kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Length"] = str(row.size)
    return answer


def _pieces(row: ReportExportRow) -> Iterator[bytes]:
    """Opened when it is read, closed when it is read or given up."""
    with records.opened(row) as file:
        yield from file.chunks()
