"""`thongsuot doctor`: whether the data is sound."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from thongsuot.cli.door import Asked, Door, Told, Verb
from thongsuot.queries.doctor import Finding, findings
from thongsuot.records.codec import encode
from thongsuot.words.doctor import finding


class Command(Door):
    """Looks at the data."""

    help = "Khám dữ liệu: điều gì lành, điều gì cần sửa."

    def verbs(self) -> tuple[Verb, ...]:
        """The doctor does one thing."""
        return (Verb("doctor", self.help, _look),)

    def add_arguments(self, parser: CommandParser) -> None:
        """No verb to choose."""
        parser.set_defaults(verb="doctor")
        parser.add_argument("--json", action="store_true", help="trả lời bằng một dòng JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        """Look at everything; an unsound finding ends with 1."""
        super().handle(**{"verb": "doctor", **options})


def _look(asked: Asked) -> Told:
    found = findings(on=asked.at.date())
    return Told(
        [encode(one) for one in found],
        [_line(one) for one in found],
        is_sound=all(one.is_sound for one in found),
    )


def _line(one: Finding) -> str:
    said = finding(one.key, is_sound=one.is_sound, count=one.count, detail=one.detail)
    return f"{'✓' if one.is_sound else '✗'} {said}"
