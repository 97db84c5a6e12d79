"""The addresses of the desk: filters kept, lists printed."""

from django.urls import URLPattern, path

from thongsuot.web.views import applications, leading, many, printing, together, worklist

urlpatterns: list[URLPattern] = [
    path("lanh-dao", leading.leader, name="leader"),
    path("lanh-dao/duyet", leading.approve, name="leader-approve"),
    path("danh-sach/xlsx", worklist.exported, name="worklist-export"),
    path("danh-sach/in", worklist.printed, name="worklist-print"),
    path("hang-loat", together.runs, name="together-runs"),
    path("hang-loat/moi", together.new, name="together"),
    path("hang-loat/<int:number>", together.run, name="together-run"),
    path("hang-loat/<int:number>/huy", together.cancel, name="together-cancel"),
    path("hang-loat/<int:number>/lam-lai", together.again, name="together-again"),
    path("hang-loat/<int:number>/phieu", printing.joint, name="together-receipt"),
    path("hang-loat/<int:number>/xlsx", together.exported, name="together-export"),
    path("tiep-nhan/<str:code>/nhieu", many.many, name="many"),
    path("tiep-nhan/<str:code>/nhieu/mau", many.template, name="many-template"),
    path("truc-tuyen", applications.applications, name="applications"),
    path("truc-tuyen/<int:number>", applications.application, name="application"),
    path("truc-tuyen/<int:number>/<int:paper>", applications.paper, name="application-paper"),
    path("bo-loc", worklist.keep, name="filter-keep"),
    path("bo-loc/<int:number>/xoa", worklist.forget, name="filter-forget"),
]
