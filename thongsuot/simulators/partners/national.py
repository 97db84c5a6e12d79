"""The national portal's dossiers: an adapter (RPC by `service`) and the façade of the province.

Both dialects write into one book, as both reach one portal. The paths of the adapter, and the
format in which a general online application is pushed, are ours: neither was found in public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from thongsuot.simulators import made_up
from thongsuot.simulators.book import Book
from thongsuot.simulators.calls import Answer, Call, Refused, said, written
from thongsuot.simulators.clock import compact, now
from thongsuot.simulators.faults import Deed
from thongsuot.simulators.partner import (
    SECRET,
    SESSION_SECONDS,
    USER,
    Partner,
    Route,
    hexed,
    needed,
    oauth,
)

DOSSIER_NEEDS = (
    *("MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "KenhThucHien", "DinhDanhCHS"),
    *("NgayTiepNhan", "TrangThaiHoSo", "HinhThuc", "DonViXuLy", "NoiNopHoSo"),
    *("HoSoCoThanhPhanSoHoa", "TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen"),
)
STEP_NEEDS = ("MaHoSo", "NguoiXuLy", "ThoiDiemXuLy", "NoiDungXuLy", "TrangThai")
STATUSES = {str(number) for number in range(1, 11)}
NOTICE_STATUSES = {"2", "5", "11"}
CHANNELS = {"1", "2", "3"}
OK, EXISTS, WRONG, NO_SESSION = "0", "3", "-1", "-4"
APPLICATION = "/nps/createdossierfromdvcqg"
TAX = "/nps/nhantbthuedvcqg"
TAX_NEEDS = {
    "NhanThongBaoThueDat": ("FileThongBaoThue",),
    "NhanChungTuThueDat": (
        *("MaHoSo", "HoTenNguoiNopTien", "MaSoThue", "UrlFileChungTu", "ThongTinThanhToan"),
    ),
}
FORMAT = "thong-suot-1: định dạng của chúng tôi, không phải của Cổng"


class Wrong(Exception):
    """An error code with its sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, slots=True)
class Portal:
    """What the portal does with what it is told, whatever the dialect."""

    book: Book

    def take_dossiers(self, data: Any, *, is_update: bool) -> str:
        """`DongBoHoSoMC`: all of them or none. Raises Wrong."""
        dossiers = _several(data)
        for dossier in dossiers:
            self._check(dossier, is_update=is_update)
        for dossier in dossiers:
            self.book.add("dossiers", dossier["MaHoSo"], {"isUpdating": is_update, **dossier})
        return "Cập nhật thành công" if is_update else "Thêm mới thành công"

    def take_steps(self, data: Any) -> str:
        """`CapNhatTienDoHoSoMC`: a step has no number, so a second time is a second step."""
        steps = _several(data)
        for step in steps:
            if missing := needed(step, *STEP_NEEDS):
                raise Wrong(WRONG, f"Thiếu {', '.join(missing)}")
            if step["TrangThai"] not in STATUSES:
                raise Wrong(WRONG, f"TrangThai không đúng: {step['TrangThai']}")
            if len(step["NguoiXuLy"]) > 50:
                raise Wrong(WRONG, "NguoiXuLy dài quá 50 ký tự")
            if self.book.last("dossiers", step["MaHoSo"]) is None:
                raise Wrong(WRONG, f"Hồ sơ {step['MaHoSo']} không tồn tại")
        for step in steps:
            self.book.add("steps", step["MaHoSo"], step)
        return "Cập nhật tiến độ thành công"

    def take_notice(self, data: Any) -> str:
        """`DongBoTrangThaiHoSo`: how an application that was filed there stands. Raises Wrong."""
        (notice,) = _several([data])
        if missing := needed(notice, "MaHoSo", "MaHoSoDonVi", "TrangThai", "NgayXuLy"):
            raise Wrong(WRONG, f"Thiếu {', '.join(missing)}")
        if str(notice["TrangThai"]) not in NOTICE_STATUSES:
            raise Wrong(WRONG, f"TrangThai không đúng: {notice['TrangThai']}")
        if self.book.last("applications", notice["MaHoSo"]) is None:
            raise Wrong(WRONG, f"Hồ sơ {notice['MaHoSo']} không nộp trên Cổng")
        self.book.add("notices", notice["MaHoSo"], notice)
        return "Cập nhật trạng thái thành công"

    def take_totals(self, data: Any) -> str:
        """`DongBoThongKeHoSo`: the totals that a body declares for a month. Raises Wrong."""
        for totals in _several(data):
            if missing := needed(totals, "Thang", "Nam", "Madonvi", "LoaiThongKe"):
                raise Wrong(WRONG, f"Thiếu {', '.join(missing)}")
            self.book.add(
                "totals", "/".join((totals["Madonvi"], totals["Nam"], totals["Thang"])), totals
            )
        return "Đồng bộ thống kê thành công"

    def dossier(self, code: str) -> list[dict[str, Any]]:
        """`TraCuuHoSo`: as it was last told; the steps cannot be asked."""
        found = self.book.last("dossiers", code)
        return (
            [{key: value for key, value in found.items() if key != "isUpdating"}] if found else []
        )

    def procedures(self) -> list[dict[str, Any]]:
        """All of them: the invented ones and those that were placed."""
        ours = {code: made_up.procedure(code, name) for code, name, _ in made_up.PROCEDURES}
        return [*(ours | {one["MATTHC"]: one for one in self.book.every("procedures")}).values()]

    def procedure(self, code: str) -> list[dict[str, Any]]:
        """`LayThuTuc`."""
        return [one for one in self.procedures() if one["MATTHC"] == code]

    def _check(self, dossier: dict[str, Any], *, is_update: bool) -> None:
        if missing := needed(dossier, *DOSSIER_NEEDS):
            raise Wrong(WRONG, f"Thiếu {', '.join(missing)}")
        if dossier["TrangThaiHoSo"] not in STATUSES:
            raise Wrong(WRONG, f"TrangThaiHoSo không đúng: {dossier['TrangThaiHoSo']}")
        if dossier["KenhThucHien"] not in CHANNELS:
            raise Wrong(WRONG, f"KenhThucHien không đúng: {dossier['KenhThucHien']}")
        has = self.book.last("dossiers", dossier["MaHoSo"]) is not None
        if has and not is_update:
            raise Wrong(EXISTS, f"Hồ sơ {dossier['MaHoSo']} đã tồn tại")
        if is_update and not has:
            raise Wrong(WRONG, f"Hồ sơ {dossier['MaHoSo']} không tồn tại")


def _several(data: Any) -> list[dict[str, Any]]:
    """A list of objects whose values are texts. Raises Wrong."""
    if not isinstance(data, list) or not data or not all(isinstance(one, dict) for one in data):
        raise Wrong(WRONG, "data phải là một danh sách")
    for one in data:
        for key, value in one.items():
            if not isinstance(value, str | list | None):
                raise Wrong(WRONG, f"{key} phải là chuỗi")
    return data


@dataclass(slots=True)
class NationalPortal(Partner):
    """The adapter: one address for all, `service` in the body, success in the body."""

    name: ClassVar[str] = "national_portal"
    title: ClassVar[str] = "Cổng Dịch vụ công quốc gia (adapter)"

    def routes(self) -> tuple[Route, ...]:
        """Login, writing and catalogues; what kind of deed a call is stands in its body."""
        return (
            Route("POST", "/auth", self._login, Deed.SESSION),
            Route("POST", "/integration", self._write, Deed.WRITE),
            Route("POST", "/share", self._share, Deed.READ),
            Route("GET", "/tep/{number}", _paper, Deed.READ),
        )

    def deed(self, call: Call, route: Route) -> Deed:
        """What is looked up at the address for writing is still only read."""
        if route.method == "GET":
            return route.deed
        is_read = str(call.object().get("service")).startswith(("Lay", "TraCuu"))
        return Deed.READ if route.path != "/auth" and is_read else route.deed

    def throttled(self, seconds: int) -> Answer:
        """In the body, as everything here."""
        return said({"error_code": "-429", "message": f"Quá tải, thử lại sau {seconds} giây"})

    def place(self, asked: Mapping[str, Any]) -> Any:
        """A procedure (`MATTHC`) or a question (`HOIDAPID`) of its catalogue."""
        key, kind = ("MATTHC", "procedures") if "MATTHC" in asked else ("HOIDAPID", "questions")
        if needed(asked, key):
            raise Refused(said({"message": "cần MATTHC hoặc HOIDAPID"}, 400))
        self.book.add(kind, asked[key], dict(asked))
        return {"placed": asked[key]}

    def send(self, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Push applications: new ones (`count`), one again (`again`); or a land-tax paper.

        Of the papers, `service` is the kind and `data` what they say.
        """
        if asked.get("service") in TAX_NEEDS:
            return [self._push_tax(str(asked["service"]), dict(asked.get("data") or {}))]
        codes = [str(asked["again"])] if "again" in asked else self._filed(asked)
        return [self._push(code) for code in codes]

    def _filed(self, asked: Mapping[str, Any]) -> list[str]:
        codes = []
        for _ in range(int(asked.get("count", 1))):
            number = self.book.count("applications") + 1
            code = f"G22.99.99-{now():%y%m%d}-{number:06d}"
            self.book.add("applications", code, application(code, number, asked))
            codes.append(code)
        return codes

    def _push(self, code: str) -> dict[str, Any]:
        data = self.book.last("applications", code)
        if data is None:
            raise Refused(said({"message": f"không có hồ sơ {code}"}, 404))
        message = {"service": "NopHoSoTrucTuyen", "isUpdating": False, "data": data}
        told = {"MaHoSo": code, **self.push(APPLICATION, message)}
        self.book.add("pushes", code, told)
        return told

    def _push_tax(self, service: str, data: dict[str, Any]) -> dict[str, Any]:
        if missing := needed(data, *TAX_NEEDS[service]):
            raise Refused(said({"message": f"thiếu {', '.join(missing)}"}, 400))
        message = {"service": service, "isUpdating": False, "data": data}
        told = {"service": service, **self.push(TAX, message)}
        self.book.add("pushes", service, told)
        return told

    def _login(self, call: Call) -> Answer:
        self._needs_destination(call)
        given = call.object()
        if (given.get("username"), given.get("password")) != (USER, SECRET):
            return said({"error_code": WRONG, "message": "Sai tài khoản hoặc mật khẩu"})
        session = self.signed_in(call.at.timestamp())
        return said({"error_code": OK, "session": session, "expires_in": SESSION_SECONDS})

    def _write(self, call: Call) -> Answer:
        asked = self._in_session(call)
        portal = Portal(self.book)
        does = {
            "DongBoHoSoMC": lambda: portal.take_dossiers(
                asked.get("data"), is_update=_said_true(asked.get("isUpdating"))
            ),
            "CapNhatTienDoHoSoMC": lambda: portal.take_steps(asked.get("data")),
            "DongBoTrangThaiHoSo": lambda: portal.take_notice(asked.get("data")),
            "DongBoThongKeHoSo": lambda: portal.take_totals(asked.get("data")),
            "DongBoDanhGia": lambda: self._keep("ratings", asked),
            "DongBoHoiDap": lambda: self._keep("questions_sent", asked),
            "DongBoKetQuaHoiDapGuiTuDVCQG": lambda: self._keep("answers", asked),
        }
        service = str(asked.get("service"))
        if service not in does:
            return self._share(call)
        try:
            return said({"error_code": OK, "message": does[service](), "result": []})
        except Wrong as wrong:
            return said({"error_code": wrong.code, "message": wrong.message, "result": []})

    def _share(self, call: Call) -> Answer:
        asked = self._in_session(call)
        result = self._catalogue(str(asked.get("service")), asked)
        if result is None:
            return said({"error_code": WRONG, "message": "Không có dịch vụ này", "result": []})
        # Success is sometimes a number and sometimes "00" there.
        code: object = "00" if asked.get("service") == "TraCuuHoSo" else 0
        return said({"error_code": code, "message": "Thành công", "result": call.rows(result)})

    def _catalogue(self, service: str, asked: Mapping[str, Any]) -> list[Any] | None:
        portal = Portal(self.book)
        return portal_catalogue(portal, service, {**asked, "maHoSo": asked.get("mahoso", "")})

    def _keep(self, kind: str, asked: Mapping[str, Any]) -> str:
        self.book.add(kind, str(asked.get("HOIDAPID", "")), dict(asked) | {"session": ""})
        return "Thành công"

    def _in_session(self, call: Call) -> dict[str, Any]:
        self._needs_destination(call)
        asked = call.object()
        if not self.knows(str(asked.get("session")), call.at.timestamp()):
            expired = {"error_code": NO_SESSION, "message": "Phiên làm việc đã hết hạn"}
            raise Refused(said(expired | {"result": []}))
        if not asked.get("madonvi"):
            raise Refused(said({"error_code": WRONG, "message": "Thiếu madonvi", "result": []}))
        return asked

    def _needs_destination(self, call: Call) -> None:
        if not call.header("dstcode"):
            raise Refused(said({"error_code": WRONG, "message": "Thiếu dstcode", "result": []}))


@dataclass(slots=True)
class PortalFacade(Partner):
    """The same portal behind the province's own bus: REST, JSON within JSON, a bearer token."""

    name: ClassVar[str] = "portal_facade"
    title: ClassVar[str] = "Cổng Dịch vụ công quốc gia qua LGSP của tỉnh"

    def routes(self) -> tuple[Route, ...]:
        """Reading by name, writing by two addresses; that of the progress is ours."""
        dossiers = "/api/SynsTTHCC/DongBoHoSoMC"
        return (
            Route("POST", "/token", self._sign_in, Deed.SESSION),
            Route("POST", dossiers, self._dossiers, Deed.WRITE),
            Route("POST", "/api/SynsTTHCC/CapNhatTienDoHoSoMC", self._steps, Deed.WRITE),
            Route("POST", "/KetNoiMotCuaQuocGia/DongBoTrangThaiHoSoKM", self._notice, Deed.WRITE),
            Route("GET", "/KetNoiMotCuaQuocGia/{service}", self._read, Deed.READ),
            Route("POST", "/KetNoiMotCuaQuocGia/{service}", self._read, Deed.READ),
        )

    def troubled(self, _call: Call) -> Answer:
        """JSON as a text within JSON."""
        return _wrapped({"error_code": "-99", "message": "Lỗi hệ thống (giả lập)"})

    def already(self, _call: Call) -> Answer:
        """In the same wrapping."""
        return _wrapped({"error_code": EXISTS, "message": "Hồ sơ đã tồn tại (giả lập)"})

    def _sign_in(self, call: Call) -> Answer:
        return said(oauth(self.token(call, "client_credentials")))

    def _dossiers(self, call: Call) -> Answer:
        self._for_body(call)
        is_update = _said_true(call.query.get("isUpdating"))
        return _tried(lambda: Portal(self.book).take_dossiers(call.json(), is_update=is_update))

    def _steps(self, call: Call) -> Answer:
        self._for_body(call)
        return _tried(lambda: Portal(self.book).take_steps(call.json()))

    def _notice(self, call: Call) -> Answer:
        self.bearer(call)
        return _tried(lambda: Portal(self.book).take_notice(call.object().get("data")))

    def _read(self, call: Call) -> Answer:
        self.bearer(call)
        given = {**call.query, **(call.object() if call.method == "POST" and call.body else {})}
        result = portal_catalogue(Portal(self.book), call.place["service"], given)
        if result is None:
            return said({"message": "Không có dịch vụ này"}, 404)
        return _wrapped({"error_code": OK, "result": call.rows(result)})

    def _for_body(self, call: Call) -> None:
        self.bearer(call)
        if not call.query.get("MaDinhDanhDV"):
            raise Refused(_wrapped({"error_code": WRONG, "message": "Thiếu MaDinhDanhDV"}))


def portal_catalogue(portal: Portal, service: str, given: Mapping[str, Any]) -> list[Any] | None:
    """What may be asked by the name of a service; none where there is no such service."""
    if service == "TraCuuHoSo":
        return portal.dossier(str(given.get("maHoSo") or given.get("mahoso")))
    if service == "LayThuTuc":
        return portal.procedure(str(given.get("maTTHC")))
    if service == "TraCuuTechID":
        return [{"TECHNICALID": hexed(str(given.get("mstorcmnd")), 24)}]
    if service in {"LayDanhSachTTHC", "LayDanhSachTTHCDonVi"}:
        return [{key: one[key] for key in ("MATTHC", "TENTTHC")} for one in portal.procedures()]
    if service == "LayDanhMucCoQuan":
        keys = ("MADONVI", "TENDONVI", "CAPDONVI")
        return [dict(zip(keys, office, strict=True)) for office in made_up.OFFICES]
    if service == "LayDanhMucLinhVuc":
        keys = ("MALINHVUC", "TENLINHVUC", "MANGANH")
        return [dict(zip(keys, field, strict=True)) for field in made_up.FIELDS]
    if service in {"LayDanhSachHoiDapGuiTuDVCQG", "LayDanhSachHoiDapBoCoQuan"}:
        return portal.book.every("questions")
    if service == "LayNoiDungTraLoiTheoCauHoi":
        asked = str(given.get("cauhoiid"))
        return [one for one in portal.book.every("answers") if str(one.get("HOIDAPID")) == asked]
    return None


def application(code: str, number: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    """An online application; the format is ours, in the words of the portal's other messages."""
    person = made_up.PEOPLE[number % len(made_up.PEOPLE)]
    usual = made_up.PROCEDURES[number % len(made_up.PROCEDURES)]
    name = f"{person[1]} {person[2]} {person[3]}"
    return {
        "DinhDang": FORMAT,
        "DuLieuBia": True,
        "MaHoSo": code,
        "MaTTHC": str(asked.get("MaTTHC", usual[0])),
        "TenTTHC": str(asked.get("TenTTHC", usual[1])),
        "MaDonVi": str(asked.get("MaDonVi", made_up.OFFICES[3][0])),
        "NgayNopHoSo": str(asked.get("NgayNopHoSo", compact(now()))),
        "LoaiDoiTuong": "1",
        "MaDoiTuong": hexed(person[0], 24),
        "ChuHoSo": str(asked.get("ChuHoSo", name)),
        "DinhDanhCHS": [
            {"LoaiDinhDanh": "1", "SoDinhDanh": str(asked.get("SoDinhDanh", person[0]))}
        ],
        "SoDienThoai": "0900000000",
        "Email": "nguoi.bia@example.vn",
        "DiaChi": "Địa chỉ bịa",
        "TaiLieuNop": [
            {
                "TenTepDinhKem": "don-gia-lap.pdf",
                **_content(number, str(asked.get("DuongDanTaiTepTin", ""))),
            }
        ],
    }


def _content(number: int, address: str) -> dict[str, str]:
    """The paper itself, or where it is to be fetched."""
    if address:
        return {"DuongDanTaiTepTin": address}
    return {"Base64": Call("POST", "/").base64(made_up.paper(f"DON {number}"))}


def _paper(call: Call) -> Answer:
    """A paper that was filed, as its address gives it; the form of the address is ours."""
    number = call.path.rpartition("/")[2]
    if not number.isdecimal():
        return said({"message": "không có tệp này"}, 404)
    return Answer(made_up.paper(f"DON {number}"), kind="application/pdf")


def _tried(do: Any) -> Answer:
    try:
        return _wrapped({"error_code": OK, "message": do()})
    except Wrong as wrong:
        return _wrapped({"error_code": wrong.code, "message": wrong.message})


def _wrapped(data: Mapping[str, Any]) -> Answer:
    return said({"message": written(data)})


def _said_true(given: object) -> bool:
    """ "True" or "False", as it is written there; anything else is refused. Raises Refused."""
    if str(given) not in {"True", "False"}:
        raise Refused(said({"error_code": WRONG, "message": "isUpdating phải là True hoặc False"}))
    return str(given) == "True"
