"""A dossier in the national portal's own keys and values, all of them texts.

What we do not know is left out, never blank and never made up: a result is the file that was
decided on, a number of a person is the one that they gave, a fee is what was paid.
Source: `DongBoHoSoMC`, `CapNhatTienDoHoSoMC`, `DongBoTrangThaiHoSo` as used 2020–2025.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from thongsuot.domain.exchange import Arrival, Parcel, ValueMissing
from thongsuot.domain.messages import MessageKind
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Connection
from thongsuot.exchange.dialects.payload import (
    VALUES,
    Words,
    content,
    day_of,
    known,
    without_blanks,
)
from thongsuot.exchange.transports.answers import rows, text
from thongsuot.exchange.transports.http import Unreadable

APPLICATION = "NopHoSoTrucTuyen"
STATISTICS = "statistics"
LONGEST_HANDLER = 50
LONGEST_NAME = 4000
LONGEST_SUMMARY = 1000
NOTICED = frozenset({"received", "declined", "supplement_asked"})
PERSONAL_DIGITS, OLD_DIGITS = 12, 9
_NUMBER = re.compile(r"Bản tin số (\d{1,9})\b")

# What this dialect asks the maps for, besides procedures and fields: every one needs a name.
ASKED_FOR: Mapping[str, tuple[str, ...]] = {
    **VALUES,
    "number_kind": ("personal", "old_identity_card", "organisation", "other"),
    "return_way": ("at_counter",),
    "filed_at": ("portal", "here"),
    "notice": tuple(sorted(NOTICED)),
}

# Where it shows a value of ours, of those that it keeps as it was told them.
SHOWS: Mapping[str, str] = {
    "procedure": "MaTTHC",
    "channel": "KenhThucHien",
    "applicant": "ChuHoSo",
    "phone": "SoDienThoai",
    "email": "Email",
    "received_at": "NgayTiepNhan",
    "status": "TrangThaiHoSo",
    "due_at": "NgayHenTra",
    "ended_at": "NgayKetThucXuLy",
    "handed_over_at": "NgayTra",
    "fees": "DanhSachLePhi",
}


def is_step(parcel: Parcel) -> bool:
    """Whether a message tells a step of the progress, which has no number there."""
    return parcel.kind == MessageKind.PROGRESS


def is_statistics(parcel: Parcel) -> bool:
    """Whether an errand declares the figures of a month."""
    return parcel.kind == STATISTICS


def statistics(parcel: Parcel, to: Connection) -> dict[str, str]:
    """The figures of a month in the portal's words; shares are told as its ratings tell theirs."""
    told = parcel.payload
    in_time, late = int(told["in_time"]), int(told["late"])
    open_in_time, open_late = int(told["open_in_time"]), int(told["open_late"])
    resolved, still_open = in_time + late, open_in_time + open_late
    figures = {
        "Thang": told["month"],
        "Nam": told["year"],
        "SoNhanTrongKy": told["received"],
        "SoTonKyTruoc": told["left_over"],
        "TongSoXuLy": int(told["received"]) + int(told["left_over"]),
        "TongDaXuLy": resolved,
        "TongXuLyDungHan": in_time,
        "PhanTramXuLyDungHan": _share(in_time, resolved),
        "TongXuLyTreHan": late,
        "PhanTramXuLyTreHan": _share(late, resolved),
        "TongChuaXuLy": still_open,
        "TongChuaXuLyTrongHan": open_in_time,
        "PhanTramChuaXuLyTrongHan": _share(open_in_time, still_open),
        "TongChuaXuLyTreHan": open_late,
        "PhanTramChuaXuLyTreHan": _share(open_late, still_open),
        "Madonvi": to.setting("madonvi"),
        "TenDonVi": to.setting("tendonvi", to.setting("madonvi")),
        "LoaiThongKe": "1",
        "GhiChu": "Biểu II.06, toàn tỉnh",
    }
    return {name: str(figure) for name, figure in figures.items()}


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "0.00%"


def number_of(dossier: Words) -> int | None:
    """The number of the last of our messages that a dossier there carries."""
    found = _NUMBER.search(str(dossier.get("ThongTinKhac") or ""))
    return int(found.group(1)) if found else None


def dossier(parcel: Parcel, to: Connection) -> dict[str, Any]:
    """`DongBoHoSoMC`: the whole dossier. Raises ValueMissing, ValueUnmapped, MapUnknown."""
    told, on = parcel.payload, day_of(parcel)
    who = told["applicant"]
    is_declined = told["outcome"] == "not_received"
    words: dict[str, Any] = {
        "MaHoSo": told["code"],
        "MaTTHC": to.named("procedure", told["procedure"], on),
        "TenTTHC": known(to, "procedure_name", told["procedure_name"]),
        "MaLinhVuc": to.named("field", told["field"], on),
        "TenLinhVuc": told["field"],
        "KenhThucHien": to.named("channel", told["channel"], on),
        "ChuHoSo": known(to, "applicant.name", who["name"]),
        "LoaiDoiTuong": to.named("applicant_kind", who["kind"], on),
        "DinhDanhCHS": [_identity(who, to, on)],
        "SoDienThoai": who["phone"],
        "Email": who["email"],
        "TrichYeuHoSo": told["procedure_name"][:LONGEST_SUMMARY],
        "NgayTiepNhan": known(to, "received_at", moment_of(told["received_at"])),
        "NgayHenTra": moment_of(told["due_at"]),
        "NgayTuChoi": moment_of(told["ended_at"]) if is_declined else "",
        "TrangThaiHoSo": to.named("status", told["status"], on),
        "NgayTra": moment_of(told["handed_over_at"]),
        "HinhThuc": to.named("return_way", "at_counter", on),
        "NgayKetThucXuLy": "" if is_declined else moment_of(told["ended_at"]),
        "DonViXuLy": known(to, "competent_office", told["competent_office_name"]),
        "NoiNopHoSo": to.named("filed_at", "portal" if national_code(told, to) else "here", on),
        "HoSoCoThanhPhanSoHoa": _yes(any(paper["is_digitised"] for paper in told["papers"])),
        "TaiKhoanDuocXacThucVoiVNeID": _yes(False),  # nothing here proves it, so nothing claims it
        "DuocThanhToanTrucTuyen": _yes(any(fee["how"] == "platform" for fee in told["fees"])),
        "ThongTinKhac": f"Bản tin số {parcel.seq}",
        "DanhSachLePhi": [_fee(fee, to, on) for fee in told["fees"]],
        "TaiLieuNop": [_paper(paper) for paper in told["papers"]],
        "DanhSachHoSoBoSung": _supplements(told),
        "DanhSachGiayToKetQua": _result(told),
    }
    return without_blanks(words)


def step(parcel: Parcel, to: Connection) -> dict[str, str]:
    """`CapNhatTienDoHoSoMC`: what was done. Raises ValueMissing, ValueUnmapped, MapUnknown."""
    told = parcel.payload
    who = told["by_name"] or told["holder_name"]
    words = {
        "MaHoSo": told["code"],
        "NguoiXuLy": known(to, "by", who)[:LONGEST_HANDLER],
        "ThoiDiemXuLy": moment_of(told["occurred_at"]),
        "PhongBanXuLy": told["holder_name"],
        "NoiDungXuLy": content(told),
        "TrangThai": to.named("status", told["status"], day_of(parcel)),
        "NgayKetThucTheoQuyDinh": moment_of(told["due_at"]),
    }
    return without_blanks(words)


def notice(parcel: Parcel, to: Connection) -> dict[str, Any] | None:
    """`DongBoTrangThaiHoSo`: how an application stands that was filed there; none for others.

    Raises ValueUnmapped, MapUnknown.
    """
    told = parcel.payload
    code = national_code(told, to)
    if not code or told["event"] not in NOTICED:
        return None
    words = {
        "MaHoSo": code,
        "MaHoSoDonVi": told["code"],
        "NoiDung": content(told),
        "NgayXuLy": moment_of(told["occurred_at"]),
        "TrangThai": to.named("notice", told["event"], day_of(parcel)),
    }
    return without_blanks(words)


def national_code(told: Words, to: Connection) -> str:
    """The portal's own code of a dossier that was filed there; "" for the others."""
    system = to.setting("system", to.partner)
    codes = (one["code"] for one in told["identifiers"] if one["system"] == system)
    return next(codes, "")


def moment_of(told: str | None) -> str:
    """A moment of ours as the portal writes it; "" where there is none."""
    return moment(datetime.fromisoformat(told)) if told else ""


def moment(at: datetime) -> str:
    """A moment as the portal writes it: in Vietnam's time, without an offset."""
    return f"{at.astimezone(VIETNAM):%Y%m%d%H%M%S}"


def read_moment(text: str) -> datetime:
    """A moment that the portal wrote. Raises ValueError."""
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)


def _identity(who: Words, to: Connection, on: date) -> dict[str, str]:
    number = known(to, "applicant.number", who["number"])
    digits = len(number) if number.isdecimal() else 0
    kind = {PERSONAL_DIGITS: "personal", OLD_DIGITS: "old_identity_card"}.get(digits, "other")
    if who["kind"] != "person":
        kind = "organisation"
    return {"LoaiDinhDanh": to.named("number_kind", kind, on), "SoDinhDanh": number}


def _fee(fee: Words, to: Connection, on: date) -> dict[str, str]:
    return {
        "TenPhiLePhi": fee["name"],
        "HinhThucThu": to.named("payment", fee["how"], on),
        "Gia": str(fee["amount"]),
    }


def _paper(paper: Words) -> dict[str, str]:
    file = paper["file"] or {}
    words = {
        "TepDinhKemId": file.get("sha256", ""),
        "TenTepDinhKem": str(paper["name"])[:LONGEST_NAME],
        "IsDeleted": "False",
        "DuongDanTaiTepTin": paper.get("url", ""),
        "DuocSoHoa": _yes(paper["is_digitised"]),
        "DuocTaiSuDung": _yes(bool(paper["reused_from"])),
        "DuocLayTuKhoDMQG": _yes(bool(paper.get("from_store"))),
    }
    return without_blanks(words)


def _supplements(told: Words) -> list[dict[str, Any]]:
    return [
        without_blanks(
            {
                "HoSoBoSungId": f"{told['code']}/{number}",
                "NoiDungBoSung": "; ".join(filter(None, (one["reason"], *one["missing"]))),
                "NgayBoSung": moment_of(one["asked_at"]),
                "NgayTiepNhanBoSung": moment_of(one["answered_at"]),
                "DanhSachGiayToBoSung": [{"TenGiayTo": name} for name in one["papers"]],
                "NgayHenTraTruoc": moment_of(one["due_before"]),
                "NgayHenTraMoi": moment_of(one["due_after"]),
            }
        )
        for number, one in enumerate(told["supplements"], start=1)
    ]


def _result(told: Words) -> list[dict[str, str]]:
    """The paper that was decided on; none where there is no file of it, whatever was handed in."""
    file = (told["result"] or {}).get("file")
    if not file:
        return []
    words = {
        "TenGiayTo": file["name"],
        "GiayToId": file["sha256"],
        "DuongDanTepTinKetQua": file.get("url", ""),
        "MaGiayToKetQua": told["result"]["number"],
    }
    return [without_blanks(words)]


def _yes(is_so: bool) -> str:
    return "1" if is_so else "0"


def application(came: Arrival, to: Connection) -> Arrival:
    """An application that was filed there, in neutral words; the format of its push is ours.

    Raises ValueMissing, ValueUnmapped, MapUnknown, Unreadable.
    """
    data = came.body.get("data")
    if came.body.get("service") != APPLICATION or not isinstance(data, dict):
        raise Unreadable(f"service {text(came.body.get('service'))}")
    submitted = _submitted(data, to)
    on = submitted.date()
    who = rows(data.get("DinhDanhCHS") or [])
    words = {
        "code": known(to, "MaHoSo", text(data.get("MaHoSo"))),
        "procedure": to.ours("procedure", text(data.get("MaTTHC")), on),
        "procedure_name": text(data.get("TenTTHC")),
        "office": to.ours("office", text(data.get("MaDonVi")), on),
        "submitted_at": submitted.isoformat(),
        "applicant": {
            "kind": to.ours("applicant_kind", text(data.get("LoaiDoiTuong")), on),
            "name": known(to, "ChuHoSo", text(data.get("ChuHoSo"))),
            "number": text(who[0].get("SoDinhDanh")) if who else "",
            "phone": text(data.get("SoDienThoai")),
            "email": text(data.get("Email")),
            "address": text(data.get("DiaChi")),
        },
        "papers": [
            without_blanks(
                {
                    "name": known(to, "TenTepDinhKem", text(paper.get("TenTepDinhKem"))),
                    "url": text(paper.get("DuongDanTaiTepTin")),
                    "base64": text(paper.get("Base64")),
                }
            )
            for paper in rows(data.get("TaiLieuNop") or [])
        ],
    }
    return Arrival(came.partner, came.key, "application", words, submitted)


def _submitted(data: Words, to: Connection) -> datetime:
    try:
        return read_moment(text(data.get("NgayNopHoSo")))
    except ValueError:
        raise ValueMissing("NgayNopHoSo", partner=to.partner) from None
