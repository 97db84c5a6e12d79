"""The two doors that speak HTTP, each under its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("thongsuot.api.urls")),
    path("", include("thongsuot.web.urls")),
]
