"""The addresses of reports: what is due, single orders, one report of one body, its dossiers, the index."""

from django.urls import URLPattern, path

from thongsuot.web.views import (
    dashboard,
    index,
    long_lists,
    national,
    report_orders,
    report_own,
    reports,
)

urlpatterns: list[URLPattern] = [
    path("bang-so-lieu", dashboard.overview, name="dashboard"),
    path("bang-so-lieu/ho-so", dashboard.listed, name="dashboard-list"),
    path("doi-chieu-so-lieu", national.overview, name="national"),
    path("doi-chieu-so-lieu/ho-so", national.missing, name="national-missing"),
    path("chi-so-766", index.overview, name="index"),
    path("chi-so-766/ho-so", index.costing, name="index-costing"),
    path("bao-cao", reports.overview, name="reports"),
    path("ket-xuat", long_lists.lists, name="long-lists"),
    path("ket-xuat/<int:number>", long_lists.progress, name="long-list"),
    path("ket-xuat/<int:number>/tep", long_lists.fetched, name="long-list-file"),
    path("chi-dao", report_orders.orders, name="report-orders"),
    path("chi-dao/moi", report_orders.new, name="report-order-new"),
    path("chi-dao/<int:number>", report_orders.order, name="report-order"),
    path(
        "chi-dao/<int:number>/tong-hop.xlsx", report_orders.workbook, name="report-order-workbook"
    ),
    path("bao-cao/<str:report>", reports.grid, name="report-grid"),
    path("bao-cao/<str:report>/<str:period>", reports.completeness, name="report-completeness"),
    path("bao-cao/<str:report>/<str:period>/<str:unit>", reports.report, name="report"),
    path(
        "bao-cao/<str:report>/<str:period>/<str:unit>/don-vi-bao", report_own.own, name="report-own"
    ),
    path(
        "bao-cao/<str:report>/<str:period>/<str:unit>/don-vi-bao/ho-so",
        report_own.between,
        name="report-own-between",
    ),
    path(
        "bao-cao/<str:report>/<str:period>/<str:unit>/don-vi-bao/tep/<int:number>",
        report_own.file,
        name="report-own-file",
    ),
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
