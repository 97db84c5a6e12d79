"""`thongsuot simulate`: every partner, simulated in one process on this machine."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import CommandParser

from thongsuot.cli.door import Argument, Door, Verb
from thongsuot.cli.telling import refuse
from thongsuot.domain.refusal import Refusal
from thongsuot.words import reading

ARGUMENTS = (
    Argument(
        "--port",
        "cổng của địa chỉ điều khiển, mỗi đối tác một cổng tiếp theo; 0: cổng trống bất kỳ;"
        " mặc định 8400",
        {"metavar": "PORT"},
    ),
    Argument("--book", "thư mục giữ sổ của từng đối tác, mỗi đối tác một tệp", {"metavar": "DIR"}),
    Argument(
        "--tls",
        "thư mục chứng thư: server.pem, other.pem; có clients.pem thì đòi chứng thư của bên gọi",
        {"metavar": "DIR"},
    ),
    Argument("--callback", "địa chỉ nhận những gì đối tác tự gửi", {"metavar": "URL"}),
    Argument("--json", "nói các địa chỉ bằng một dòng JSON", {"action": "store_true"}),
)


class Command(Door):
    """Hands over to the simulators, which share no code with us."""

    help = "Chạy mọi đối tác giả lập trên máy này, dữ liệu bịa, đến khi bấm Ctrl-C."

    def verbs(self) -> tuple[Verb, ...]:
        """There is only one thing to do, and it is not ours."""
        return ()

    def add_arguments(self, parser: CommandParser) -> None:
        """What the simulators take."""
        for argument in ARGUMENTS:
            parser.add_argument(argument.name, help=argument.help, **argument.settings)

    def handle(self, *_: Any, **options: Any) -> None:
        """Become them."""
        try:
            reading.maybe(reading.number, options, "port")
        except Refusal as refusal:
            refuse(refusal, as_json=options["json"], out=self.stdout, err=self.stderr)
        given = {name: options[name] for name in ("port", "book", "tls", "callback")}
        words = [word for name, value in given.items() if value for word in (f"--{name}", value)]
        words += ["--json"] if options["json"] else []
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "thongsuot.simulators", *words])  # noqa: S606 - our own program, no shell
