"""Every address of the API, by version; what is at none of them is told in the same way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt

from thongsuot.api.partners import push
from thongsuot.api.problems import MethodNotAllowed, NoSuchRoute, problem
from thongsuot.api.v1.root import api
from thongsuot.words.reading import shown

View = Callable[..., HttpResponse]


def _telling(view: View) -> View:
    """A wrong method, and a root without a page, are refused like anything else."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **names: object) -> HttpResponse:
        try:
            response = view(request, *args, **names)
        except Http404:  # the root, which would be a page of documentation
            return _nowhere(request)
        if response.status_code != 405:
            return response
        allowed = sorted(response.headers["Allow"].split(", "))
        refusal = MethodNotAllowed("method", given=request.method or "", known=allowed)
        told = problem(request, refusal)
        told.headers["Allow"] = ", ".join(allowed)
        return told

    return answer


@csrf_exempt
def _nowhere(request: HttpRequest) -> HttpResponse:
    return problem(request, NoSuchRoute("path", given=shown(request.path)))


def _addresses() -> list[URLPattern | URLResolver]:
    patterns, application, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _telling(pattern.callback)
    return [
        path("doi-tac/<str:partner>/khoa/<str:key>/<path:what>", push),
        path("doi-tac/<str:partner>/<path:what>", push),
        path("v1/", (patterns, application, namespace)),
        re_path("", _nowhere),
    ]


urlpatterns = _addresses()
