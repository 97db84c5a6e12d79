"""What a partner sends by itself, to the address that it was told."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

SECONDS = 10.0


def post(address: str, body: bytes) -> dict[str, Any]:
    """Send JSON to an address of this machine, and tell what came back."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return {"is_sent": False, "reason": "chưa có địa chỉ nhận"}
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname, parts.port, timeout=SECONDS)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    try:
        line.request(
            "POST",
            path,
            body,
            {"Content-Type": "application/json; charset=utf-8"},
        )
        answer = line.getresponse()
        return {"is_sent": True, "status": answer.status, "answer": _read(answer.read())}
    except (OSError, http.client.HTTPException) as reason:
        return {"is_sent": False, "reason": str(reason) or type(reason).__name__}
    finally:
        line.close()


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
