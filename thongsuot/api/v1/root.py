"""The API as a whole: its parts, its key, and how it says no."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja.errors import AuthenticationError

from thongsuot.api.door import Token
from thongsuot.api.problems import Unauthenticated, fault, problem
from thongsuot.api.v1 import calendar, catalogue, directory, dossiers, papers
from thongsuot.api.v1.contract import Contract
from thongsuot.domain.refusal import Refusal

api = Contract(
    title="Thông Suốt",
    version="1",
    description="Receives and resolves administrative procedures; the acts are those of the screens.",
    auth=Token(),
    docs_url=None,
    urls_namespace="api-v1",
)
for part in (dossiers, papers, calendar, catalogue, directory):
    api.add_router("", part.router)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem(request, refusal)


@api.exception_handler(AuthenticationError)
def _unauthenticated(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    return problem(request, Unauthenticated("authorization"))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    return fault(request, error)
