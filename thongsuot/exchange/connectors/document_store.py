"""The electronic document store: what it holds of a person, and one file of it in base64.

Source: `GetDanhSachKetQua` and the fetch by address, as the two settings name them.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from thongsuot.domain.exchange import (
    Enquiry,
    EnquiryKind,
    Failed,
    Outcome,
    Parcel,
    Refused,
    Told,
    Unavailable,
)
from thongsuot.exchange.connector import Answered, Connection, Sent, said_by_status
from thongsuot.exchange.transports.answers import json_of, object_of, rows, text, written
from thongsuot.exchange.transports.bearer import Bearer
from thongsuot.exchange.transports.http import Away, HostNotRegistered, NoAnswer, Reply, Unreadable

NEEDED = ("token_path", "list_path", "file_path", "user")
OFFICER = "1"
DONE = "0"
MOST_BYTES = 20 * 1024 * 1024


class DocumentStore:
    """Papers of a person, listed and then fetched, by an officer's own name."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._set = connection, connection.setting
        self._http = connection.http()
        self._bus = Bearer(
            self._http,
            path=self._set("token_path"),
            user=self._set("user"),
            secret=partial(connection.secret, "secret"),
        )

    def send(self, _: Parcel) -> Sent:
        """It takes no messages."""
        return Sent(Refused("no_messages", "this partner is only asked"))

    def faults(self, _: datetime) -> Iterator[str]:
        """Settings that are missing."""
        yield from (f"thiếu thiết lập {name}" for name in NEEDED if not self._set(name))

    def answer(self, enquiry: Enquiry) -> Answered:
        """What there is of a person, or the content of one paper."""
        is_list = enquiry.kind is EnquiryKind.PAPERS
        request = written(self._list(enquiry) if is_list else self._file(enquiry))
        path = self._set("list_path" if is_list else "file_path")
        try:
            if not is_list:
                self._require_ours(str(enquiry.asked["path"]))
            reply = self._bus.call("POST", path, body=request)
            read = _offers if is_list else _content
            told = said_by_status(reply, may_repeat=True) or read(reply)
        except HostNotRegistered as other:
            return Answered(Refused("host_not_registered", str(other)), request)
        except Away as reason:
            return Answered(Unavailable(str(reason)), request)
        except (NoAnswer, Unreadable) as reason:
            return Answered(Failed(f"{type(reason).__name__}: {reason}"), request)
        return Answered(told, request, reply.body)

    def _list(self, enquiry: Enquiry) -> dict[str, Any]:
        return {
            "SoDinhDanhChuSoHuu": enquiry.asked["number"],
            "HoTenNguoiYeuCau": enquiry.asked["name"],
            "KenhThucHien": OFFICER,
            "SoDinhDanhNguoiYeuCau": enquiry.by,
            "MaThuTuc": enquiry.asked["procedure"],
            "DanhSachDanhMucKetQua": [],
        }

    def _file(self, enquiry: Enquiry) -> dict[str, Any]:
        return {"CoQuanChuQuan": enquiry.asked["body"], "DuongDan": enquiry.asked["path"]}

    def _require_ours(self, path: str) -> None:
        """A place given as a whole address is of a registered host, whoever fetches it."""
        if urlsplit(path).scheme or path.startswith("//"):
            self._http.require_ours(path)


def _offers(reply: Reply) -> Told | Outcome:
    told = object_of(reply)
    code = text(told.get("errorCode"))
    if code != DONE:
        return Failed(f"{code} {text(told.get('message'))}".strip())
    result = told.get("result")
    if not isinstance(result, dict):
        raise Unreadable("no result")
    papers = rows(result.get("DanhSachGiayToKetQua"))
    return Told({"offers": [offer for paper in papers for offer in _files(paper)]})


def _files(paper: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Each file of a paper by itself. Raises Unreadable."""
    for file in rows(paper.get("DanhSachTepDinhKem")):
        offer = {
            "code": text(paper.get("MaKetQua")),
            "title": text(paper.get("TenGiayTo")),
            "number": text(paper.get("SoKyHieu")),
            "body": text(paper.get("CoQuanChuQuan")),
            "file": text(file.get("TenTep")),
            "path": text(file.get("DuongDan")),
        }
        if not offer["title"] or not offer["path"]:
            raise Unreadable("a paper without a name or a place")
        yield offer


def _content(reply: Reply) -> Told | Outcome:
    """The file: base64 as a JSON text, or as it is."""
    given = (
        json_of(reply.body) if reply.body[:1] in b'"{' else reply.body.decode("ascii", "replace")
    )
    if not isinstance(given, str):
        raise Unreadable("no base64")
    try:
        content = base64.b64decode(given, validate=True)
    except binascii.Error:
        raise Unreadable("no base64") from None
    if not content or len(content) > MOST_BYTES:
        raise Unreadable(f"a file of {len(content)} bytes")
    return Told({"content": content})
