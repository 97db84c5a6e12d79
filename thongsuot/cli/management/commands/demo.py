"""`thongsuot demo`: the story of an office, played in its own database and told at the end."""

from __future__ import annotations

import os
from datetime import datetime, time
from time import monotonic
from typing import Any

from django.core.management.base import CommandParser

from thongsuot import env
from thongsuot.cli.door import Argument, Asked, Door, Told, Verb
from thongsuot.cli.main import embedded_server
from thongsuot.cli.story import Chapter, Teller, chapters
from thongsuot.cli.story.ending import ending, lines
from thongsuot.cli.story.progress import Progress
from thongsuot.cli.story.stage import USUAL, begin_anew
from thongsuot.domain.workdays import VIETNAM
from thongsuot.words import reading

PASSWORD = "cau-chuyen-2025"  # noqa: S105 - invented people, in a database that holds nothing real

ARGUMENTS = (
    Argument("--chapter", "kể từ đầu đến hết chương này; mặc định kể hết", {"metavar": "N"}),
    Argument("--people", "bao nhiêu người đến quầy, thay cho số của chương", {"metavar": "N"}),
    Argument("--seed", "số gieo: cùng số thì cùng câu chuyện, mặc định 1", {"metavar": "S"}),
    Argument("--json", "trả lời bằng một dòng JSON", {"action": "store_true"}),
)


class Command(Door):
    """Tells the story."""

    help = "Kể câu chuyện của một xã và của tỉnh trong cơ sở dữ liệu riêng, rồi cho xem số liệu."

    def verbs(self) -> tuple[Verb, ...]:
        """There is only one thing to do."""
        return (Verb("demo", self.help, _demo),)

    def add_arguments(self, parser: CommandParser) -> None:
        """How far, and with how many people."""
        for argument in ARGUMENTS:
            parser.add_argument(argument.name, help=argument.help, **argument.settings)

    def handle(self, *_: Any, **options: Any) -> None:
        """Play on the server of this folder, which stops afterwards if nobody else uses it."""
        with embedded_server():
            super().handle(**{"verb": "demo", **options})


def _demo(asked: Asked) -> Told:
    upto = reading.maybe(reading.number, asked.given, "chapter")
    people = reading.maybe(reading.number, asked.given, "people")
    seed = reading.if_given(reading.number, asked.given, "seed", 1)
    told = chapters(upto)
    name = os.environ.get(env.DATABASE.name) or USUAL
    began = monotonic()
    begin_anew(name)
    tellers = {_title(chapter): _play(chapter, people, seed) for chapter in told}
    last = [*tellers.values()][-1]
    at = datetime.combine(told[-1].last, time(18), VIETNAM)
    clock = next(teller.told for teller in reversed(tellers.values()) if teller.told)
    end = ending(tellers, told=clock, at=at)
    seconds = monotonic() - began
    return Told(
        end.as_json(),
        (*lines(end, at=at), "", *_open(name, last), f"({seconds:.0f} giây)"),
        is_sound=end.is_sound,
    )


def _title(chapter: Chapter) -> str:
    return f"Chương {chapter.number}. {chapter.title}"


def _play(chapter: Chapter, people: int | None, seed: int) -> Teller:
    progress = Progress()
    teller = chapter.play(
        seed=seed,
        people=chapter.people if people is None else people,
        password=PASSWORD,
        listen=progress,
    )
    progress.end()
    return teller


def _open(name: str, teller: Teller) -> tuple[str, ...]:
    accounts = ", ".join(post.account for post in teller.cast.posts[:5])
    return (
        f"Mở bằng trình duyệt: make run DATABASE={name}",
        f"Đăng nhập bằng một trong: {accounts}; mật khẩu {PASSWORD}",
    )
