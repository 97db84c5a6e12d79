"""Between signing in and any page: the session must be fresh, and an administrator's confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from thongsuot.actions import signing
from thongsuot.records.sessions import ADDRESS, BROWSER, SEEN
from thongsuot.web import door
from thongsuot.words.access import IDLE

FACTOR = "factor"
# The names that browsers and systems call themselves by; many also claim the later ones.
BROWSERS = ("Edg/", "CocCoc", "Firefox", "Chrome", "Safari")
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
NOT_NEEDED, VERIFIED = "not needed", "verified"
# The session is written when it was last written this long ago: not at every request.
NOTED_EVERY = timedelta(minutes=1)
UNGUARDED = ("sign-in", "sign-out", "second-factor", "security")


def gate(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever signed in and may not go on yet is led to where they may."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        return _stopped(request) or get_response(request)

    return answer


def is_verified(request: HttpRequest) -> bool:
    """Whether the second factor was given in this session."""
    return request.session.get(FACTOR) == VERIFIED


def set_verified(request: HttpRequest) -> None:
    """The second factor was given; the session gets a new key, as after every sign-in."""
    request.session.cycle_key()
    request.session[FACTOR] = VERIFIED


def address(request: HttpRequest) -> str:
    """From where a request comes; behind our proxy, what the proxy adds last."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.IS_HTTPS else ""
    return (forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))[:45]


def browser(request: HttpRequest) -> str:
    """By what a request comes: "Chrome, Windows", as far as it says so."""
    told = request.headers.get("User-Agent", "")
    named = (next((n for n in group if n in told), "") for group in (BROWSERS, SYSTEMS))
    return ", ".join(name.rstrip("/") for name in named if name)


def _stopped(request: HttpRequest) -> HttpResponse | None:
    if _is_stale(request):
        logout(request)
        messages.info(request, IDLE)
        return redirect(_leading(reverse("sign-in"), request))
    if request.path_info in {reverse(name) for name in UNGUARDED}:
        return None
    if request.session.get(FACTOR) is None and not signing.needs_factor(
        account=request.user.get_username(), at=door.now()
    ):
        request.session[FACTOR] = NOT_NEEDED
    if request.session.get(FACTOR) in (NOT_NEEDED, VERIFIED):
        return None
    return redirect(_leading(reverse("second-factor"), request))


def _is_stale(request: HttpRequest) -> bool:
    now, seen = door.now().timestamp(), request.session.get(SEEN)
    if seen is not None and now - seen > settings.IDLE_MINUTES * 60:
        return True
    if seen is None or now - seen > NOTED_EVERY.total_seconds():
        request.session[SEEN] = now
        request.session[ADDRESS] = address(request)
        request.session[BROWSER] = browser(request)
    return False


def _leading(where: str, request: HttpRequest) -> str:
    wanted = request.get_full_path() if request.method == "GET" else "/"
    return f"{where}?{urlencode({'next': wanted})}"
