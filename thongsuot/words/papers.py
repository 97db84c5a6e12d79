"""What the house itself writes on a paper that no template writes for it."""

from __future__ import annotations

from datetime import date

LIST_OF = "Theo danh sách {count} người nộp"

REGISTER_SHEET = "Sổ theo dõi"
REGISTER_FIELD = "Lĩnh vực: {field} – Quyển số: {book}"
REGISTER_DAYS = "Từ {first} đến {last}"
REGISTER_OPEN_DAYS = "Từ {first} đến nay"
REGISTER_MADE = "Có {count} hồ sơ. Lập lúc {at}, bởi {by}."
EMPTY = "……"

REPORT_SHEET = "Báo cáo"
REPORTER = "Đơn vị báo cáo: {name}"
RECEIVER = "Đơn vị nhận báo cáo: {name}"
COUNTED_IN = "Đơn vị tính: {unit}"
ORDINAL = "TT"


def column_number(key: str, index: int) -> str:
    """The number below the title of a column: its own by the form, else its place on the paper."""
    return f"({key})" if key[:1].isdigit() else f"({index + 3})"


LIST_SHEET = "Danh sách"
LIST_MADE = "Kết xuất từ hệ thống Thông Suốt lúc {at}, bởi {by}"

SIGNER = "THỦ TRƯỞNG CƠ QUAN"
SENT_TO = ("Như trên", "Lưu: VT")
UNTIL = "đến hết ngày {day}"
FEE = "Phí, lệ phí"
FREE = "không thu"
HANDED_LATE = "chuyển muộn so với quy định"

# The words before the name of a place, which the line of place and day leaves out.
_KINDS_OF_PLACE = ("Thành phố ", "Tỉnh ", "Huyện ", "Thị xã ", "Phường ", "Xã ", "Thị trấn ")


def named_place(name: str) -> str:
    """The name of a place as it stands before the day. Source: NĐ 30/2020/NĐ-CP, Phụ lục I."""
    kind = next((kind for kind in _KINDS_OF_PLACE if name.startswith(kind)), "")
    return name.removeprefix(kind)


def by_structure(by: str, on: date) -> str:
    """Who made a register that is divided by the bodies of a day, and that it is."""
    return f"{by}; tính theo cơ cấu tổ chức ngày {on:%d/%m/%Y}"


def reorganised(plan: str, *, is_undo: bool, basis: str) -> str:
    """Why a dossier passed from body to body without anybody of them passing it on."""
    said = f"Bàn giao do sắp xếp bộ máy (phương án {plan})"
    if is_undo:
        return f"Hoàn tác bàn giao do sắp xếp bộ máy (phương án {plan})"
    return f"{said}; lùi hạn theo {basis}" if basis else said


def unpaid(amount: str) -> str:
    """What is asked for and was not paid yet."""
    return f"{amount} (chưa thu)"


def basis(given: str) -> str:
    """The rule on which a refusal rests."""
    return f"Căn cứ: {given}"
