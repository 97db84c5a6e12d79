"""The addresses of the desk: filters kept, lists printed."""

from django.urls import URLPattern, path

from thongsuot.web.views import leading, worklist

urlpatterns: list[URLPattern] = [
    path("lanh-dao", leading.leader, name="leader"),
    path("lanh-dao/duyet", leading.approve, name="leader-approve"),
    path("danh-sach/xlsx", worklist.exported, name="worklist-export"),
    path("danh-sach/in", worklist.printed, name="worklist-print"),
    path("bo-loc", worklist.keep, name="filter-keep"),
    path("bo-loc/<int:number>/xoa", worklist.forget, name="filter-forget"),
]
