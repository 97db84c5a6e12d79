"""Photograph the demo's screens for the README, as they are the morning after the last chapter."""

from __future__ import annotations

import io
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from thongsuot import env
from thongsuot.cli.main import embedded_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.settings")
# Playwright keeps a loop running in this thread, where we also ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()

from thongsuot.cli.management.commands.demo import PASSWORD  # noqa: E402 - once Django is set up
from thongsuot.cli.story import CHAPTERS  # noqa: E402
from thongsuot.domain.workdays import VIETNAM  # noqa: E402
from thongsuot.records.dossier import DossierRow  # noqa: E402
from thongsuot.records.posts import grants  # noqa: E402
from thongsuot.web import door  # noqa: E402
from thongsuot.wsgi import application  # noqa: E402

FOLDER = env.ROOT / "docs" / "images"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SCREEN = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
LARGEST = 150 * 1024
QUALITY = 82
COUNTER, HANDLER = "motcua.xabinhlu", "thuly.xabinhlu"
LEADER, INTAKE = "lanhdao.xabinhlu", "phancong.xabinhlu"
BUREAU, NOBODY = "danhmuc.vanphong", ""
COMMUNE, PLAN = "H35.102", "lai-chau-2025-07-01"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, who looks, and how they get there."""

    name: str
    account: str
    go: Callable[[Page], None]
    size: ViewportSize = field(default_factory=lambda: SCREEN)
    is_scripted: bool = False


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads along."""


def main() -> None:
    """Take every picture anew, or those that are named."""
    browser_found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser_found is None:
        sys.exit("Chưa có Chromium trên máy này: apt install chromium")
    with embedded_server():
        if not {COUNTER, BUREAU} <= {grant.account for grant in grants()}:
            sys.exit("Cơ sở dữ liệu này chưa kể câu chuyện: chạy make demo trước.")
        with _served() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browser_found, args=["--no-sandbox", "--disable-gpu"]
            )
            for shot in SHOTS:
                if not sys.argv[1:] or shot.name in sys.argv[1:]:
                    _take(browser, address, shot)
            browser.close()


def _take(browser: Browser, address: str, shot: Shot) -> None:
    # Without JavaScript no draft is left behind.
    context = browser.new_context(
        viewport=shot.size, locale="vi-VN", base_url=address, java_script_enabled=shot.is_scripted
    )
    page = context.new_page()
    if shot.account:
        page.goto("/dang-nhap")
        page.fill("#id_username", shot.account)
        page.fill("#id_password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "dang-nhap" not in url)
    shot.go(page)
    page.wait_for_load_state("networkidle")
    made = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).save(made, "WEBP", quality=QUALITY, method=6)
    if made.tell() > LARGEST:
        sys.exit(f"{shot.name}: {made.tell() // 1024} kB, nhiều hơn {LARGEST // 1024} kB")
    (FOLDER / f"{shot.name}.webp").write_bytes(made.getvalue())
    sys.stdout.write(f"{shot.name}.webp {made.tell() // 1024} kB\n")
    context.close()


@contextmanager
def _served() -> Iterator[str]:
    """The screens over HTTP, at the moment of the story."""
    moment = datetime.combine(CHAPTERS[-1].last + timedelta(1), time(8, 10), VIETNAM)
    door.now = lambda: moment
    server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _at(address: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(address)

    return go


def _of(procedure: str, tail: str = "") -> Callable[[Page], None]:
    """The first dossier of the commune of this procedure."""

    def go(page: Page) -> None:
        page.goto(f"/ho-so/{_first(procedure).code}{tail}")

    return go


def _first(procedure: str) -> DossierRow:
    rows = DossierRow.objects.filter(procedure=procedure, competent_office=COMMUNE)
    return rows.order_by("id")[0]


def _receiving(page: Page) -> None:
    """Somebody known is at the counter, with one paper so far."""
    known = _first("1.012796")
    page.goto("/tiep-nhan/1.012796")
    page.fill("#f-applicant-number", known.applicant_number)
    page.click("button[value=person]")
    page.wait_for_load_state()
    page.check("#has-0")
    page.evaluate("scrollTo(0, 0)")


def _assigned_together(page: Page) -> None:
    """What came of a run, line by line."""
    page.goto("/hang-loat")
    page.locator("table.together a").first.click()
    page.wait_for_load_state()


def _looking_up(page: Page) -> None:
    """An applicant proves a dossier that is under way."""
    own = _first("1.003440")
    page.goto("/tra-cuu")
    page.fill("[name=ma]", own.code)
    page.fill("[name=so]", own.applicant_number[-4:])
    page.keyboard.press("Enter")
    page.wait_for_load_state()


SHOTS = (
    Shot("reception", COUNTER, _receiving),
    Shot("worklist", HANDLER, _at("/?tab=office")),
    Shot("dossier", HANDLER, _of("2.000986")),
    Shot("leader", LEADER, _at("/lanh-dao")),
    Shot("bulk", INTAKE, _assigned_together),
    Shot("papers", COUNTER, _of("1.003440", "/giay-to")),
    Shot("catalogue", BUREAU, _at("/danh-muc/1.012796")),
    Shot("process", BUREAU, _at("/quy-trinh/mau-cap-xa@1"), is_scripted=True),
    Shot("plan", BUREAU, _at(f"/sap-xep/{PLAN}")),
    Shot("cutover", BUREAU, _at("/chuyen-he-thong")),
    Shot("report", BUREAU, _at("/bao-cao/II.06a/2025-Q3/H35")),
    Shot("dashboard", BUREAU, _at("/bang-so-lieu?tu=2025-06&den=2026-01"), is_scripted=True),
    Shot("lookup", NOBODY, _looking_up, PHONE),
    Shot("notice", NOBODY, _at(f"/thong-bao/{COMMUNE}"), PHONE),
)

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    main()
