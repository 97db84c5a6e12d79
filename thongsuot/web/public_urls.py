"""The addresses of the pages for people outside, and of what they said."""

from django.urls import URLPattern, URLResolver, path

from thongsuot.web.views import contacts, feedback, links, lookup, notices

urlpatterns: list[URLPattern | URLResolver] = [
    path("tra-cuu", lookup.search, name="lookup"),
    path("tra-cuu/danh-gia", lookup.rating, name="rating"),
    path("tra-cuu/cam-on", lookup.thanks, name="thanks"),
    path("lien-ket-tep/<str:token>", links.file, name="linked-file"),
    path("cong-cu", links.old, name="old-portal"),
    path("cong-cu/<path:rest>", links.old, name="old-address"),
    path("thong-bao", notices.search, name="notices"),
    path("thong-bao/<str:code>", notices.page, name="notice"),
    path("thong-bao/<str:code>/pdf", notices.sheet, name="notice-sheet"),
    path("duong-day-nong", contacts.contacts, name="contacts"),
    path("duong-day-nong/<str:code>", contacts.contact, name="contact"),
    path("danh-gia", feedback.ratings, name="ratings"),
]
