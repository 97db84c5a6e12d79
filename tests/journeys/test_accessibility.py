"""Every page, as everyone who may open it sees it: nothing on it shuts somebody out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import cast, everyone, life
from tests.architecture.rights import ANONYMOUS, rights
from tests.journeys.conftest import OFFICE_SCREEN, PATIENCE, PHONE, QUIET
from thongsuot import env
from thongsuot.records.access import AccountRow
from thongsuot.records.directory import OfficeRow
from thongsuot.web import gate

pytestmark = pytest.mark.journey

AXE = env.ROOT / "tests" / "journeys" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
FOUND = """async () => (await axe.run(document)).violations.flatMap(one => one.nodes.map(
    node => `${one.id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}`))"""
# A page may be shown to several roles with more or less on it: these see the most.
SEES = ("counter", "leader", "office", "admin", "inspector", "handler", "clerk", "intake")
# Words that a page is also asked with, beside the address alone.
ASKED: dict[str, tuple[str, ...]] = {
    "/": ("tab=office", "loc=1", "q=khong+co"),
    "/thong-bao": ("q=ban",),
    "/tra-cuu": (),
}


@pytest.fixture
def browser(chromium: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """A browser with scripts, as offices have them."""
    # Playwright keeps a loop running in this thread, where the test also asks the database.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    monkeypatch.setattr("thongsuot.web.door.now", lambda: everyone.NOW)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(chromium), args=QUIET)
        yield started
        started.close()
        connections.close_all()  # those of that loop, which nobody else can close


def test_axe_finds_nothing_on_any_page_that_somebody_may_open(
    live_server: LiveServer, browser: Browser, tmp_path: Path
) -> None:
    samples = everyone.province()
    OfficeRow.objects.filter(code=cast.BAN_MAY).update(place=cast.PLACE)
    life.issued(life.received())
    contexts: dict[str, BrowserContext] = {}
    found: list[str] = []

    for right in rights():
        if right.method != "GET" or right.address.startswith("/api/"):
            continue
        who = _who(right.may)
        path = right.path(samples)
        for query in (urlencode(right.fill), *ASKED.get(right.address, ())):
            address = f"{path}?{query}" if query else path
            if not _is_page(who, address):
                continue
            context = contexts.setdefault(who, _signed_in(browser, live_server.url, who))
            found += _violations(context, address, tmp_path)

    assert found == []


def test_axe_finds_nothing_in_the_answer_to_a_lookup(
    live_server: LiveServer, browser: Browser, tmp_path: Path
) -> None:
    everyone.province()
    code = life.issued(life.received()).code
    page = _signed_in(browser, live_server.url, ANONYMOUS).new_page()

    page.goto(f"/tra-cuu?ma={code}")
    page.fill("[name=so]", "0000")
    page.get_by_role("button", name="Xem hồ sơ").click()
    wrong = _checked(page)
    page.fill("[name=so]", cast.MY.number[-4:])
    page.get_by_role("button", name="Xem hồ sơ").click()
    page.locator("summary").first.click()
    answered = _checked(page)
    page.screenshot(path=tmp_path / "tra-loi.png", full_page=True)

    assert [*wrong, *answered] == []


def _who(may: frozenset[str]) -> str:
    if ANONYMOUS in may:
        return ANONYMOUS
    return next((role for role in SEES if role in may), min(may))


def _is_page(who: str, address: str) -> bool:
    """Files and papers are not pages; an address that leads elsewhere is that page's."""
    client = Client()
    if who != ANONYMOUS:
        client.cookies[settings.SESSION_COOKIE_NAME] = _session(who)
    answer: Any = client.get(address)
    assert answer.status_code < 500, address
    told = answer.headers.get("Content-Type", "")
    return answer.status_code not in (301, 302) and told.startswith("text/html")


def _session(role: str) -> str:
    """The key of a session of somebody who signed in and gave the second factor."""
    row = AccountRow.objects.get(username=everyone.account(role))
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(row.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = row.get_session_auth_hash()
    session[gate.FACTOR] = gate.VERIFIED
    session.save()
    return str(session.session_key)


def _signed_in(browser: Browser, address: str, who: str) -> BrowserContext:
    context = browser.new_context(viewport=OFFICE_SCREEN, locale="vi-VN", base_url=address)
    context.set_default_timeout(PATIENCE)
    if who != ANONYMOUS:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": _session(who), "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item]  # these keys are all it needs
    return context


def _violations(context: BrowserContext, address: str, pictures: Path) -> list[str]:
    """What is wrong with a page, wide and narrow."""
    page = context.new_page()
    found: list[str] = []
    for size in (OFFICE_SCREEN, PHONE):
        page.set_viewport_size(size)
        page.goto(address)
        name = address.strip("/").replace("/", "_").replace("?", "_") or "viec-cua-toi"
        page.screenshot(path=pictures / f"{name[:80]}-{size['width']}.png", full_page=True)
        found += [f"{address} ({size['width']}): {one}" for one in _checked(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} ({size['width']}): the page is wider than the screen")
    page.close()
    return found


def test_axe_would_find_a_picture_without_words(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=vi><title>Thử</title><main><h1>Thử</h1><img src=x></main></html>")

    assert [line.partition(":")[0] for line in _checked(page)] == ["image-alt"]


def _checked(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(FOUND)
    return found
