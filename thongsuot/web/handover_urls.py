"""The addresses of hand-overs to ministries' systems."""

from django.urls import URLPattern, path

from thongsuot.web.views import handover

urlpatterns: list[URLPattern] = [
    path("ban-giao", handover.handovers, name="handovers"),
    path("ban-giao/<int:number>", handover.handover, name="handover"),
    path("ban-giao/<int:number>/ho-so", handover.lines, name="handover-lines"),
    path("ban-giao/<int:number>/ho-so.xlsx", handover.workbook, name="handover-lines-file"),
    path("ban-giao/<int:number>/bang-chung.json", handover.proof, name="handover-proof"),
    path(
        "ban-giao/<int:number>/giay/<str:code>", handover.certificate, name="handover-certificate"
    ),
    path(
        "ban-giao/<int:number>/giay/<str:code>/tep",
        handover.certificate_file,
        name="handover-certificate-file",
    ),
]
