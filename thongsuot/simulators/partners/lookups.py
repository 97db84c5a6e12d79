"""What is looked up: a person in the population database, papers in the electronic store."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from xml.sax.saxutils import escape

from thongsuot.simulators import made_up
from thongsuot.simulators.calls import Answer, Call, Refused, said, written
from thongsuot.simulators.faults import Deed
from thongsuot.simulators.partner import SECRET, Partner, Route, needed, oauth

ASKS = ("HoVaTen", "SoDinhDanh", "Nam", "MaTichHop", "MaDVC", "MaCanBo", "MaYeuCau")
PERSON = ("SoDinhDanh", "Ho", "ChuDem", "Ten", "Nam", "NgayThang", "GioiTinh")


@dataclass(slots=True)
class Population(Partner):
    """One question: does this person exist; the answer is SOAP within JSON. Its path is ours."""

    name: ClassVar[str] = "population"
    title: ClassVar[str] = "Cơ sở dữ liệu quốc gia về dân cư"

    def routes(self) -> tuple[Route, ...]:
        """Token of the bus, and the question."""
        return (
            Route("POST", "/token", self._sign_in, Deed.SESSION),
            Route("POST", "/TraCuuThongTinCongDan", self._ask, Deed.READ),
        )

    def troubled(self, _call: Call) -> Answer:
        """A fault of SOAP within a success."""
        fault = "<Envelope><Body><Fault><faultstring>Lỗi (giả lập)</faultstring></Fault></Body>"
        return said({"message": f"{fault}</Envelope>"})

    def place(self, asked: Mapping[str, Any]) -> Any:
        """An invented person."""
        if missing := needed(asked, *PERSON[:1], *PERSON[3:5]):
            raise Refused(said({"message": f"thiếu {', '.join(missing)}"}, 400))
        self.book.add("people", str(asked["SoDinhDanh"]), dict(asked))
        return {"placed": asked["SoDinhDanh"]}

    def _sign_in(self, call: Call) -> Answer:
        return said(oauth(self.token(call, "client_credentials")))

    def _ask(self, call: Call) -> Answer:
        self.bearer(call)
        asked = call.object()
        if missing := needed(asked, *ASKS):
            return said({"message": f"Thiếu {', '.join(missing)}"}, 400)
        self.book.add("questions", str(asked["MaYeuCau"]), asked)
        usual = {one[0]: dict(zip(PERSON, one, strict=True)) for one in made_up.PEOPLE}
        known = usual | {one["SoDinhDanh"]: one for one in self.book.every("people")}
        person = known.get(str(asked["SoDinhDanh"]))
        is_this = person and (_bare(person), str(person["Nam"])) == (
            str(asked["HoVaTen"]),
            str(asked["Nam"]),
        )
        return said({"message": soap(person if is_this else None)})


def _bare(person: Mapping[str, Any]) -> str:
    """A name in capitals, without accents and spaces."""
    name = "".join(str(person.get(part, "")) for part in ("Ho", "ChuDem", "Ten")).upper()
    apart = unicodedata.normalize("NFD", name.replace("Đ", "D").replace(" ", ""))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def soap(person: Mapping[str, Any] | None) -> str:
    """The answer's envelope; empty where there is no such person."""
    if person is None:
        return "<Envelope><Body><CongdanCollection/></Body></Envelope>"
    said_of = {name: escape(str(person.get(name, ""))) for name in PERSON}
    place = "<MaTinhThanh>12</MaTinhThanh><MaQuanHuyen/><MaPhuongXa>00001</MaPhuongXa>"
    lives = f"{place}<ChiTiet>Địa chỉ bịa</ChiTiet><QuocGia>VN</QuocGia>"
    return (
        "<Envelope><Body><CongdanCollection><CongDan>"
        f"<SoDinhDanh>{said_of['SoDinhDanh']}</SoDinhDanh><SoCMND/>"
        f"<HoVaTen><Ho>{said_of['Ho']}</Ho><ChuDem>{said_of['ChuDem']}</ChuDem>"
        f"<Ten>{said_of['Ten']}</Ten></HoVaTen><GioiTinh>{said_of['GioiTinh']}</GioiTinh>"
        f"<NgayThangNamSinh><Nam>{said_of['Nam']}</Nam>"
        f"<NgayThangNam>{said_of['Nam']}{said_of['NgayThang']}</NgayThangNam></NgayThangNamSinh>"
        f"<ThuongTru>{lives}</ThuongTru><NoiOHienTai>{lives}</NoiOHienTai>"
        "</CongDan></CongdanCollection></Body></Envelope>"
    )


@dataclass(slots=True)
class DocumentStore(Partner):
    """Papers of a person, listed and then fetched; the paths have the names of the two settings."""

    name: ClassVar[str] = "document_store"
    title: ClassVar[str] = "Kho dữ liệu điện tử"

    def routes(self) -> tuple[Route, ...]:
        """Token of the bus, the list, the file."""
        return (
            Route("POST", "/token", self._sign_in, Deed.SESSION),
            Route("POST", "/GetKetQuaGiayTo", self._list, Deed.READ),
            Route("POST", "/GetGiayToByUrl", self._file, Deed.FILE),
        )

    def troubled(self, _call: Call) -> Answer:
        """The error stands in the body."""
        return said({"errorCode": "99", "message": "Lỗi hệ thống (giả lập)", "result": None})

    def place(self, asked: Mapping[str, Any]) -> Any:
        """An invented paper of a person (`owner`, `MaKetQua`, `TenGiayTo`, `SoKyHieu`)."""
        if missing := needed(asked, "owner", "MaKetQua", "TenGiayTo", "SoKyHieu"):
            raise Refused(said({"message": f"thiếu {', '.join(missing)}"}, 400))
        path = f"/giay-to/{asked['owner']}/{asked['SoKyHieu']}.pdf"
        self.book.add("papers", path, dict(asked))
        return {"placed": path}

    def _sign_in(self, call: Call) -> Answer:
        return said(oauth(self.token(call, "client_credentials")))

    def _list(self, call: Call) -> Answer:
        self.bearer(call)
        asked = call.object()
        asks = ("SoDinhDanhChuSoHuu", "HoTenNguoiYeuCau", "KenhThucHien", "SoDinhDanhNguoiYeuCau")
        if missing := needed(asked, *asks, "MaThuTuc"):
            return said({"errorCode": "1", "message": f"Thiếu {', '.join(missing)}"})
        self.book.add("questions", str(asked["SoDinhDanhChuSoHuu"]), asked)
        wanted = {str(one.get("MaKetQua")) for one in asked.get("DanhSachDanhMucKetQua") or []}
        owner = str(asked["SoDinhDanhChuSoHuu"])
        found = [
            _paper(path, one)
            for path, one in self._papers().items()
            if one["owner"] == owner and (not wanted or one["MaKetQua"] in wanted)
        ]
        result = {"DanhSachGiayToKetQua": call.rows(found)}
        signature = hashlib.sha256(f"{written(result)}{SECRET}".encode()).hexdigest()
        told = {"errorCode": "0", "message": "Thành công", "signature": signature}
        return said(told | {"result": result})

    def _file(self, call: Call) -> Answer:
        self.bearer(call)
        path = str(call.object().get("DuongDan"))
        paper = self._papers().get(path)
        if paper is None:
            return said({"errorCode": "2", "message": "Không có tệp"}, 404)
        return said(call.base64(made_up.paper(f"GIAY TO {paper['SoKyHieu']}")))

    def _papers(self) -> dict[str, dict[str, Any]]:
        first = made_up.PEOPLE[0][0]
        usual = {"owner": first, "MaKetQua": "9.900001-KQ01", "TenGiayTo": "Giấy tờ bịa"}
        papers = {f"/giay-to/{first}/01-GL.pdf": usual | {"SoKyHieu": "01-GL"}}
        placed = {
            f"/giay-to/{one['owner']}/{one['SoKyHieu']}.pdf": one
            for one in self.book.every("papers")
        }
        return papers | placed


def _paper(path: str, one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "MaKetQua": one["MaKetQua"],
        "TenGiayTo": one["TenGiayTo"],
        "SoKyHieu": one["SoKyHieu"],
        "CoQuanChuQuan": made_up.OFFICES[1][0],
        "DanhSachTepDinhKem": [{"TenTep": path.rpartition("/")[2], "DuongDan": path}],
    }
