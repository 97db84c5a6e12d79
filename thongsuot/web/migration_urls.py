"""The addresses of old systems that are brought in."""

from django.urls import URLPattern, path

from thongsuot.web.views import migration, reconciliation

urlpatterns: list[URLPattern] = [
    path("chuyen-du-lieu", migration.runs, name="migrations"),
    path("doi-chieu", reconciliation.comparisons, name="reconciliations"),
    path("doi-chieu/<int:number>", reconciliation.comparison, name="reconciliation"),
    path("chuyen-du-lieu/<int:number>", migration.run, name="migration"),
    path("chuyen-du-lieu/<int:number>/anh-xa", migration.maps, name="migration-maps"),
    path("chuyen-du-lieu/<int:number>/anh-xa.csv", migration.maps_file, name="migration-maps-file"),
    path("chuyen-du-lieu/<int:number>/dong", migration.rows, name="migration-rows"),
    path("chuyen-du-lieu/<int:number>/dong.xlsx", migration.workbook, name="migration-rows-file"),
]
