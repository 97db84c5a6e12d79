"""The addresses of the catalogue: procedures, processes, rosters, simplification plans."""

from django.urls import URLPattern, path

from thongsuot.web.views import catalogue, changing, mirror, plans, process, proposal, roster

urlpatterns: list[URLPattern] = [
    path("danh-muc", catalogue.catalogue, name="catalogue"),
    path("danh-muc/tep.xlsx", catalogue.workbook, name="catalogue-workbook"),
    path("danh-muc/tep.json", catalogue.exported, name="catalogue-export"),
    path("danh-muc/nhap", catalogue.imported, name="catalogue-import"),
    path("danh-muc/doi-chieu", mirror.compared, name="mirror"),
    path("danh-muc/du-thao", changing.draft, name="new-draft"),
    path("danh-muc/<str:code>", catalogue.procedure, name="procedure"),
    path("danh-muc/<str:code>/du-thao", changing.draft, name="draft"),
    path("danh-muc/<str:code>/<str:kind>", changing.change, name="change"),
    path("quy-trinh", process.processes, name="processes"),
    path("quy-trinh/de-xuat", proposal.new_process, name="new-process"),
    path("quy-trinh/<str:key>", process.process, name="process"),
    path("quy-trinh/<str:key>/bpmn", process.drawn, name="process-drawn"),
    path("quy-trinh/<str:key>/json", process.exported, name="process-export"),
    path("de-xuat/<int:number>", proposal.proposal, name="proposal"),
    path("de-xuat/<int:number>/bpmn", proposal.drawn, name="proposal-drawn"),
    path("de-xuat/<int:number>/sua", proposal.edit, name="proposal-edit"),
    path("phan-cong", roster.rosters, name="rosters"),
    path("phan-cong/de-xuat", roster.new, name="new-roster"),
    path("phuong-an", plans.plans, name="plans"),
    path("phuong-an/moi", plans.new, name="new-plan"),
    path("phuong-an/<int:number>", plans.plan, name="plan"),
]
