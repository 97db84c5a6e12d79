"""How many receipts one core presses in a second, from the values to the bytes of the PDF.

Beside it the floor: the bare compiler with an empty page. Counted in seconds of the core, which
neighbours on the machine cannot take away; the wall clock stands beside it.
Run: python -m bench.paper [--papers N] [--seed S] [--rounds R]
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from random import Random
from typing import TypeVar

import typst

from thongsuot.domain.workdays import VIETNAM
from thongsuot.env import ROOT
from thongsuot.paper import forms, press, sheets, specimens, values
from thongsuot.paper.characters import FONTS

LEAST = 60
BATCH = 100
AT = datetime(2026, 7, 3, 8, 5, tzinfo=VIETNAM)
SURNAMES = ("Lò", "Giàng", "Vàng", "Tẩn", "Nguyễn", "Lý", "Sùng", "Pờ", "Hoàng", "Chang")
NAMES = ("Thị Thu Hằng", "A Páo", "Văn Quyết", "Mẩy Lai", "Minh Tâm", "A Chứ", "Phì Sò", "Thị Mỷ")
Given = TypeVar("Given")
Seconds = tuple[float, float]
EMPTY = b'#set document(title: sys.inputs.number, date: auto)\n#set page(paper: "a4")\n#v(1pt)'


def main() -> None:
    """Measure, and say on what."""
    asked = _arguments()
    core = _on_one_core()
    form = forms.choose(forms.read(ROOT / "data" / "forms"), "receipt", AT.date())
    chance = Random(asked.seed)  # noqa: S311 - nothing secret
    # New papers in each round: the compiler remembers those that it has pressed.
    rounds = [_receipts(chance, asked.papers, r) for r in range(asked.rounds * 2)]
    bare = typst.Compiler(root=FONTS, font_paths=[str(FONTS)], ignore_system_fonts=True)

    def one(paper: values.ReceiptPaper) -> bytes:
        return press.pdf(form, [sheets.sheet(paper)], at=AT)

    def empty(paper: values.ReceiptPaper) -> object:
        inputs = {"number": f"{paper.dossier.code} {time.perf_counter_ns()}"}
        return bare.compile(
            EMPTY, format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=AT
        )

    def together(papers: list[values.ReceiptPaper]) -> bytes:
        return press.pdf(form, [sheets.sheet(paper) for paper in papers[:BATCH]], at=AT)

    size = len(one(rounds[0][0]))
    print(f"papers: {asked.papers} receipts {form.name} of 1 page, {size:,} bytes,")
    print(f"  seed {asked.seed}, {core}, best of {asked.rounds} rounds,")
    print(
        f"  Python {platform.python_version()}, typst {version('typst')}, segno {version('segno')}"
    )
    pressed = _best(_took(one, papers) for papers in rounds[: asked.rounds])
    floor = _best(_took(empty, papers) for papers in rounds[: asked.rounds])
    batch = _best([one] for one in _took(together, rounds[asked.rounds :]))
    print(f"  one PDF each       {_said(pressed)} (wanted: {LEAST})")
    print(f"  {BATCH} in one PDF     {_said(batch, min(BATCH, asked.papers))}")
    print(f"  floor, empty page  {_said(floor)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _on_one_core() -> str:
    if not hasattr(os, "sched_setaffinity"):
        return "any core"
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return "one core"


def _receipts(chance: Random, count: int, round_: int) -> list[values.ReceiptPaper]:
    full = specimens.of("receipt")[0]
    if not isinstance(full, values.ReceiptPaper):
        raise TypeError("the specimen of a receipt is a receipt")
    return [_receipt(full, chance, round_ * count + n) for n in range(1, count + 1)]


def _receipt(full: values.ReceiptPaper, chance: Random, number: int) -> values.ReceiptPaper:
    code = f"H35.101-260703-{number:04}"
    lookup = values.Lookup(f"https://tracuu.example.vn/h/{code}")
    name = f"{chance.choice(SURNAMES)} {chance.choice(NAMES)}"
    received = AT + timedelta(minutes=chance.randrange(480))
    return replace(
        full,
        dossier=replace(full.dossier, code=code, lookup=lookup, entry=f"{number:04}"),
        addressee=replace(full.addressee, name=name, number=f"012{chance.randrange(10**9):09}"),
        enclosures=full.enclosures[: chance.randint(1, 3)] * chance.randint(1, 2),
        received_at=received,
        due_at=received + timedelta(days=chance.randint(3, 30)),
        later=None,
        submitted_by=name,
    )


def _took(work: Callable[[Given], object], given: Iterable[Given]) -> list[Seconds]:
    """How long each piece of work took: of the core, and by the clock on the wall."""
    seconds = []
    for one in given:
        core, wall = time.process_time(), time.perf_counter()
        work(one)
        seconds.append((time.process_time() - core, time.perf_counter() - wall))
    return seconds


def _best(rounds: Iterable[list[Seconds]]) -> list[Seconds]:
    return min(rounds, key=lambda seconds: sum(core for core, _ in seconds))


def _said(seconds: list[Seconds], each: int = 1) -> str:
    core, wall = (each * len(seconds) / sum(column) for column in zip(*seconds, strict=True))
    p95 = sorted(one for one, _ in seconds)[int(len(seconds) * 0.95)]
    return f"{core:>6.0f} a second of the core, {wall:>6.0f} by the wall, p95 {p95 * 1000:.1f} ms"


if __name__ == "__main__":
    main()
