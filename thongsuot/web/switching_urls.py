"""The addresses of a switch: how far it is, its balance, its minutes."""

from django.urls import URLPattern, path

from thongsuot.web.views import switching, undoing, worklist

urlpatterns: list[URLPattern] = [
    path("sap-xep/<str:key>/chuyen", switching.progress, name="switch-progress"),
    path("sap-xep/<str:key>/can-doi", switching.balance, name="switch-balance"),
    path("sap-xep/<str:key>/can-doi.xlsx", switching.workbook, name="switch-balance-workbook"),
    path("ban-giao/<str:key>", worklist.look_at_passed, name="custody-look"),
    path("sap-xep/<str:key>/hoan-tac", undoing.undo, name="plan-undo"),
    path("sap-xep/<str:key>/bien-ban", switching.minutes, name="custody-minutes"),
]
