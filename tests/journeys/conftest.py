"""A real browser over a live server: the province of Mây Trắng, its people at their desks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import cast, rows
from thongsuot.domain.duties import Person
from thongsuot.records.access import AccountRow
from thongsuot.records.directory import OfficeRow

PASSWORD = "mat-khau-thu"
OFFICE_SCREEN = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
KEYS_AT_MOST = 120
PATIENCE = 120_000.0  # ms: a busy machine is no fault of the page


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's browser, worked with the keyboard alone."""

    page: Page
    pictures: Path

    def go_to(self, name: str) -> None:
        """Walk with Tab until the thing of this name has the focus."""
        for _ in range(KEYS_AT_MOST):
            self.page.keyboard.press("Tab")
            if name in self._named():
                return
        raise AssertionError(f"no key leads to “{name}” on {self.page.url}")

    def press(self, name: str) -> None:
        """Walk to a button or a link and press it."""
        self.go_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, name: str, text: str) -> None:
        """Walk to a field and type."""
        self.go_to(name)
        self.page.keyboard.type(text)

    def begin(self, place: str, text: str) -> None:
        """Type where the page itself puts the focus, and send it."""
        self.page.wait_for_selector(f"{place}:focus")
        self.page.keyboard.type(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tick(self, name: str) -> None:
        """Walk to a box and tick it."""
        self.go_to(name)
        self.page.keyboard.press("Space")

    def open(self, name: str) -> None:
        """Walk to what is folded away and unfold it."""
        self.go_to(name)
        self.page.keyboard.press("Enter")

    def says(self, words: str) -> bool:
        """Whether the page shows these words."""
        return words in " ".join(self.page.inner_text("body").split())

    def picture(self, name: str) -> None:
        """Keep what the person sees."""
        self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)

    def _named(self) -> str:
        told = self.page.evaluate(
            "(e => e.labels?.[0]?.innerText ?? e.getAttribute('aria-label') ?? e.innerText)"
            "(document.activeElement)"
        )
        return str(told or "")


class Desks:
    """Everybody's browser on one live server."""

    def __init__(self, browser: Browser, address: str, pictures: Path) -> None:
        self._browser = browser
        self._address = address
        self._pictures = pictures

    def of(self, person: Person, size: ViewportSize = OFFICE_SCREEN) -> Desk:
        """The desk of someone who has just signed in, without JavaScript."""
        context = self._browser.new_context(
            viewport=size, locale="vi-VN", java_script_enabled=False, base_url=self._address
        )
        context.set_default_timeout(PATIENCE)
        desk = Desk(context.new_page(), self._pictures)
        desk.page.goto("/dang-nhap")
        desk.page.wait_for_selector("#id_username:focus")
        desk.page.keyboard.type(person.account)
        desk.fill("Mật khẩu", PASSWORD)
        with desk.page.expect_navigation():
            desk.page.keyboard.press("Enter")
        return desk

    def somebody(self, size: ViewportSize = OFFICE_SCREEN) -> Desk:
        """The browser of someone who has not signed in, without JavaScript."""
        context = self._browser.new_context(
            viewport=size, locale="vi-VN", java_script_enabled=False, base_url=self._address
        )
        context.set_default_timeout(PATIENCE)
        return Desk(context.new_page(), self._pictures)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday morning at eight; whoever asks for the time gets it two seconds later."""
    moment = cast.MONDAY

    def later() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=2)
        return moment

    monkeypatch.setattr("thongsuot.web.door.now", later)


@pytest.fixture
def desks(
    live_server: LiveServer,
    clock: None,
    chromium: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Desks]:
    """Everybody's browser; the pictures lie in the folder of the test."""
    # Playwright keeps a loop running in this thread, where the test also asks the database.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    rows.province()
    AccountRow.objects.filter(username=cast.HOA.account).update(reception_point=cast.AT_BAN_MAY)
    OfficeRow.objects.filter(code=cast.BAN_MAY).update(place=cast.PLACE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=QUIET)
        yield Desks(browser, live_server.url, tmp_path)
        browser.close()
        # What was asked beside that loop has a connection of its own, which only it can close;
        # the next test may stop the server behind it.
        connections.close_all()
