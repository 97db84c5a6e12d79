"""Evidence of what was brought in: one file, signed, that anybody can check without us."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from thongsuot.actions.migration.steps import require_engineer
from thongsuot.domain.dossier import replay
from thongsuot.domain.duties import Person
from thongsuot.domain.evidence import EvidenceMalformed, canonical, certificates, faults, head
from thongsuot.domain.reconciliation import Portrait, portrait
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records import dossier
from thongsuot.records import migration as records

ALGORITHM = "Ed25519"
SIGNED = ("format", "batch", "made_at", "count", "root")


class KeyUnreadable(Refusal):
    """The file holds no Ed25519 key as PEM."""

    code = "evidence_key_unreadable"
    kind = Kind.MALFORMED


class KeyThereAlready(Refusal):
    """A key that is there is not written over."""

    code = "evidence_key_there_already"
    kind = Kind.CONFLICT


class NothingToCertify(Refusal):
    """A migration that kept no dossier has nothing to certify."""

    code = "nothing_to_certify"


class SignatureWrong(Refusal):
    """The evidence was changed since it was signed, or signed by another key."""

    code = "evidence_signature_wrong"


def new_key(file: Path) -> str:
    """A new key that only the owner of the file may read; its public half, to be given away.

    Raises KeyThereAlready.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyThereAlready("file", given=file.name) from None
    with os.fdopen(opened, "wb") as made:
        made.write(pem)
    return _public(key.public_key())


def make(number: int, *, key: Path, by: Person, at: datetime) -> dict[str, Any]:
    """Certificates of every dossier that a migration kept, under one signed root.

    Personal data stands in them only as digests.
    Raises NoSuchMigration, NotYourRight, KeyUnreadable, NothingToCertify.
    """
    require_engineer(by, at)
    run = records.find(number)
    secret = read_key(key)
    found = [
        told(portrait(now, entries))
        for entries in dossier.histories(system=run.system, known_at=at, migration=run.pk)
        if (now := replay(entries))
    ]
    if not found:
        raise NothingToCertify("run", run=number)
    top, made = certificates(found)
    return {
        **sealed(head(f"{run.system}/{run.pk}", at.isoformat(), len(found), top), secret),
        "certificates": [
            {"dossier": one.dossier, "index": one.index, "path": list(one.path)} for one in made
        ],
    }


def sealed(about: Mapping[str, Any], secret: Ed25519PrivateKey) -> dict[str, Any]:
    """What is said of a batch, with the signature over it."""
    return {
        **about,
        "signed": {
            "algorithm": ALGORITHM,
            "key": _public(secret.public_key()),
            "signature": base64.b64encode(secret.sign(canonical(about))).decode(),
        },
    }


def as_bytes(made: Mapping[str, Any]) -> bytes:
    """Evidence as its file holds it."""
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def verify(content: bytes, *, key: str = "") -> tuple[Mapping[str, Any], list[str]]:
    """What a file of evidence says, and the dossiers whose certificates do not hold.

    With `key`, it must be that one's signature.
    Raises EvidenceMalformed, SignatureWrong.
    """
    try:
        evidence = json.loads(content)
        signed = evidence["signed"]
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(signed["key"]))
        signature = base64.b64decode(signed["signature"])
        about = {name: evidence[name] for name in SIGNED}
    except (KeyError, TypeError, ValueError) as why:
        raise EvidenceMalformed("file", why=str(why)[:80]) from None
    try:
        public.verify(signature, canonical(about))
    except InvalidSignature:
        raise SignatureWrong("file") from None
    if key and key != signed["key"]:
        raise SignatureWrong("key")
    return about, faults(evidence)


def told(one: Portrait) -> dict[str, Any]:
    """A dossier as its certificate tells it; personal data only as a digest."""
    return {
        "code": one.code,
        "office": one.fields["office"],
        "procedure": one.fields["procedure"],
        "received_at": one.fields["received_at"],
        "due_at": one.meaning["due_at"],
        "status": one.meaning["status"],
        "fields": _digest(one.fields),
        "files": dict(one.files),
        "meaning": _digest(one.meaning),
    }


def _digest(values: Mapping[str, str]) -> str:
    return hashlib.sha256(canonical(dict(values))).hexdigest()


def read_key(file: Path) -> Ed25519PrivateKey:
    """The key that signs, from its file. Raises KeyUnreadable."""
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, TypeError, ValueError):
        raise KeyUnreadable("file", given=file.name) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnreadable("file", given=file.name)
    return key


def _public(key: Ed25519PublicKey) -> str:
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()
