"""The national procedure database, as the new portal's own pages call it: POST, 201, cursors.

How a province publishes there was not found; the addresses below `/thong-suot` are ours.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from thongsuot.simulators import made_up
from thongsuot.simulators.book import Book
from thongsuot.simulators.calls import Answer, Call, Refused, said
from thongsuot.simulators.faults import Deed
from thongsuot.simulators.partner import SECRET, Partner, Route, needed

READING = "/api/v1/submitting"
SETTING = "/api/v1/configuring"
REPORTING = "/api/v1/reporting"
EPOCH_MS = 1_767_200_400_000  # 2026-01-01 in Vietnam
PUBLISHED = {
    "formality": "codeNotation",
    "simplification": "codeNotation",
    "department": "code",
    "service": "codeNotation",
}


@dataclass(slots=True)
class ProcedureDatabase(Partner):
    """Procedures and bodies to read, the national counters, and four things to publish."""

    national: Book | None = None

    name: ClassVar[str] = "procedure_database"
    title: ClassVar[str] = "Cơ sở dữ liệu quốc gia về thủ tục hành chính"

    def routes(self) -> tuple[Route, ...]:
        """All of them POST."""
        formality = f"{READING}/formality"
        one = f"{SETTING}/formality"
        public, every = "list-all-public-formality-by-citizen", "list-all-formality-by-citizen"
        totals = f"{REPORTING}/evaluation"
        bodies = f"{SETTING}/citizen/department/list-with-location"
        return (
            Route("POST", f"{formality}/{public}", self._list, Deed.READ),
            Route("POST", f"{formality}/{every}", self._list, Deed.READ),
            Route("POST", f"{one}/get-formality-by-citizen", self._one, Deed.READ),
            Route("POST", f"{one}/export-pdf-formality-detail-by-citizen", self._pdf, Deed.FILE),
            Route("POST", f"{READING}/preview-attachment", self._attachment, Deed.FILE),
            Route("POST", bodies, self._bodies, Deed.READ),
            Route("POST", f"{REPORTING}/formalities", self._reported, Deed.READ),
            Route("POST", f"{totals}/transparency", self._transparency, Deed.READ),
            Route("POST", f"{totals}/dvc-progress-tree", self._progress, Deed.READ),
            Route("POST", "/thong-suot/publish/{kind}", self._publish, Deed.WRITE),
        )

    def troubled(self, _call: Call) -> Answer:
        """A success whose code is not OK."""
        return said({"code": "INTERNAL_ERROR", "message": "Lỗi hệ thống (giả lập)"}, 201)

    def already(self, _call: Call) -> Answer:
        """A refusal of a publication."""
        return said({"code": "EXISTED", "message": "Mã đã tồn tại (giả lập)"}, 409)

    def place(self, asked: Mapping[str, Any]) -> Any:
        """A procedure (`codeNotation`) or a body (`code`, `name`) that the centre published."""
        kind, key = ("formalities", "codeNotation")
        if "codeNotation" not in asked:
            kind, key = ("departments", "code")
        if needed(asked, key):
            raise Refused(said({"message": "cần codeNotation hoặc code"}, 400))
        own = _id(str(asked[key]))
        self.book.add(kind, own, {**(self.book.last(kind, own) or {}), **asked, "id": own})
        return {"placed": own}

    def _list(self, call: Call) -> Answer:
        asked = call.object()
        word = str(asked.get("q") or "").casefold()
        body = str(asked.get("departmentCode") or "")
        found = [
            one
            for one in self._formalities()
            if word in f"{one['codeNotation']} {one['name']}".casefold()
            and body in {"", str(one.get("departmentPromulgateCode"))}
        ]
        keys = ("id", "code", "codeNotation", "name", "type")
        rows = [
            {key: one.get(key) for key in keys}
            | {"categories": one.get("categoriesDetails", []), "departments": []}
            for one in found
        ]
        page, last = _after(rows, asked)
        return _ok({"items": call.rows(page), "lastId": last, "total": len(rows)})

    def _one(self, call: Call) -> Answer:
        wanted = str(call.object().get("id"))
        for one in self._formalities():
            if one["id"] == wanted:
                return _ok(one)
        return said({"code": "NOT_FOUND", "message": "Không có thủ tục"}, 404)

    def _pdf(self, call: Call) -> Answer:
        title = f"THU TUC {call.object().get('formalityId')}"
        return Answer(call.content(made_up.paper(title)), 201, "application/pdf")

    def _attachment(self, call: Call) -> Answer:
        title = f"MAU DON {call.object().get('fileId')}"
        return Answer(call.content(made_up.paper(title)), 201, "application/pdf")

    def _bodies(self, call: Call) -> Answer:
        usual = [
            {"id": _id(code), "name": name, "code": code, "level": "PROVINCE", "hasChild": False}
            for code, name, _ in made_up.OFFICES
        ]
        known = {one["id"]: one for one in (*usual, *self.book.every("departments"))}
        page, last = _after([*known.values()], call.object())
        return _ok({"rows": call.rows(page), "lastId": last})

    def _reported(self, call: Call) -> Answer:
        asked = call.object()
        number, size = int(asked.get("currentPage", 1)), int(asked.get("pageSize", 50))
        rows = [
            {key: one.get(key) for key in ("id", "code", "name", "state")}
            | {"departmentId": None, "publishingDepartmentIds": [], "appliedDepartmentIds": []}
            for one in self._formalities()
        ]
        return _ok({"rows": call.rows(rows[(number - 1) * size : number * size])})

    def _transparency(self, _call: Call) -> Answer:
        """Among others `DOSSIER_SYNC`: what the centre counts of us, in a shape that is ours."""
        counted = len(self._dossiers())
        return _ok({"metrics": [{"code": "DOSSIER_SYNC", "value": counted}]})

    def _progress(self, call: Call) -> Answer:
        """How many of a month or a year the centre counts as received, done, and late."""
        asked = call.object()
        begins = str(asked.get("year") or "")
        if asked.get("timeType") == "month":
            begins += f"{int(asked.get('month') or 0):02}"
        dossiers = [
            one for one in self._dossiers() if str(one.get("NgayTiepNhan", "")).startswith(begins)
        ]
        done = [one for one in dossiers if one.get("TrangThaiHoSo") in {"9", "10"}]
        late = [
            one
            for one in done
            if one.get("NgayHenTra") and one.get("NgayKetThucXuLy", "") > one["NgayHenTra"]
        ]
        told = {"totalReceived": len(dossiers), "totalCompleted": len(done)}
        told |= {"totalOverdue": len(late), "totalOnTime": len(done) - len(late)}
        return _ok({"parent": told, "children": []})

    def _publish(self, call: Call) -> Answer:
        """The province's own entries, what was simplified, codes of bodies, online services."""
        kind = call.place["kind"]
        if call.header("authorization") != f"Bearer {SECRET}":
            return said({"code": "UNAUTHORIZED", "message": "Sai khóa"}, 401)
        key = PUBLISHED.get(kind)
        entry = call.object()
        if key is None or needed(entry, key):
            return said({"code": "BAD_REQUEST", "message": f"Thiếu {key}"}, 400)
        own = _id(str(entry[key]))
        self.book.add(f"published_{kind}", str(entry[key]), entry)
        if kind == "formality":
            self.book.add("formalities", own, {**entry, "id": own})
        if kind == "service":
            known = self.book.last("formalities", own) or {
                "codeNotation": entry[key],
                "name": str(entry.get("name", "")),
            }
            offered = {"isFullProcess": entry.get("isFullProcess") is True}
            self.book.add("formalities", own, {**known, **offered, "id": own})
        if kind == "department":
            self.book.add("departments", own, {**entry, "id": own})
        return _ok({"id": own})

    def _formalities(self) -> list[dict[str, Any]]:
        usual = [formality(code, name) for code, name, _ in made_up.PROCEDURES]
        known = {one["id"]: one for one in usual}
        for one in self.book.every("formalities"):
            bare = formality(str(one["codeNotation"]), str(one.get("name", "")), field=False)
            known[one["id"]] = {**(known.get(one["id"]) or bare), **one}
        return [*known.values()]

    def _dossiers(self) -> list[dict[str, Any]]:
        return self.national.every("dossiers") if self.national else []


def formality(code: str, name: str, *, field: bool = True) -> dict[str, Any]:
    """A procedure as the new portal tells it."""
    category = made_up.field_of(code) if field else ("", "", "")
    return {
        "id": _id(code),
        "code": code,
        "codeNotation": code,
        "name": name,
        "decisionNo": "Quyết định giả lập",
        "state": "ACTIVE",
        "type": "STANDARD",
        "formalityType": "STANDARD",
        "category": {"code": category[0], "name": category[1]},
        "categoriesDetails": [{"code": category[0], "name": category[1]}],
        "isMinistry": False,
        "isProvince": True,
        "isWard": False,
        "isOtherAgency": False,
        "isVertical": False,
        "isFullProcess": True,
        "departmentPromulgateName": made_up.OFFICES[4][1],
        "departmentPromulgateCode": made_up.OFFICES[4][0],
        "unitGroupsExecuting": [],
        "executingAgencies": [],
        "coordinatingAgencies": [],
        "dossierReceivingAddresses": "",
        "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
        "resultsDetails": [{"name": "Kết quả giả lập"}],
        "requirementsAndConditions": "",
        "executionMethods": [
            {
                "submissionMethod": method,
                "processingTime": 5,
                "processingTimeUnit": "WORKING_DAY",
                "fees": [{"type": "SERVICE_FEE", "value": 15000, "description": ""}],
                "description": "",
            }
            for method in ("ONLINE", "DIRECT", "POSTAL")
        ],
        "cases": [{"code": f"{code}.01", "processingDay": 5}],
        "executionSteps": [{"name": "Bước 1", "description": "Nộp hồ sơ (bịa)"}],
        "executionCases": [
            {
                "name": "",
                "profileComponents": [
                    {"name": "Đơn giả lập", "code": f"{code}-GT01", "originalQty": 1}
                    | {"copyQty": 0, "attachments": [], "required": False}
                ],
            }
        ],
        "legalBasisesDetails": [],
        "keywords": "giả lập",
        "createdAt": EPOCH_MS,
        "updatedAt": EPOCH_MS,
    }


def _id(code: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"gia-lap/{code}"))


def _after(rows: list[dict[str, Any]], asked: Mapping[str, Any]) -> tuple[list[Any], str | None]:
    """A page after the cursor, and the next cursor; none at the end."""
    limit = min(max(int(asked.get("limit") or 50), 1), 200)
    last = asked.get("lastId") or None
    known = [one["id"] for one in rows]
    start = known.index(last) + 1 if last in known else 0
    page = rows[start : start + limit]
    return page, page[-1]["id"] if page and start + limit < len(rows) else None


def _ok(data: Any) -> Answer:
    return said({"code": "OK", "data": data}, 201)
