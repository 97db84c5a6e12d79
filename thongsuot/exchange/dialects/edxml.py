"""Documents and statuses as edXML: every element carries the prefix, no document type, no entity.

Source: QCVN 102:2016/BTTTT; the receiving side of the Government reads only the prefixed form.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as ET

from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.transports import xml
from thongsuot.exchange.transports.http import Unreadable

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
LINK = "http://www.w3.org/1999/xlink"
ET.register_namespace("edXML", NAMESPACE)
ET.register_namespace("xlink", LINK)
DAY, MOMENT = "%Y/%m/%d", "%Y/%m/%d %H:%M:%S"
Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a document."""

    name: str
    type: str
    content: bytes


def document(told: Words, attachments: Sequence[Attachment], *, at: datetime) -> bytes:
    """A document, with its files outside the envelope."""
    root = ET.Element(_named("edXML"))
    envelope = _put(root, "edXMLEnvelope")
    header = _put(envelope, "edXMLHeader")
    message = _put(header, "MessageHeader")
    _organ(message, "From", told["sender"], told.get("sender_name", ""))
    for code in told["receivers"]:
        _organ(message, "To", code)
    sign = _put(message, "Code")
    _put(sign, "CodeNumber", told["number"])
    _put(sign, "CodeNotation", told["notation"])
    issued_on = date.fromisoformat(told["issued_on"]).strftime(DAY)
    _put(_put(message, "PromulgationInfo"), "PromulgationDate", issued_on)
    _put(message, "Subject", told["subject"])
    if told.get("content"):
        _put(message, "Content", told["content"])
    _put(_put(message, "OtherInfo"), "Priority", "0")
    if told.get("answers"):
        _put(_put(message, "ResponseFor"), "DocumentId", told["answers"])
    _put(message, "SteeringType", "1")
    _put(message, "DocumentId", told["name"])
    trace = _put(_put(header, "TraceHeaderList"), "TraceHeader")
    _put(trace, "OrganId", told["sender"])
    _put(trace, "Timestamp", at.astimezone(VIETNAM).strftime(MOMENT))
    _put(_put(header, "TraceHeaderList"), "Bussiness")
    manifest = _put(_put(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    encoded = _put(root, "AttachmentEncoded")
    for number, one in enumerate(attachments, start=1):
        _attach(manifest, encoded, number, one)
    return _written(root)


def status(told: Words) -> bytes:
    """How a document of somebody else stands here."""
    root = ET.Element(_named("edXML"))
    header = _put(_put(root, "edXMLEnvelope"), "edXMLHeader")
    word = _put(header, "Status")
    about = _put(word, "ResponseFor")
    _put(about, "OrganId", told["receiver"])
    _put(about, "DocumentId", told["about"])
    _organ(word, "From", told["sender"])
    _put(word, "StatusCode", told["code"])
    said_at = datetime.fromisoformat(told["said_at"]).astimezone(VIETNAM)
    _put(word, "Timestamp", said_at.strftime(MOMENT))
    return _written(root)


def read_document(content: bytes) -> dict[str, Any]:
    """A document in neutral words. Raises Unreadable."""
    root = _root(content)
    header = xml.child(root, "edXMLEnvelope", "edXMLHeader", "MessageHeader")
    name, sender = xml.text(header, "DocumentId"), xml.text(header, "From", "OrganId")
    receivers = [xml.text(one, "OrganId") for one in _every(header, "To")]
    if not name or not sender or not any(receivers):
        raise Unreadable("a document without a name, a sender or a receiver")
    number = xml.text(header, "Code", "CodeNumber")
    notation = xml.text(header, "Code", "CodeNotation")
    return {
        "name": name,
        "sender": sender,
        "receivers": receivers,
        "notation": "/".join(filter(None, (number, notation))),
        "subject": xml.text(header, "Subject"),
        "issued_on": _day(xml.text(header, "PromulgationInfo", "PromulgationDate")),
        "answers": xml.text(header, "ResponseFor", "DocumentId"),
        "attachments": [_read_file(one) for one in _files(root)],
    }


def read_status(content: bytes) -> dict[str, Any]:
    """A status in neutral words. Raises Unreadable."""
    word = xml.child(_root(content), "edXMLEnvelope", "edXMLHeader", "Status")
    told = {
        "about": xml.text(word, "ResponseFor", "DocumentId"),
        "sender": xml.text(word, "From", "OrganId"),
        "code": xml.text(word, "StatusCode"),
        "note": xml.text(word, "Description"),
        "said_at": _moment(xml.text(word, "Timestamp")),
    }
    if not told["about"] or not told["sender"] or not told["code"]:
        raise Unreadable("a status that says nothing of a document")
    return told


def _attach(manifest: ET.Element, encoded: ET.Element, number: int, one: Attachment) -> None:
    reference = _put(manifest, "Reference")
    reference.set(f"{{{LINK}}}href", f"cid:{number}")
    file = _put(encoded, "Attachment")
    for parent in (reference, file):
        _put(parent, "ContentType", one.type)
        _put(parent, "ContentId", str(number))
        _put(parent, "AttachmentName", one.name)
    text = base64.b64encode(one.content).decode()
    _put(file, "ContentTransferEncoded", text)


def _organ(parent: ET.Element, name: str, code: str, title: str = "") -> None:
    organ = _put(parent, name)
    _put(organ, "OrganId", code)
    if title:
        _put(organ, "OrganName", title)


def _put(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    made = ET.SubElement(parent, _named(name))
    if text:
        made.text = text
    return made


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _root(content: bytes) -> ET.Element:
    root = xml.read(content)
    if xml.local(root) != "edXML":
        raise Unreadable("not edXML")
    return root


def _every(parent: ET.Element | None, name: str) -> list[ET.Element]:
    return [one for one in parent or () if xml.local(one) == name]


def _files(root: ET.Element) -> list[ET.Element]:
    return [
        file for group in _every(root, "AttachmentEncoded") for file in _every(group, "Attachment")
    ]


def _read_file(one: ET.Element) -> dict[str, str]:
    content = "".join(xml.text(one, "ContentTransferEncoded").split())
    try:
        base64.b64decode(content, validate=True)
    except binascii.Error:
        raise Unreadable("an attachment that is not base64") from None
    return {"name": xml.text(one, "AttachmentName") or "tep", "content": content}


def _day(text: str) -> str:
    try:
        return datetime.strptime(text, DAY).date().isoformat() if text else ""  # noqa: DTZ007 - a day
    except ValueError:
        raise Unreadable("a day that is none") from None


def _moment(text: str) -> str:
    try:
        found = datetime.strptime(text, MOMENT).replace(tzinfo=VIETNAM) if text else None
    except ValueError:
        raise Unreadable("a moment that is none") from None
    return found.isoformat() if found else ""
