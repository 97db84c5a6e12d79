"""The addresses of plans of reorganisation."""

from django.urls import URLPattern, path

from thongsuot.web.views import reorganisation

urlpatterns: list[URLPattern] = [
    path("sap-xep", reorganisation.plans, name="plans"),
    path("sap-xep/moi", reorganisation.writing, name="plan-new"),
    path("sap-xep/<str:key>", reorganisation.plan, name="plan"),
    path("sap-xep/<str:key>/sua", reorganisation.rewriting, name="plan-edit"),
    path("sap-xep/<str:key>/so-do", reorganisation.sketch, name="plan-sketch"),
    path("sap-xep/<str:key>/dien-tap", reorganisation.rehearsal, name="rehearsal"),
    path("sap-xep/<str:key>/dien-tap.xlsx", reorganisation.workbook, name="rehearsal-workbook"),
]
