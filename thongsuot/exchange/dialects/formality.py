"""A procedure in the two answers that there are: the new portal's JSON, and `LayThuTuc`.

What an answer leaves open is left out, never taken for zero. Source: public answers, 2020–2026.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from thongsuot.exchange.transports.answers import rows, text
from thongsuot.exchange.transports.http import Unreadable

Words = Mapping[str, Any]
METHOD = {"ONLINE": "online", "DIRECT": "in_person", "POSTAL": "post"}
UNIT = {"WORKING_DAY": "working_day", "DAY": "day", "MONTH": "month", "HOUR": "hour"}
LIVE = frozenset({"ACTIVE", "UPDATED"})
CHANNEL = {"1": "in_person", "2": "online", "3": "post"}
OLD_UNIT = {"ngày làm việc": "working_day", "ngày": "day", "tháng": "month", "giờ": "hour"}


def read_new(told: Words) -> dict[str, Any]:
    """The answer of the new portal. Raises Unreadable."""
    methods = rows(told.get("executionMethods", []))
    cases = rows(told.get("executionCases", []))
    return {
        "code": _needed(told, "codeNotation"),
        "name": _needed(told, "name"),
        "is_live": _needed(told, "state") in LIVE,
        "decision": text(told.get("decisionNo")),
        "terms": sorted({term for method in methods for term in _new_terms(method)}),
        "fees": sorted({fee for method in methods for fee in _new_fees(method)}),
        "papers": [
            text(one.get("name"))
            for case in cases
            for one in rows(case.get("profileComponents", []))
            if text(one.get("name"))
        ],
        "results": [
            text(one.get("name"))
            for one in rows(told.get("resultsDetails", []))
            if text(one.get("name"))
        ],
    }


def read_old(told: Words) -> dict[str, Any]:
    """The answer of `LayThuTuc`. Raises Unreadable."""
    methods = rows(told.get("CACHTHUCTHUCHIEN", []))
    cases = rows(told.get("THANHPHANHOSO", []))
    return {
        "code": _needed(told, "MATTHC"),
        "name": _needed(told, "TENTTHC"),
        "is_live": text(told.get("TRANGTHAI")) != "0",
        "decision": text(told.get("QUYETDINH")),
        "terms": sorted({term for method in methods for term in _old_terms(method)}),
        "fees": sorted({fee for method in methods for fee in _old_fees(method)}),
        "papers": [
            text(one.get("TENGIAYTO"))
            for case in cases
            for one in rows(case.get("GIAYTO", []))
            if text(one.get("TENGIAYTO"))
        ],
        "results": [
            text(one.get("TENKETQUA"))
            for one in rows(told.get("KETQUATHUCHIEN", []))
            if text(one.get("TENKETQUA"))
        ],
    }


def _new_terms(method: Words) -> Iterator[tuple[str, int, str]]:
    channel = METHOD.get(text(method.get("submissionMethod")))
    amount, unit = text(method.get("processingTime")), text(method.get("processingTimeUnit"))
    if channel and amount.isdecimal() and int(amount) > 0:
        yield channel, int(amount), UNIT.get(unit, "")


def _new_fees(method: Words) -> Iterator[tuple[str, int]]:
    channel = METHOD.get(text(method.get("submissionMethod")))
    for fee in rows(method.get("fees", [])):
        amount = text(fee.get("value"))
        if channel and amount.isdecimal():
            yield channel, int(amount)


def _old_terms(method: Words) -> Iterator[tuple[str, int, str]]:
    channel = CHANNEL.get(text(method.get("KENH")))
    for term in rows(method.get("THOIGIAN", [])):
        amount = text(term.get("THOIGIANGIAIQUYET"))
        unit = OLD_UNIT.get(text(term.get("DONVITINH")).lower(), "")
        if channel and amount.isdecimal() and int(amount) > 0:
            yield channel, int(amount), unit


def _old_fees(method: Words) -> Iterator[tuple[str, int]]:
    channel = CHANNEL.get(text(method.get("KENH")))
    for term in rows(method.get("THOIGIAN", [])):
        for fee in rows(term.get("PHILEPHI", [])):
            amount = text(fee.get("SOTIEN"))
            if channel and amount.isdecimal():
                yield channel, int(amount)


def _needed(told: Words, name: str) -> str:
    given = text(told.get(name))
    if not given:
        raise Unreadable(f"no {name}")
    return given
