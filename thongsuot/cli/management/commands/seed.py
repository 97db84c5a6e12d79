"""`thongsuot seed`: invented dossiers in any number, the same ones for the same seed."""

from __future__ import annotations

import sys
from time import monotonic
from typing import Any

from django.core.management.base import CommandParser

from thongsuot.actions.seed import Grown, Sowing, sow
from thongsuot.cli.door import Argument, Asked, Door, Told, Verb
from thongsuot.records.codec import encode
from thongsuot.words import reading
from thongsuot.words.reading import BadField, Expected

USUAL = Sowing(0)

ARGUMENTS = (
    Argument("--dossiers", "bao nhiêu hồ sơ", {"metavar": "N", "required": True}),
    Argument("--seed", "số gieo: cùng số thì cùng hồ sơ, mặc định 1", {"metavar": "S"}),
    Argument("--from", f"ngày nhận đầu tiên, mặc định {USUAL.first}", {"metavar": "DATE"}),
    Argument("--to", f"ngày nhận cuối cùng, mặc định {USUAL.last}", {"metavar": "DATE"}),
    Argument(
        "--open", f"tỷ lệ còn mở ở ngày cuối, mặc định {USUAL.open_share}", {"metavar": "SHARE"}
    ),
    Argument("--outbox", "ghi cả thông điệp còn nợ các hệ thống khác", {"action": "store_true"}),
    Argument("--processes", "chạy bao nhiêu tiến trình, mặc định 1", {"metavar": "N"}),
    Argument("--json", "trả lời bằng một dòng JSON", {"action": "store_true"}),
)


class Command(Door):
    """Sows."""

    help = "Sinh hồ sơ bịa trong cơ sở dữ liệu demo hoặc test, cùng số gieo thì cùng hồ sơ."

    def verbs(self) -> tuple[Verb, ...]:
        """There is only one thing to do."""
        return (Verb("seed", self.help, _seed),)

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, of which seed, between which days."""
        for argument in ARGUMENTS:
            parser.add_argument(argument.name, help=argument.help, **argument.settings)

    def handle(self, *_: Any, **options: Any) -> None:
        """Sow, tell how far it has come, and how fast it was."""
        super().handle(**{"verb": "seed", **options})


def _seed(asked: Asked) -> Told:
    sowing = Sowing(
        dossiers=reading.number("dossiers", asked.given.get("dossiers")),
        seed=reading.if_given(reading.number, asked.given, "seed", USUAL.seed),
        first=reading.if_given(reading.day, asked.given, "from", USUAL.first),
        last=reading.if_given(reading.day, asked.given, "to", USUAL.last),
        open_share=reading.if_given(_share, asked.given, "open", USUAL.open_share),
        owes=asked.flag("outbox"),
    )
    processes = reading.if_given(reading.number, asked.given, "processes", 1)
    began = monotonic()
    grown = sow(sowing, processes=max(processes, 1), tell=_Progress(sowing.dossiers))
    return _summary(sowing, grown, monotonic() - began)


def _share(name: str, raw: object) -> float:
    try:
        return float(str(raw).replace(",", "."))
    except ValueError:
        raise BadField.holding(name, raw, Expected.NUMBER) from None


class _Progress:
    """Every twentieth of the way, on the error stream."""

    def __init__(self, of: int) -> None:
        self._of = of
        self._next = self._step = max(of // 20, 1)

    def __call__(self, grown: Grown) -> None:
        """Tell how far it has come, now and then."""
        if grown.dossiers >= self._next:
            sys.stderr.write(f"… {grown.dossiers}/{self._of} hồ sơ\n")
            self._next = grown.dossiers + self._step


def _summary(sowing: Sowing, grown: Grown, seconds: float) -> Told:
    rate = round(grown.dossiers / seconds) if seconds else 0
    data = {**_as_data(sowing), **_as_data(grown), "seconds": round(seconds, 2)}
    return Told(
        data,
        (
            f"Đã sinh {grown.dossiers} hồ sơ, {grown.events} sự kiện, {grown.owed} thông điệp còn nợ"
            f" (số gieo {sowing.seed}, nhận từ {sowing.first:%d/%m/%Y} đến {sowing.last:%d/%m/%Y})"
            f" trong {seconds:.1f} giây: {rate} hồ sơ mỗi giây.",
            "Kiểm tra: thongsuot dossier verify",
        ),
    )


def _as_data(value: Sowing | Grown) -> dict[str, Any]:
    told = encode(value)
    return told if isinstance(told, dict) else {}
