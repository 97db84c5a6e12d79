"""The typeface in the tree is the one that was fetched, with its licence."""

from __future__ import annotations

import hashlib

from thongsuot.paper.characters import FONTS


def test_the_typeface_is_unchanged_since_it_was_fetched() -> None:
    folder = next(FONTS.glob("tinos-*"))
    sums = (folder / "SHA256SUMS").read_text().split("\n")

    kept = {name: digest for digest, name in (line.split() for line in sums if line)}

    assert len([name for name in kept if name.endswith(".ttf")]) == 4
    for name, digest in kept.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_typeface_comes_with_its_licence() -> None:
    licence = (next(FONTS.glob("tinos-*")) / "LICENSE").read_text()

    assert "SIL OPEN FONT LICENSE" in licence
