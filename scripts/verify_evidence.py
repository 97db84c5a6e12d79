"""Checks a file of evidence of Thông Suốt, offline, without its database and without its code.

    python verify_evidence.py EVIDENCE.json [PUBLIC-KEY]

Needs Python 3 and the `cryptography` package, nothing else. Ends with 0 when the signature and
every certificate hold, else with 1. How it is computed: docs/formats/evidence.md.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SIGNED = ("format", "batch", "made_at", "count", "root")


def canonical(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def climb(start: bytes, index: int, many: int, path: list[bytes]) -> bytes:
    if many == 1:
        return start if not path else b""
    if not path:
        return b""
    half = 1 << (many - 1).bit_length() - 1
    if index < half:
        return node(climb(start, index, half, path[:-1]), path[-1])
    return node(path[-1], climb(start, index - half, many - half, path[:-1]))


def wrong_codes(evidence: dict[str, Any]) -> list[str]:
    wrong = []
    for one in evidence["certificates"]:
        start = hashlib.sha256(b"\x00" + canonical(one["dossier"])).digest()
        path = [bytes.fromhex(step) for step in one["path"]]
        index, many = one["index"], evidence["count"]
        top = climb(start, index, many, path) if 0 <= index < many else b""
        if top.hex() != evidence["root"]:
            wrong.append(one["dossier"]["code"])
    return wrong


def main(name: str, expected: str = "") -> int:
    evidence = json.loads(Path(name).read_bytes())
    signed = evidence["signed"]
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(signed["key"]))
    about = canonical({name: evidence[name] for name in SIGNED})
    try:
        key.verify(base64.b64decode(signed["signature"]), about)
    except InvalidSignature:
        print("SAI: chữ ký không khớp.")
        return 1
    if expected and expected != signed["key"]:
        print("SAI: không phải khóa đã cho.")
        return 1
    wrong = wrong_codes(evidence)
    for code in wrong:
        print(f"SAI: {code}")
    if not wrong:
        held, many = len(evidence["certificates"]), evidence["count"]
        print(f"ĐÚNG: {held} giấy xác nhận của đợt {many} hồ sơ.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
