"""The addresses of operation: shared systems, certificates, readiness, incidents, run-off."""

from django.urls import URLPattern, path

from thongsuot.web.views import (
    board,
    certificates,
    incidents,
    links,
    readiness,
    remote,
    run_off,
    services,
    systems,
    training,
)

urlpatterns: list[URLPattern] = [
    path("he-thong", systems.systems, name="systems"),
    path("he-thong/nhap", systems.imported, name="systems-import"),
    path("he-thong/ra-soat", systems.findings, name="findings"),
    path("he-thong/ra-soat/tep.xlsx", systems.workbook, name="findings-workbook"),
    path("he-thong/ra-soat/<int:number>", systems.finding, name="finding"),
    path("chung-thu", certificates.certificates, name="certificates"),
    path("chung-thu/viec", certificates.work, name="certificate-work"),
    path("san-sang", readiness.overview, name="readiness"),
    path("san-sang/<str:key>", readiness.point, name="readiness-point"),
    path("su-co", incidents.incidents, name="incidents"),
    path("su-co/tep.xlsx", incidents.workbook, name="incidents-workbook"),
    path("su-co/<int:number>", incidents.incident, name="incident"),
    path("tap-huan", training.lessons, name="lessons"),
    path("tap-huan/<int:number>", training.lesson, name="lesson"),
    path("chuyen-he-thong", board.board, name="cutover"),
    path("chuyen-he-thong/he-thong", board.systems, name="cutover-systems"),
    path("chuyen-he-thong/linh-vuc", board.field, name="cutover-field"),
    path("chuyen-he-thong/con-lai", board.left, name="cutover-left"),
    path("chuyen-he-thong/tep/<str:kind>", board.file, name="cutover-file"),
    path("chuyen-he-thong/dia-chi-tep", links.links, name="links"),
    path("dich-vu-truc-tuyen", services.services, name="services"),
    path("dich-vu-truc-tuyen/ra-soat", services.review, name="service-review"),
    path("dich-vu-truc-tuyen/<str:code>", services.service, name="service"),
    path("ho-so-noi-khac", remote.remote, name="remote"),
    path("ho-so-noi-khac/khac-nhau", remote.divergences, name="divergences"),
    path("ket-thuc", run_off.board, name="run-off"),
    path("ket-thuc/<str:code>", run_off.body, name="run-off-body"),
    path("he-thong/<str:code>", systems.system, name="system"),
]
