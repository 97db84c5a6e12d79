"""Secrets lie sealed in the database: a copy of it alone opens nothing."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


class SealBroken(Exception):
    """The text was sealed by another key, or changed since."""


def sealed(text: str) -> str:
    """A text that only our secret key opens."""
    return _box().encrypt(text.encode()).decode()


def unsealed(text: str) -> str:
    """The text as it was. Raises SealBroken."""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken as broken:
        raise SealBroken from broken


def _box() -> Fernet:
    # A key of its own: what signs sessions does not also open secrets.
    key = salted_hmac("thongsuot.sealing", "1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
