"""Evidence that can be checked without us: a certificate a dossier, one root over a batch.

The tree is that of certificate logs: leaves and nodes are told apart by their first byte, so
that no inner part can pass for a dossier. Source: RFC 6962, 2.1.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thongsuot.domain.refusal import Kind, Refusal

FORMAT = "thongsuot-evidence-1"
Told = Mapping[str, Any]


class EvidenceMalformed(Refusal):
    """A file of evidence is not written as evidence is."""

    code = "evidence_malformed"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one dossier was when it was handed over, and its place under the batch's root."""

    dossier: Told
    index: int
    path: tuple[str, ...]


def canonical(value: object) -> bytes:
    """One way to write a value, so that everybody's digest of it is the same."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def leaf(dossier: Told) -> bytes:
    """What stands for a dossier in the tree."""
    return hashlib.sha256(b"\x00" + canonical(dossier)).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """What stands for a whole batch."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = _half(len(leaves))
    return _node(root(leaves[:half]), root(leaves[half:]))


def paths(leaves: Sequence[bytes]) -> list[tuple[bytes, ...]]:
    """For each leaf what leads from it to the root, the nearest first."""
    return _below(leaves)[1]


def _below(leaves: Sequence[bytes]) -> tuple[bytes, list[tuple[bytes, ...]]]:
    if len(leaves) <= 1:
        return root(leaves), [()] * len(leaves)
    half = _half(len(leaves))
    left, lefts = _below(leaves[:half])
    right, rights = _below(leaves[half:])
    found = [(*path, right) for path in lefts] + [(*path, left) for path in rights]
    return _node(left, right), found


def leads_to(start: bytes, index: int, many: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which a path leads from a leaf; None where the path cannot be one."""
    if not 0 <= index < many:
        return None
    if many == 1:
        return start if not path else None
    if not path:
        return None
    half = _half(many)
    if index < half:
        below = leads_to(start, index, half, path[:-1])
        return None if below is None else _node(below, path[-1])
    below = leads_to(start, index - half, many - half, path[:-1])
    return None if below is None else _node(path[-1], below)


def certificates(dossiers: Sequence[Told]) -> tuple[bytes, list[Certificate]]:
    """The root over a batch, and each dossier's certificate under it."""
    leaves = [leaf(one) for one in dossiers]
    top, ways = _below(leaves)
    return top, [
        Certificate(one, index, tuple(step.hex() for step in way))
        for index, (one, way) in enumerate(zip(dossiers, ways, strict=True))
    ]


def head(batch: str, at: str, many: int, top: bytes) -> dict[str, Any]:
    """What is signed of a batch."""
    return {"format": FORMAT, "batch": batch, "made_at": at, "count": many, "root": top.hex()}


def faults(evidence: Told) -> list[str]:
    """The dossiers whose certificates do not lead to the root that was signed.

    Raises EvidenceMalformed.
    """
    try:
        many, top = int(evidence["count"]), str(evidence["root"])
        told = [
            (one["dossier"], int(one["index"]), one["path"]) for one in evidence["certificates"]
        ]
        wrong = [
            str(dossier["code"])
            for dossier, index, path in told
            if leads_to(leaf(dossier), index, many, [bytes.fromhex(step) for step in path])
            != bytes.fromhex(top)
        ]
        if evidence.get("format") != FORMAT:
            raise ValueError(evidence.get("format"))
    except (KeyError, TypeError, ValueError, AttributeError) as why:
        raise EvidenceMalformed("file", why=str(why)[:80]) from None
    return wrong


def _half(many: int) -> int:
    """The largest power of two below a number of leaves."""
    return 1 << (many - 1).bit_length() - 1


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
