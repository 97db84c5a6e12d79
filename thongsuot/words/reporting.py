"""What reports say: rows, columns, how a cell was counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from fractions import Fraction

from thongsuot.domain.reporting.course import Course, Timeliness
from thongsuot.domain.reporting.figures import Compare, Counting
from thongsuot.domain.reporting.forms import ColumnForm, ReportForm
from thongsuot.domain.reporting.index import IndexComponent, Measured, Progress, Slip, Trait
from thongsuot.domain.reporting.windows import Window
from thongsuot.words import moments

TOTAL = "Tổng cộng"
SUM = "Tổng số"  # the title of the column that adds up its group
NO_FIELD = "Chưa rõ lĩnh vực"
HOME_SYSTEM = "Hệ thống giải quyết TTHC của tỉnh"
ELSEWHERE = "Trên hệ thống của bộ, ngành: theo tin gần nhất, không cộng vào tổng"
BETWEEN = "Giữa kỳ trước và kỳ này"
GROUP = {
    "province": "TTHC thuộc thẩm quyền cấp tỉnh",
    "district": "TTHC thuộc thẩm quyền cấp huyện",
    "commune": "TTHC thuộc thẩm quyền cấp xã",
}
PROVINCE = "Ủy ban nhân dân tỉnh"
FIRST_COLUMN = {
    "field": "Lĩnh vực, công việc giải quyết theo cấp",
    "office": "Đơn vị báo cáo",
    "system": "Hệ thống giải quyết TTHC",
    "nothing": "Nội dung",
}
NO_LAYOUT = "Mẫu in của biểu này chưa tìm thấy; bảng chỉ có số liệu đã nhập."
OFFICE_GROUP = {
    "province": "Sở, ban, ngành tỉnh",
    "district": "Ủy ban nhân dân huyện, thành phố",
    "commune": "Ủy ban nhân dân xã, phường",
}
HIERARCHY = {
    "then": "theo cơ quan lúc chốt số liệu",
    "now": "theo cơ quan hiện nay",
}
INTAKE = {
    "online": "tiếp nhận trong kỳ, trực tuyến",
    "other": "tiếp nhận trong kỳ, trực tiếp hoặc bưu chính",
    "before": "chuyển từ kỳ trước",
}
RESULT = {
    "early": "giải quyết trước hạn",
    "on_time": "giải quyết đúng hạn",
    "late": "giải quyết quá hạn",
    "open_in_time": "đang giải quyết, trong hạn",
    "open_late": "đang giải quyết, quá hạn",
}
READING = {
    "known_then": "không kể hồ sơ nhập vào hệ thống sau khi hết kỳ",
    "interlinked": "đếm cả từng hồ sơ liên thông",
    "moments": "so hạn theo giờ phút thay vì theo ngày",
    "extended": "tính theo hạn đã gia hạn",
    "now": "theo cơ quan hiện nay thay vì cơ quan lúc chốt",
}
NOT_COUNTED = "chưa có số liệu"
NOTHING_TO_COUNT = "không phát sinh hồ sơ"
CERTAINTY = {
    "read": "công thức đọc được nguyên văn",
    "interpreted": "công thức đọc được, có chỗ phải chọn cách hiểu",
    "not_found": "chưa có công thức hoặc chưa có dữ liệu",
}
POPULATION = {
    "handled": "hồ sơ tiếp nhận trong tháng và chuyển từ tháng trước",
    "received": "hồ sơ tiếp nhận trong tháng",
    "granted": "hồ sơ trả kết quả trong tháng",
}
NO_DATA = (
    "Hệ thống chưa có hồ sơ nào của kỳ này và các kỳ trước; số 0 ở đây là chưa có dữ liệu, hãy chuyển "
    "dữ liệu của hệ thống cũ vào hoặc nhập tay kèm nguồn."
)
PROVISIONAL = "Số liệu tạm: kỳ chưa kết thúc."


def number(value: Fraction | None) -> str:
    """A number as it is written in Vietnam; a dash where a cell is empty."""
    if value is None:
        return "–"
    if value.denominator == 1:
        return f"{value.numerator:,}".replace(",", ".")
    return f"{float(value):,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


ONCE = "một lần"
_QUARTERS = {"Q1": "quý I", "Q2": "quý II", "Q3": "quý III", "Q4": "quý IV"}


def period(key: str) -> str:
    """The name of a period: quý III năm 2026, tuần 43 năm 2026; else the key itself."""
    year, _, rest = key.partition("-")
    if rest == "N":
        return f"cả năm {year}"
    if rest in _QUARTERS:
        return f"{_QUARTERS[rest]} năm {year}"
    if year.isdecimal() and rest[:1] == "W" and rest[1:].isdecimal():
        return f"tuần {int(rest[1:])} năm {year}"
    return key if year.isdecimal() else ONCE


def tab(form: ReportForm) -> str:
    """A form by its number in the circular, or by its name where it has none."""
    return form.key if form.key[:1].isupper() else form.number


def span(window: Window) -> str:
    """From when to when a report counts, in words."""
    first = moments.short(window.start) if _has_hour(window.start) else f"{window.start:%d/%m/%Y}"
    last = moments.short(window.end) if _has_hour(window.end) else f"{window.last_day:%d/%m/%Y}"
    return f"Từ {first} đến {'hết ' if not _has_hour(window.end) else ''}{last}"


def _has_hour(moment: datetime) -> bool:
    return moment.time() != time()


def counted(column: ColumnForm, counting: Counting) -> str:
    """How the cells of a column are made, in a sentence."""
    if column.formula:
        return f"{column.explained or 'Tính theo công thức.'} Công thức: {column.formula}."
    if column.is_filled:
        return column.explained or "Nhập tay, kèm nguồn."
    compare = "so theo ngày" if counting.compare is Compare.DAYS else "so theo giờ phút"
    return f"{column.explained} Hạn {compare}; nguồn: {counting.source}."


def notes(
    form: ReportForm, *, is_provisional: bool, is_without_data: bool = False
) -> Iterator[str]:
    """What is said below a report: what was not found, and that its window is not over."""
    if is_without_data and any(c.intakes or c.results for c in form.columns):
        yield NO_DATA
    if is_provisional:
        yield PROVISIONAL
    if not form.has_layout:
        yield NO_LAYOUT
    yield from form.notes


STATE = {
    "open": "chưa làm",
    "filled": "đã nhập số liệu",
    "checked": "đã kiểm tra",
    "submitted": "đã gửi",
    "returned": "bị trả lại",
    "accepted": "đã được chấp nhận",
    "locked": "đã khóa",
}
STEP = {
    "fill": "Lưu số liệu",
    "check": "Kiểm tra, số liệu khớp",
    "submit": "Gửi báo cáo",
    "return": "Trả lại",
    "accept": "Chấp nhận",
    "lock": "Khóa",
    "ask_unlock": "Đề nghị mở khóa",
    "unlock": "Mở khóa",
    "restate": "Điều chỉnh theo số liệu hiện nay",
}
STEP_TAKEN = {
    "fill": "Nhập số liệu",
    "check": "Kiểm tra",
    "submit": "Gửi",
    "return": "Trả lại",
    "accept": "Chấp nhận",
    "lock": "Khóa",
    "ask_unlock": "Đề nghị mở khóa",
    "unlock": "Mở khóa",
    "restate": "Điều chỉnh",
}
DONE = {
    "attach": "Đã gắn văn bản vào báo cáo.",
    "tell": "Đã lưu số liệu đơn vị báo; chỗ khác được nêu bên dưới.",
    "fill": "Đã lưu số liệu.",
    "check": "Các cột đều khớp; có thể gửi báo cáo.",
    "submit": "Đã gửi; số liệu được giữ nguyên ở bản {version}.",
    "return": "Đã trả lại kèm ý kiến.",
    "accept": "Đã chấp nhận báo cáo.",
    "lock": "Đã khóa báo cáo.",
    "ask_unlock": "Đã đề nghị; người khác sẽ mở khóa.",
    "unlock": "Đã mở khóa; báo cáo trở lại đơn vị.",
    "restate": "Đã gửi bản điều chỉnh số {version}; bản trước vẫn giữ.",
}
NO_DEADLINE = "văn bản không nêu hạn"


def month(key: str) -> str:
    """A month that is written as 2025-09: tháng 9 năm 2025."""
    year, _, number_ = key.partition("-")
    return f"tháng {int(number_)} năm {year}" if number_.isdecimal() else key


def share(fulfilled: int, of: int) -> str:
    """A share as it is written: 9/12 (75 %)."""
    percent = number(Fraction(round(Fraction(fulfilled, of) * 10000), 100)) if of else "–"
    return f"{number(Fraction(fulfilled))}/{number(Fraction(of))} ({percent} %)"


_LACKS = {
    Trait.SYNCED: "Cổng chưa báo nhận",
    Trait.ONLINE: "không nộp trực tuyến",
    Trait.PAID_ONLINE: "phí, lệ phí không nộp qua nền tảng thanh toán",
    Trait.RESULT_FILED: "chưa có tệp kết quả",
    Trait.PAPERS_FILED: "thành phần hồ sơ chưa có tệp",
    Trait.REUSED: "không dùng lại giấy tờ nào đã có",
}


def costs(component: IndexComponent, one: Measured) -> str:
    """Why a dossier costs a component points, in a sentence."""
    said = []
    if Trait.LATE in one.traits and {Trait.ON_TIME, Trait.LATE} & (
        component.having | component.against
    ):
        said.append(slipped(one.progress))
    if Trait.DISLIKED in one.traits & component.against:
        said.append("người nộp cho 1 hoặc 2 điểm")
    said += [_LACKS[trait] for trait in sorted(component.having - one.traits) if trait in _LACKS]
    text = "; ".join(said) or "không đạt điều kiện của thành phần"
    return f"{text[0].upper()}{text[1:]}."


def slipped(how: Progress) -> str:
    """Why a dossier counts as late by its original appointment."""
    due = moments.short(how.due_at) if how.due_at else "không có"
    match how.slip:
        case Slip.ASKED_AGAIN:
            return f"yêu cầu bổ sung {how.supplements} lần"
        case Slip.ASKED_LATE:
            return f"yêu cầu bổ sung lúc {moments.short(how.ended_at)}, sau hẹn trả {due}"
        case Slip.STILL_OPEN:
            return f"hẹn trả {due}, hết tháng chưa xong"
        case Slip.ENDED_LATE:
            return f"kết thúc {moments.short(how.ended_at)}, hẹn trả {due}"
        case None:
            return "đúng hạn"


def own_explained(readings: Iterable[str]) -> str:
    """By which reading a body's figure would be ours; that none was found."""
    said = [READING[each] for each in readings]
    if not said:
        return "Chưa rõ vì sao khác; hãy đối chiếu từng hồ sơ rồi ghi lý do."
    return f"Hai số khớp nếu {' hoặc '.join(said)}."


def deadline(told: Timeliness) -> str:
    """Before when a report is due; or that no letter says so."""
    return f"trước {moments.moment(told.deadline)}" if told.deadline else NO_DEADLINE


def timeliness(told: Timeliness) -> tuple[str, str]:
    """How a report stands with its deadline: the sign, and in words."""
    if told.submitted_at is not None:
        if told.late_by is None:
            return "good", f"gửi {moments.short(told.submitted_at)}" + (
                ", đúng hạn" if told.deadline else ""
            )
        return "late", f"gửi {moments.short(told.submitted_at)}, muộn {lasting(told.late_by)}"
    if told.late_by is not None:
        return "late", f"chưa gửi, quá hạn {lasting(told.late_by)}"
    return "near", "chưa gửi"


def mark(told: Timeliness) -> tuple[str, str]:
    """How a report stands with its deadline in one sign, and which kind of sign it is."""
    if told.submitted_at is not None:
        if told.late_by is not None:
            return "▲", "late"
        return ("●", "time") if told.deadline else ("○", "sent")
    return ("✕", "missing") if told.is_missing else ("·", "open")


def locked(course: Course) -> str:
    """Why nothing can be done with a locked report, in a sentence; "" while it is not."""
    if course.locked is None:
        return ""
    said = f"Đã khóa lúc {moments.short(course.locked.at)}: số liệu đã được chấp nhận và gửi đi."
    if course.unlock_asked is not None:
        return f"{said} Đã có đề nghị mở khóa: {course.unlock_asked.remarks}"
    return f"{said} Muốn sửa cần nêu lý do, rồi người thứ hai mở khóa."


def lasting(lasts: timedelta) -> str:
    """How long something lasts, in whole days or hours."""
    hours = int(lasts.total_seconds() // 3600)
    return f"{hours // 24} ngày" if hours >= 24 else f"{max(hours, 1)} giờ"


EXPORT = "Hồ sơ của {form}, {period}, dòng {row}, cột {column}"
EXPORT_CANCELLED = "Đã hủy kết xuất."
EXPORT_STATE = {
    "waiting": "đang chờ",
    "running": "đang làm",
    "done": "đã xong",
    "failed": "không làm được",
    "cancelled": "đã hủy",
}
VERIFIED_WRONG = {
    "hash": "mã băm không khớp với nội dung đã giữ",
    "identities": "các cột không khớp nhau",
    "figures": "tính lại theo số liệu lúc đó ra số khác",
    "carried": "số từ kỳ trước không bằng số kỳ trước để lại",
}
