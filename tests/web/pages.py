"""What a person sees on a page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

_TAG = re.compile(r"<[^>]+>")


def text(response: Any) -> str:
    """The words of a page, without its markup."""
    return " ".join(unescape(_TAG.sub(" ", response.content.decode())).split())


def beside(response: Any, field: str) -> str:
    """What is said beside a field that is wrong; "" when nothing is."""
    place = re.escape("f-" + field.replace(".", "-"))
    found = re.search(rf'id="{place}-error">(.*?)</p>', response.content.decode(), re.DOTALL)
    return unescape(found.group(1)).strip() if found else ""


def typed(response: Any, field: str) -> str:
    """What stands in a field of a form."""
    page = response.content.decode()
    place = re.escape(f'name="{field}"')
    line = re.search(rf'<input[^>]*{place}[^>]*value="([^"]*)"', page)
    lines = re.search(rf"<textarea[^>]*{place}[^>]*>(.*?)</textarea>", page, re.DOTALL)
    choice = re.search(rf'<select[^>]*{place}.*?value="([^"]*)" selected', page, re.DOTALL)
    found = line or lines or choice
    return unescape(found.group(1)) if found else ""


def buttons(response: Any) -> list[str]:
    """The names of the buttons and of the links that look like one."""
    page = response.content.decode()
    found = re.findall(r'<(?:a|button) class="btn[^>]*>(.*?)</(?:a|button)>', page, re.DOTALL)
    return [unescape(_TAG.sub("", name)).strip() for name in found]


def questions(client: Client, address: str) -> int:
    """How many questions a page asks the database, once the calendar is known."""
    client.get(address)
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
