"""A certificate leads to the signed root, or it is no certificate."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.domain.evidence import (
    EvidenceMalformed,
    canonical,
    certificates,
    faults,
    head,
    leads_to,
    leaf,
    paths,
    root,
)


def batch(many: int) -> dict[str, Any]:
    told = [{"code": f"H99.101-250908-{n:04d}", "meaning": f"{n}"} for n in range(many)]
    top, made = certificates(told)
    return {
        **head("1", "2026-01-05T09:00:00+07:00", many, top),
        "certificates": [
            {"dossier": one.dossier, "index": one.index, "path": list(one.path)} for one in made
        ],
    }


@given(st.integers(min_value=1, max_value=70))
def test_every_certificate_of_a_batch_leads_to_its_root(many: int) -> None:
    assert faults(batch(many)) == []


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_a_path_leads_to_the_root_only_from_its_own_place(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(min_value=0, max_value=len(leaves) - 1))
    path = paths(leaves)[index]

    assert leads_to(leaves[index], index, len(leaves), path) == root(leaves)
    assert leads_to(b"x" * 32, index, len(leaves), path) != root(leaves)
    assert leads_to(leaves[index], len(leaves), len(leaves), path) is None
    assert leads_to(leaves[index], index, len(leaves), (*path, b"y" * 32)) != root(leaves)


def test_a_dossier_changed_by_one_letter_is_named() -> None:
    evidence = batch(9)
    evidence["certificates"][4]["dossier"] |= {"meaning": "5"}

    assert faults(evidence) == ["H99.101-250908-0004"]


def test_a_dossier_that_was_exchanged_for_another_is_named() -> None:
    evidence = batch(9)
    one, other = evidence["certificates"][2], evidence["certificates"][6]
    one["dossier"], other["dossier"] = other["dossier"], one["dossier"]

    assert len(faults(evidence)) == 2


def test_an_inner_part_of_the_tree_cannot_pass_for_a_dossier() -> None:
    told = {"code": "1"}

    assert leaf(told) != root([canonical(told)])


@pytest.mark.parametrize(
    "evidence", [{}, {"count": "x"}, batch(2) | {"format": "khác"}, batch(1) | {"root": "zz"}]
)
def test_what_is_no_evidence_is_refused_in_one_sentence(evidence: dict[str, Any]) -> None:
    with pytest.raises(EvidenceMalformed):
        faults(evidence)
