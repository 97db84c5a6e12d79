"""The document exchange axis: edXML over the VXP protocol, every call signed by HMAC."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from thongsuot.simulators import made_up
from thongsuot.simulators.calls import Answer, Call, Refused, said
from thongsuot.simulators.clock import now
from thongsuot.simulators.faults import Deed
from thongsuot.simulators.partner import SECRET, USER, Partner, Route, hexed

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PREFIX = "XroadVnpt-"
STATUSES = {"done", "fail"}


@dataclass(slots=True)
class DocumentAxis(Partner):
    """Documents and statuses go through it; what came is fetched and then acknowledged."""

    name: ClassVar[str] = "document_axis"
    title: ClassVar[str] = "Trục liên thông văn bản quốc gia (VXP)"

    def routes(self) -> tuple[Route, ...]:
        """The addresses of its kit, all POST."""
        return (
            Route("POST", "/sendEdoc", self._send, Deed.WRITE),
            Route("POST", "/getReceivedEdocList", self._received, Deed.READ),
            Route("POST", "/getSentEdocList", self._sent, Deed.READ),
            Route("POST", "/getEdoc", self._document, Deed.FILE),
            Route("POST", "/updateStatus", self._status, Deed.WRITE),
            Route("POST", "/getAgenciesList", self._agencies, Deed.READ),
            Route("POST", "/registerAgency", self._register, Deed.WRITE),
            Route("POST", "/deleteAgency", self._delete, Deed.WRITE),
            Route("POST", "/getSynchronizeUnit", self._units, Deed.READ),
        )

    def troubled(self, _call: Call) -> Answer:
        """`status` is OK and `ErrorCode` is not."""
        return _answer("-99", "Lỗi hệ thống (giả lập)")

    def already(self, _call: Call) -> Answer:
        """A refusal in its own words."""
        return _answer("-3", "Văn bản đã tồn tại (giả lập)")

    def place(self, asked: Mapping[str, Any]) -> Any:
        """A document or a status for us: `to`, and `edxml` (base64) or `subject`."""
        to = str(asked.get("to", made_up.PROVINCE))
        number = self.book.count("incoming") + 1
        kind = str(asked.get("messagetype", "edoc"))
        own = hexed(f"in/{number}/{to}", 24)
        given = asked.get("edxml")
        content = base64.b64decode(given) if given else incoming(asked, number).encode()
        row = {"docId": own, "serviceType": "eDoc", "messageType": kind} | {
            "created_time": now().strftime("%Y/%m/%d %H:%M:%S"),
            "updated_time": now().strftime("%Y/%m/%d %H:%M:%S"),
            "status": "initial",
            "status_desc": "",
            "from": str(asked.get("from", made_up.OFFICES[4][0])),
            "to": to,
        }
        self.book.add("incoming", own, {**row, "edxml": base64.b64encode(content).decode()})
        return {"placed": own}

    def _send(self, call: Call) -> Answer:
        told = self._signed(call)
        files = [content for field, _, content in call.files() if field == "file_doc"]
        content = files[0] if files else call.body
        digest = hashlib.sha256(content).hexdigest()
        # The kit drops leading zeros of the digest.
        if told.get("hash-file", "").lstrip("0") != digest.lstrip("0"):
            return _answer("-5", "hash-file không khớp với nội dung")
        if not told.get("from") or not told.get("to"):
            return _answer("-2", "Thiếu from hoặc to")
        _check_edxml(content)
        own = hexed(f"out/{self.book.count('sent')}", 24)
        text = base64.b64encode(content).decode()
        row = {key: told.get(key, "") for key in ("from", "to", "messagetype", "servicetype")}
        self.book.add("sent", own, {"docId": own, **row, "hash": digest, "edxml": text})
        return _answer("0", "", DocId=own)

    def _received(self, call: Call) -> Answer:
        told = self._signed(call)
        wanted = {told.get("to") or told.get("from") or made_up.PROVINCE}
        kind = told.get("messagetype", "")
        found = [
            _shown(one)
            for one in self.book.every("incoming")
            if one["to"] in wanted
            and one["status"] == "initial"
            and kind in {"", one["messageType"]}
        ]
        return _answer("0", "", data=call.rows(found))

    def _sent(self, call: Call) -> Answer:
        self._signed(call)
        found = [
            {
                "receiverDocId": one["docId"],
                "senderDocId": one["docId"],
                "fromCode": one["from"],
                "toCode": one["to"],
                "sendStatus": "done",
                "receiveStatus": "",
                "title": "",
                "notation": "",
                "sentTime": "",
                "receivedTime": "",
            }
            for one in self.book.every("sent")
        ]
        return _answer("0", "", data=call.rows(found))

    def _document(self, call: Call) -> Answer:
        found = self.book.last("incoming", self._signed(call).get("docId", ""))
        if found is None:
            return _answer("-4", "Không có văn bản")
        content = call.content(base64.b64decode(found["edxml"]))
        return Answer(content, kind="application/octet-stream")

    def _status(self, call: Call) -> Answer:
        told = self._signed(call)
        found = self.book.last("incoming", told.get("docId", ""))
        if found is None or told.get("status") not in STATUSES:
            return _answer("-4", "Không có văn bản, hoặc status không phải done, fail")
        self.book.add("incoming", found["docId"], {**found, "status": told["status"]})
        return _answer("0", "")

    def _agencies(self, call: Call) -> Answer:
        self._signed(call)
        return _answer("0", "", data=call.rows(self._known()))

    def _units(self, call: Call) -> Answer:
        self._signed(call)
        return _answer("0", "", data=call.rows(self._known()))

    def _register(self, call: Call) -> Answer:
        self._signed(call)
        given = call.object()
        if not given.get("code") or not given.get("name"):
            return _answer("-2", "Thiếu code hoặc name")
        if given["code"] in {one["code"] for one in self._known()}:
            return _answer("-3", f"Mã {given['code']} đã tồn tại")
        self.book.add("agencies", given["code"], {**given, "is_open": True})
        return _answer("0", "")

    def _delete(self, call: Call) -> Answer:
        self._signed(call)
        code = str(call.object().get("code"))
        known = {one["code"]: one for one in self._known()}
        if code not in known:
            return _answer("-4", f"Không có mã {code}")
        self.book.add("agencies", code, {**known[code], "is_open": False})
        return _answer("0", "")

    def _known(self) -> list[dict[str, Any]]:
        """Who is registered: the fields besides code and name are ours."""
        usual = {code: {"code": code, "name": name} for code, name, _ in made_up.OFFICES}
        changed = {one["code"]: one for one in self.book.every("agencies")}
        return [
            {key: value for key, value in one.items() if key != "is_open"}
            for one in (usual | changed).values()
            if one.get("is_open", True)
        ]

    def _signed(self, call: Call) -> dict[str, str]:
        """The headers that were signed. Raises Refused."""
        signed = call.header(f"{PREFIX}sign-header")
        proof = hmac.new(SECRET.encode(), signed.encode("latin-1", "replace"), hashlib.sha256)
        given = call.header(f"{PREFIX}hash-header").lower()
        # The kit drops leading zeros here too.
        if not signed or given.lstrip("0") != proof.hexdigest().lstrip("0"):
            raise Refused(_answer("-1", "Chữ ký của đầu tin không đúng"))
        try:
            told = {str(key): str(value) for key, value in json.loads(signed).items()}
        except (ValueError, AttributeError):
            raise Refused(_answer("-1", "sign-header không phải JSON")) from None
        names = [name for name in call.header(f"{PREFIX}sign-header-key").split(";") if name]
        differs = [name for name in names if call.header(f"{PREFIX}{name}") != told.get(name)]
        if differs or {*names} != {*told}:
            raise Refused(_answer("-1", f"Đầu tin khác với chữ ký: {', '.join(differs)}"))
        if told.get("systemid") != USER:
            raise Refused(_answer("-1", "systemid không đúng"))
        return told


def _check_edxml(content: bytes) -> None:
    """Children have to carry the prefix; no document type, no entity. Raises Refused."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(_answer("-6", "Không nhận DOCTYPE, ENTITY"))
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - no entities: refused above
    except ElementTree.ParseError as wrong:
        raise Refused(_answer("-6", f"Không đọc được edXML: {wrong}")) from None
    if root.tag != f"{{{NAMESPACE}}}edXML" or b"<edXML:edXMLEnvelope" not in content:
        raise Refused(_answer("-6", "edXML phải dùng tiền tố edXML:"))


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "edxml"}


def _answer(code: str, description: str, **more: Any) -> Answer:
    return said({"status": "OK", "ErrorCode": code, "ErrorDesc": description, **more})


def incoming(asked: Mapping[str, Any], number: int) -> str:
    """An invented document from another body, or its status on one of ours."""
    sender = escape(str(asked.get("from", made_up.OFFICES[4][0])))
    to = escape(str(asked.get("to", made_up.PROVINCE)))
    day = f"{now():%Y/%m/%d}"
    root = f'<edXML:edXML xmlns:edXML="{NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink">'
    if asked.get("messagetype") == "status":
        code = escape(str(asked.get("statuscode", "03")))
        about = escape(str(asked.get("responsefor", "")))
        return (
            f"{root}<edXML:edXMLEnvelope><edXML:edXMLHeader><edXML:Status>"
            f"<edXML:ResponseFor><edXML:OrganId>{to}</edXML:OrganId>"
            f"<edXML:DocumentId>{about}</edXML:DocumentId></edXML:ResponseFor>"
            f"<edXML:From><edXML:OrganId>{sender}</edXML:OrganId></edXML:From>"
            f"<edXML:StatusCode>{code}</edXML:StatusCode>"
            f"<edXML:Description>Trạng thái bịa</edXML:Description>"
            f"<edXML:Timestamp>{now():%Y/%m/%d %H:%M:%S}</edXML:Timestamp>"
            "</edXML:Status></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML:edXML>"
        )
    subject = escape(str(asked.get("subject", f"Văn bản giả lập số {number}")))
    paper = base64.b64encode(made_up.paper(f"VAN BAN {number}")).decode()
    document = escape(str(asked.get("document_id", f"{sender},{day},{number}/GL")))
    return (
        f"{root}<edXML:edXMLEnvelope><edXML:edXMLHeader><edXML:MessageHeader>"
        f"<edXML:From><edXML:OrganId>{sender}</edXML:OrganId>"
        f"<edXML:OrganName>Cơ quan giả lập</edXML:OrganName></edXML:From>"
        f"<edXML:To><edXML:OrganId>{to}</edXML:OrganId></edXML:To>"
        f"<edXML:Code><edXML:CodeNumber>{number}</edXML:CodeNumber>"
        "<edXML:CodeNotation>GL</edXML:CodeNotation></edXML:Code>"
        f"<edXML:PromulgationInfo><edXML:Place>Nơi bịa</edXML:Place>"
        f"<edXML:PromulgationDate>{day}</edXML:PromulgationDate></edXML:PromulgationInfo>"
        f"<edXML:Subject>{subject}</edXML:Subject>"
        f"<edXML:DocumentId>{document}</edXML:DocumentId>"
        "</edXML:MessageHeader></edXML:edXMLHeader><edXML:edXMLBody>"
        '<edXML:edXMLManifest version="1.0"><edXML:Reference xlink:href="cid:1">'
        "<edXML:ContentId>1</edXML:ContentId></edXML:Reference></edXML:edXMLManifest>"
        "</edXML:edXMLBody></edXML:edXMLEnvelope><edXML:AttachmentEncoded><edXML:Attachment>"
        "<edXML:ContentType>application/pdf</edXML:ContentType>"
        "<edXML:ContentId>1</edXML:ContentId>"
        f"<edXML:ContentTransferEncoded>{paper}</edXML:ContentTransferEncoded>"
        "<edXML:AttachmentName>van-ban-bia.pdf</edXML:AttachmentName>"
        "</edXML:Attachment></edXML:AttachmentEncoded></edXML:edXML>"
    )
