"""The ministries' systems: iGate 2, a WSO2 bus, and one that is polled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from thongsuot.simulators import made_up
from thongsuot.simulators.calls import Answer, Call, Refused, said
from thongsuot.simulators.clock import VIETNAM
from thongsuot.simulators.faults import Deed
from thongsuot.simulators.partner import (
    SECRET,
    SESSION_SECONDS,
    Partner,
    Route,
    hexed,
    needed,
    oauth,
)

ISO = "%Y-%m-%dT%H:%M:%S.000%z"
POLLED = "%d/%m/%Y %H:%M:%S"
POLLED_BODY = "G17"


@dataclass(slots=True)
class MinistryIgate(Partner):
    """iGate 2: its own identifiers, no key of ours; the same dossier twice is two there.

    Below the prefixes `bd`, `hu` and `fi`, and in the page of a search, names are partly ours.
    """

    name: ClassVar[str] = "ministry_igate"
    title: ClassVar[str] = "Hệ thống tập trung của bộ (iGate 2)"

    def routes(self) -> tuple[Route, ...]:
        """Token, dossiers, definitions of procedures, people, files."""
        token = "/auth/realms/digo/protocol/openid-connect/token"
        judicial = "/pa/v2/lyLichTuPhap/--sync-dossiers"
        return (
            Route("POST", token, self._sign_in, Deed.SESSION),
            Route("GET", "/pa/dossier/search", self._search, Deed.READ),
            Route("GET", "/pa/dossier-search/dvc", self._search, Deed.READ),
            Route("POST", "/pa/dossier", self._take, Deed.WRITE),
            Route("PUT", "/pa/dossier/--force-end-process", self._end, Deed.WRITE),
            Route("POST", judicial, self._judicial, Deed.WRITE),
            Route("GET", "/bd/procedure", self._procedures, Deed.READ),
            Route("GET", "/bd/procedure-process-definition", self._definitions, Deed.READ),
            Route("GET", "/bd/procedure-form", self._forms, Deed.READ),
            Route("GET", "/hu/user", self._people, Deed.READ),
            Route("POST", "/fi/file", self._upload, Deed.WRITE),
            Route("GET", "/fi/file/{id}", self._download, Deed.FILE),
        )

    def troubled(self, _call: Call) -> Answer:
        """A success without what was asked for."""
        return said({"error": "Internal Server Error", "message": "Lỗi hệ thống (giả lập)"})

    def already(self, _call: Call) -> Answer:
        """A refusal of the gateway."""
        return said({"error": "Bad Request", "message": "Mã hồ sơ đã tồn tại (giả lập)"}, 400)

    def place(self, asked: Mapping[str, Any]) -> Any:
        """A definition (`procedure`), a person (`account`), or how a dossier goes on (`code`)."""
        if "procedure" in asked:
            self.book.add("definitions", str(asked["procedure"]), dict(asked))
            return {"placed": asked["procedure"]}
        if "account" in asked:
            self.book.add("people", str(asked["account"]), dict(asked))
            return {"placed": asked["account"]}
        found = [one for one in self._dossiers() if one.get("code") == asked.get("code")]
        for dossier in found or [{"id": hexed(str(asked.get("code")), 24)}]:
            self.book.add("dossiers", dossier["id"], {**dossier, **asked})
        return {"placed": asked.get("code"), "changed": len(found)}

    def _sign_in(self, call: Call) -> Answer:
        return said(oauth(self.token(call, "password", "client_credentials")))

    def _take(self, call: Call) -> Answer:
        self.bearer(call)
        dossier = call.object()
        if missing := needed(dossier, "code", "procedure", "applicant", "agency"):
            return said({"error": "Bad Request", "message": f"Thiếu {', '.join(missing)}"}, 400)
        number = self.book.count("dossiers")
        own = hexed(f"{dossier['code']}/{number}", 24)
        usual = {"dossierStatus": {"id": 0, "name": "Chờ tiếp nhận"}}
        kept = {**usual, **dossier, "id": own, "updatedDate": call.at.strftime(ISO)}
        self.book.add("dossiers", own, kept)
        return said({"id": own, "code": dossier["code"]})

    def _end(self, call: Call) -> Answer:
        self.bearer(call)
        asked = call.json()
        known = {one["id"]: one for one in self._dossiers()}
        if not isinstance(asked, list) or any(one.get("id") not in known for one in asked):
            return said({"error": "Not Found", "message": "Không có hồ sơ"}, 404)
        for one in asked:
            ended = {"dossierStatus": {"id": 4, "name": "Đã xử lý xong (giả lập)"}}
            self.book.add("dossiers", one["id"], {**known[one["id"]], **ended})
        return said({"affectedRows": len(asked)})

    def _judicial(self, call: Call) -> Answer:
        self.bearer(call)
        self.book.add("judicial", call.query.get("code", ""), {"at": call.at.strftime(ISO)})
        return said({"affectedRows": 1})

    def _search(self, call: Call) -> Answer:
        self.bearer(call)
        code, identity = call.query.get("code", ""), call.query.get("identity", "")
        found = [
            one
            for one in self._dossiers()
            if code in {"", one.get("code")} and identity in {"", _identity(one)}
        ]
        return _page(call, found)

    def _procedures(self, call: Call) -> Answer:
        self.bearer(call)
        return _page(call, [_procedure(code) for code, _, _ in made_up.PROCEDURES])

    def _definitions(self, call: Call) -> Answer:
        """How the ministry has set a procedure up: read back to compare with the decision."""
        self.bearer(call)
        wanted = call.query.get("procedure-id", "")
        return _page(
            call,
            [
                one
                for one in self.book.every("definitions")
                if wanted in {"", str(one.get("procedure"))}
            ],
        )

    def _forms(self, call: Call) -> Answer:
        self.bearer(call)
        return _page(call, [{"id": hexed("form", 24), "name": "Đơn giả lập", "order": 1}])

    def _people(self, call: Call) -> Answer:
        self.bearer(call)
        return _page(call, self.book.every("people"))

    def _upload(self, call: Call) -> Answer:
        self.bearer(call)
        files = [(name, content) for _, name, content in call.files() if name]
        if not files:
            return said({"error": "Bad Request", "message": "Không có tệp"}, 400)
        ((name, content), *_) = files
        own = hexed(f"{name}/{self.book.count('files')}", 24)
        text = content.decode("latin-1")
        self.book.add("files", own, {"id": own, "filename": name, "latin1": text})
        return said({"id": own, "filename": name, "size": len(content)})

    def _download(self, call: Call) -> Answer:
        self.bearer(call)
        found = self.book.last("files", call.place["id"])
        if found is None:
            return said({"error": "Not Found", "message": "Không có tệp"}, 404)
        return Answer(call.content(found["latin1"].encode("latin-1")), kind="application/pdf")

    def _dossiers(self) -> list[dict[str, Any]]:
        return self.book.every("dossiers")


def _identity(dossier: Mapping[str, Any]) -> str:
    applicant = dossier.get("applicant") or {}
    return str((applicant.get("data") or {}).get("identityNumber", ""))


def _procedure(code: str) -> dict[str, Any]:
    name = next(name for known, name, _ in made_up.PROCEDURES if known == code)
    field, *_ = made_up.field_of(code)
    return {"id": hexed(code, 24), "code": code, "translate": {"name": name}} | {
        "sector": {"id": hexed(field, 24), "code": field}
    }


def _page(call: Call, found: list[Any]) -> Answer:
    """A page of a search, with the total or as a slice without."""
    try:
        number, size = int(call.query.get("page", "0")), int(call.query.get("size", "20"))
    except ValueError:
        return said({"error": "Bad Request", "message": "page, size phải là số"}, 400)
    start = number * size
    told: dict[str, Any] = {
        "content": call.rows(found[start : start + size]),
        "number": number,
        "size": size,
        "last": start + size >= len(found),
    }
    is_page = call.query.get("spec", "page") == "page"
    return said({**told, "totalElements": len(found)} if is_page else told)


@dataclass(slots=True)
class MinistryLgsp(Partner):
    """A ministry behind a WSO2 bus: documents and their traces, both without a number of ours."""

    name: ClassVar[str] = "ministry_lgsp"
    title: ClassVar[str] = "Hệ thống của bộ qua LGSP (WSO2)"

    def routes(self) -> tuple[Route, ...]:
        """Token and two messages; the bus offers nothing by which one could ask."""
        return (
            Route("POST", "/token", self._sign_in, Deed.SESSION),
            Route("POST", "/SyncDocument", self._document, Deed.WRITE),
            Route("POST", "/UpdateDocumentTraces", self._traces, Deed.WRITE),
        )

    def troubled(self, _call: Call) -> Answer:
        """The status in the body is not that of HTTP."""
        return said({"status": 500, "message": "Lỗi hệ thống (giả lập)"})

    def already(self, _call: Call) -> Answer:
        """The status in the body again."""
        return said({"status": 409, "message": "Hồ sơ đã tồn tại (giả lập)"})

    def _sign_in(self, call: Call) -> Answer:
        token = self.token(call, "client_credentials")
        words = {"accessToken": token, "tokenType": "Bearer", "expiresIn": SESSION_SECONDS}
        return said(words | {"scope": "default"})

    def _document(self, call: Call) -> Answer:
        self.bearer(call)
        document = call.object()
        if missing := needed(document, "docCode", "docTypeCode", "citizenName", "dateReceived"):
            return said({"status": 400, "message": f"Thiếu {', '.join(missing)}"})
        self.book.add("documents", str(document["docCode"]), document)
        return said({"status": 200, "message": "Thành công"})

    def _traces(self, call: Call) -> Answer:
        self.bearer(call)
        trace = call.object()
        if missing := needed(trace, "docCode", "userName", "dateCreated", "comment"):
            return said({"status": 400, "message": f"Thiếu {', '.join(missing)}"})
        if self.book.last("documents", str(trace["docCode"])) is None:
            return said({"status": 404, "message": f"Không có hồ sơ {trace['docCode']}"})
        self.book.add("traces", str(trace["docCode"]), trace)
        return said({"status": 200, "message": "Thành công"})


@dataclass(slots=True)
class MinistryPolled(Partner):
    """A ministry that is only asked: its own dossiers, its own codes of the channel (0 and 1)."""

    name: ClassVar[str] = "ministry_polled"
    title: ClassVar[str] = "Hệ thống của bộ, hỏi định kỳ"

    def routes(self) -> tuple[Route, ...]:
        """One list; the token comes from the bus before it."""
        return (
            Route("POST", "/token", self._sign_in, Deed.SESSION),
            Route("GET", "/apiGTVT/danhsachhoso", self._dossiers, Deed.READ),
        )

    def troubled(self, _call: Call) -> Answer:
        """A number below zero instead of a list."""
        return _polled_error(-304, "Lỗi ApiKey (giả lập)")

    def place(self, asked: Mapping[str, Any]) -> Any:
        """A dossier that the ministry received; what is missing is invented."""
        code = str(asked.get("MaHoSo", ""))
        if not code:
            raise Refused(said({"message": "cần MaHoSo"}, 400))
        known = self.book.last("dossiers", code) or _polled(code)
        self.book.add("dossiers", code, {**known, **asked})
        return {"placed": code}

    def _sign_in(self, call: Call) -> Answer:
        return said(oauth(self.token(call, "client_credentials")))

    def _dossiers(self, call: Call) -> Answer:
        self.bearer(call)
        body, key = call.header("madonvi"), call.header("apikey")
        checks = (
            (not body, -300, "MaDonVi trống"),
            (not key, -301, "ApiKey trống"),
            (key != SECRET or call.query.get("APIKey") != SECRET, -302, "ApiKey sai"),
            (body != POLLED_BODY, -303, "MaDonVi sai"),
        )
        for is_wrong, code, message in checks:
            if is_wrong:
                return _polled_error(code, message)
        begin, end = (_day(call.query.get(f"Receive{name}Date", "")) for name in ("From", "To"))
        found = [
            one
            for one in self.book.every("dossiers")
            if (begin is None or _received(one) >= begin) and (end is None or _received(one) <= end)
        ]
        start, last = int(call.query.get("Start", -1)), int(call.query.get("End", -1))
        page = found if start < 0 or last < 0 else found[start:last]
        return said({"total": len(found), "data": call.rows(page)})


def _polled_error(code: int, message: str) -> Answer:
    """In an answer that HTTP calls a success."""
    return said({"error_code": code, "message": message})


def _day(text: str) -> datetime | None:
    for form in (POLLED, "%d/%m/%Y"):
        try:
            read = datetime.strptime(text, form).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
        return read
    return None


def _received(dossier: Mapping[str, Any]) -> datetime:
    return _day(str(dossier.get("NgayTiepNhan", ""))) or datetime(1970, 1, 1, tzinfo=VIETNAM)


def _polled(code: str) -> dict[str, Any]:
    """A dossier in the ministry's own words; channel 0 is direct, 1 is online."""
    number, family, middle, given, *_ = made_up.PEOPLE[0]
    procedure, name, field = made_up.PROCEDURES[2]
    return {
        "MaHoSo": code,
        "MaTTHC": procedure,
        "TenTTHC": name,
        "TenLinhVuc": field,
        "TrichYeuHoSo": "Hồ sơ bịa",
        "KenhThucHien": 1,
        "DonViXuLy": made_up.OFFICES[1][1],
        "MaDonViXuLy": made_up.OFFICES[1][0],
        "MaDoiTuong": number,
        "ChuHoSo": f"{family} {middle} {given}",
        "SoDienThoai": "0900000000",
        "Email": "",
        "DiaChi": "Địa chỉ bịa",
        "NgayGuiHoSo": "02/01/2026 08:00:00",
        "NgayTiepNhan": "02/01/2026 09:00:00",
        "NgayHenTra": "09/01/2026 17:00:00",
        "NgayKetThucXuLy": "",
        "NgayTra": "",
        "TrangThaiHoSo": "4",
        "TenTrangThaiHoSo": "Đang xử lý",
        "NguoiNop": f"{family} {middle} {given}",
        "MaNguoiNop": number,
        "DienThoaiNguoiNop": "0900000000",
        "EmaiNguoiNop": "",
        "NgayHuyHoSo": "",
    }
