"""Every address of the screens."""

from django.urls import URLPattern, URLResolver, path

from thongsuot.web import (
    catalogue_urls,
    desk_urls,
    public_urls,
    reorganisation_urls,
    systems_urls,
)
from thongsuot.web.views import (
    absences,
    access,
    dossier,
    drafting,
    looks,
    move,
    papers,
    printing,
    reception,
    staff,
    worklist,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.worklist, name="worklist"),
    path("dang-nhap", access.sign_in, name="sign-in"),
    path("dang-nhap/ma", access.second_factor, name="second-factor"),
    path("tai-khoan/bao-mat", access.security, name="security"),
    path("tai-khoan/mat-khau", access.password, name="password"),
    path("tai-khoan/phien", access.sessions, name="sessions"),
    path("nhat-ky-tai-khoan", staff.changes, name="access-changes"),
    path("nhat-ky-xem", looks.log, name="looks"),
    path("vang-mat", absences.absences, name="absences"),
    path("can-bo", staff.accounts, name="accounts"),
    path("can-bo/moi", staff.opening, name="opening"),
    path("can-bo/<str:username>", staff.account, name="account"),
    path("dang-xuat", access.sign_out, name="sign-out"),
    path("tiep-nhan", reception.search, name="reception"),
    path("tiep-nhan/<str:code>", reception.form, name="reception-form"),
    path("ho-so/<str:code>", dossier.page, name="dossier"),
    path("ho-so/<str:code>/giay-to", papers.papers, name="papers"),
    path("ho-so/<str:code>/in/<str:kind>", printing.paper, name="print"),
    path("so-theo-doi", printing.register, name="register"),
    path("in", printing.batch, name="print-many"),
    path("in/xem-truoc", printing.preview, name="print-preview"),
    path("ho-so/<str:code>/tep/<str:sha256>", papers.file, name="file"),
    path("ho-so/<str:code>/du-thao", drafting.drafts, name="drafts"),
    path("ho-so/<str:code>/du-thao/mau/<str:key>", drafting.letter, name="letter"),
    path("ho-so/<str:code>/du-thao/<str:sha256>", drafting.version, name="draft"),
    path("ho-so/<str:code>/<str:act>", move.move, name="move"),
    *catalogue_urls.urlpatterns,
    *desk_urls.urlpatterns,
    *systems_urls.urlpatterns,
    *reorganisation_urls.urlpatterns,
    *public_urls.urlpatterns,
]
