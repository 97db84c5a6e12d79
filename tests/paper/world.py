"""What the tests of papers stand on: the forms of the house, and how to make one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from thongsuot.domain.workdays import VIETNAM
from thongsuot.env import ROOT
from thongsuot.paper import forms, specimens, values

HOUSE = ROOT / "data" / "forms"
FORMS = forms.read(HOUSE)
AT = datetime(2026, 7, 3, 8, 5, tzinfo=VIETNAM)
TODAY = AT.date()

META = """
title = "Giấy thử"
valid_from = 2026-01-01
layout = "own"
certainty = "để thử"
source = "để thử"
"""


def form(key: str, on: date = TODAY) -> forms.Form:
    """The form of the house in force on the day."""
    return forms.choose(FORMS, key, on)


def drawn(template: str) -> forms.Form:
    """A notice of our own, drawn by this template."""
    return replace(form("notice"), version="thu", template=template)


def receipt(name: str = "Lò Thị Thu Hằng", procedure: str = "") -> values.ReceiptPaper:
    """A receipt for this person."""
    full = specimens.of("receipt")[0]
    assert isinstance(full, values.ReceiptPaper)
    dossier = replace(full.dossier, procedure=procedure or full.dossier.procedure)
    return replace(full, dossier=dossier, addressee=replace(full.addressee, name=name))


def register() -> values.RegisterPaper:
    """A register of two dossiers."""
    full = specimens.of("register")[0]
    assert isinstance(full, values.RegisterPaper)
    return full


def write(folder: Path, name: str, meta: str, template: str = "#let paper(d) = [x]") -> None:
    """One form on disk, as an office would put it there."""
    place = folder / name
    place.mkdir(parents=True)
    (place / "meta.toml").write_text(meta)
    (place / "template.typ").write_text(template)
