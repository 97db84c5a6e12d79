"""The addresses of reports: what is due, one report of one body, the dossiers behind a cell, the index."""

from django.urls import URLPattern, path

from thongsuot.web.views import dashboard, index, reports

urlpatterns: list[URLPattern] = [
    path("bang-so-lieu", dashboard.overview, name="dashboard"),
    path("bang-so-lieu/ho-so", dashboard.listed, name="dashboard-list"),
    path("chi-so-766", index.overview, name="index"),
    path("chi-so-766/ho-so", index.costing, name="index-costing"),
    path("bao-cao", reports.overview, name="reports"),
    path("bao-cao/<str:report>/<str:period>", reports.completeness, name="report-completeness"),
    path("bao-cao/<str:report>/<str:period>/<str:unit>", reports.report, name="report"),
    path("bao-cao/<str:report>/<str:period>/<str:unit>/o", reports.cell, name="report-cell"),
    path(
        "bao-cao/<str:report>/<str:period>/<str:unit>/tep.xlsx",
        reports.workbook,
        name="report-workbook",
    ),
    path(
        "bao-cao/<str:report>/<str:period>/<str:unit>/tep/<str:kind>",
        reports.file,
        name="report-file",
    ),
    path(
        "bao-cao/<str:report>/<str:period>/<str:unit>/ban/<int:number>",
        reports.version,
        name="report-version",
    ),
]
