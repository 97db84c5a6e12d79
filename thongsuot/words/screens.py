"""What the screens say besides the office's own terms: tabs, empty lists, warnings, short words."""

from __future__ import annotations

from datetime import datetime, timedelta

from thongsuot.domain.deadline import Why
from thongsuot.domain.refusal import Kind
from thongsuot.domain.workdays import VIETNAM

TAB: dict[str, str] = {
    "mine": "Của tôi",
    "office": "Cơ quan tôi",
    "near": "Sắp đến hạn",
    "late": "Quá hạn",
    "waiting": "Đang tạm dừng",
    "to_return": "Chờ trả kết quả",
}

EMPTY: dict[str, tuple[str, str]] = {
    "mine": (
        "Bạn chưa được giao hồ sơ nào.",
        "Hồ sơ hiện ở đây khi được phân công cho bạn. Xem “Cơ quan tôi” để biết hồ sơ đang chờ.",
    ),
    "office": (
        "Cơ quan bạn không có hồ sơ nào đang giải quyết.",
        "Hồ sơ hiện ở đây sau khi được tiếp nhận hoặc chuyển đến cơ quan bạn.",
    ),
    "near": ("Không có hồ sơ nào sắp đến hạn.", "Bạn có thể làm tiếp các hồ sơ ở “Của tôi”."),
    "late": ("Không có hồ sơ nào quá hạn.", "Xem “Sắp đến hạn” để giữ được như vậy."),
    "waiting": (
        "Không có hồ sơ nào đang tạm dừng.",
        "Hồ sơ tạm dừng khi chờ bổ sung, chờ nộp tiền, chờ ý kiến hoặc có sự cố hệ thống.",
    ),
    "to_return": (
        "Không có kết quả nào đang chờ trả.",
        "Hồ sơ hiện ở đây khi đã giải quyết xong mà người nộp chưa nhận kết quả.",
    ),
}
NOTHING_FOUND = (
    "Không tìm thấy hồ sơ nào khớp với từ khóa.",
    "Tìm theo mã hồ sơ hoặc tên người nộp, đúng dấu; hoặc xóa từ khóa để xem cả danh sách.",
)
NO_PROCEDURE = (
    "Không có thủ tục nào đang có hiệu lực khớp với từ khóa.",
    "Thử ít chữ hơn, hoặc gõ mã thủ tục; không cần dấu, không cần đúng thứ tự.",
)

MARK: dict[str, str] = {
    "demo": "Cơ sở dữ liệu thử nghiệm – hồ sơ và người nộp không có thật",
    "test": "Cơ sở dữ liệu thử nghiệm – hồ sơ và người nộp không có thật",
}

# What cannot be undone says beforehand what it will do.
CONSEQUENCE: dict[str, str] = {
    "ask_supplement": (
        "Phiếu yêu cầu bổ sung được gửi cho người nộp và đồng hồ dừng. Chỉ được yêu cầu một lần; "
        "lần sau phải có căn cứ pháp lý."
    ),
    "approve": "Quyết định có hiệu lực trong hồ sơ; người nộp không thể rút hồ sơ nữa.",
    "refuse": (
        "Hồ sơ kết thúc. Văn bản từ chối, có lý do và căn cứ, được chuyển về nơi trả kết quả."
    ),
    "stop": "Hồ sơ kết thúc theo yêu cầu của người nộp và được chuyển về nơi trả giấy tờ.",
    "issue_result": "Hồ sơ kết thúc với số văn bản này và được chuyển về nơi trả kết quả.",
    "hand_over": "Hồ sơ đóng lại: người nộp đã nhận kết quả. Không thể mở lại.",
    "apologise": (
        "Văn bản xin lỗi được gửi cho người nộp. Gửi kịp thì hạn được lùi, một lần duy nhất; "
        "gửi muộn thì ghi nhận là muộn và hạn không đổi."
    ),
    "settle_financial_duty": "Số biên lai được ghi vào hồ sơ và đồng hồ chạy tiếp.",
    "receive_supplement": "Đồng hồ chạy tiếp từ lúc này; hạn được tính lại.",
}

WHY_SHORT: dict[Why, str] = {
    Why.COUNTED: "làm việc",
    Why.WORKING_SATURDAY: "làm bù",
    Why.HALF_DAY: "nửa buổi",
    Why.CALENDAR_DAY: "ngày lịch",
    Why.START_DAY: "bắt đầu",
    Why.AFTER_CLOSING: "sau giờ",
    Why.AFTER_15H: "sau 15 giờ",
    Why.WEEKEND: "nghỉ tuần",
    Why.HOLIDAY: "nghỉ lễ",
    Why.COMPENSATORY: "nghỉ bù",
    Why.SWAP_OFF: "hoán đổi",
    Why.SUPPLEMENT: "bổ sung",
    Why.FINANCIAL_DUTY: "nộp tiền",
    Why.OPINION: "lấy ý kiến",
    Why.SYSTEM_INCIDENT: "sự cố",
    Why.MOVED_HERE: "dời đến",
}

SCORE: dict[int, str] = {
    5: "Rất hài lòng",
    4: "Hài lòng",
    3: "Bình thường",
    2: "Không hài lòng",
    1: "Rất không hài lòng",
}

REFUSED: dict[Kind, tuple[str, str]] = {
    Kind.MALFORMED: ("Nội dung nhập chưa đúng", "Quay lại trang trước để sửa rồi gửi lại."),
    Kind.UNKNOWN: ("Không tìm thấy", "Kiểm tra lại mã, hoặc tìm trong danh sách việc."),
    Kind.FORBIDDEN: (
        "Việc này không thuộc nhiệm vụ của bạn",
        "Nếu bạn cần xem hoặc làm việc này, hãy hỏi cơ quan đang giữ hồ sơ hoặc người quản trị.",
    ),
    Kind.RULE: ("Quy định không cho phép", "Xem lại hồ sơ rồi chọn việc khác."),
    Kind.CONFLICT: ("Đã có người làm trước bạn", "Mở lại hồ sơ để xem điều gì vừa thay đổi."),
}

ON_ROSTER: dict[bool, str] = {
    True: "Theo bảng phân công",
    False: "Không có trong bảng phân công",
}

DONE: dict[str, str] = {
    "receive": "Đã tiếp nhận hồ sơ {code}.",
    "decline": "Đã ghi nhận việc không tiếp nhận, mã {code}.",
}


REGISTER_FIELD: dict[str, str] = {
    "tu": "Từ ngày",
    "den": "Đến hết ngày",
    "structure": "Tính theo cơ cấu ngày",
    "office": "Sổ của",
}
REGISTER_STRUCTURE = (
    "Để trống: sổ của cơ quan đã tiếp nhận. Chọn một ngày từ hôm nay trở về trước: hồ sơ của cơ quan "
    "đã giải thể đứng trong sổ của cơ quan ngày đó kế tục; khi có nhiều cơ quan kế tục thì theo "
    "cơ quan có thẩm quyền giải quyết. Mỗi hồ sơ đứng trong đúng một sổ."
)

# What is printed as soon as a dossier was taken in, or was not.
HAND_OUT: dict[str, str] = {
    "receipt": "In giấy hẹn",
    "decline": "In phiếu từ chối",
}

# Each field of the counter's form: its label, and what helps to fill it in.
COUNTER_FIELD: dict[str, tuple[str, str]] = {
    "case": ("Trường hợp", ""),
    "channel": ("Cách nộp", ""),
    "applicant.name": ("Họ và tên hoặc tên tổ chức", ""),
    "applicant.kind": ("Hồ sơ của", ""),
    "applicant.number": (
        "Số định danh hoặc mã số thuế",
        "cá nhân: 12 chữ số trên thẻ căn cước; tổ chức: 10 hoặc 13 chữ số",
    ),
    "applicant.representative": ("Người đại diện của tổ chức", "họ tên, chức vụ"),
    "applicant.phone": ("Điện thoại", ""),
    "applicant.email": ("Thư điện tử", ""),
    "applicant.address": ("Địa chỉ", "số nhà, thôn, bản, tổ dân phố"),
    "applicant.proxy": ("Người nộp thay", "để trống nếu tự nộp"),
    "applicant.proxy_paper": ("Giấy ủy quyền", "số, ngày, nơi chứng thực"),
    "applicant.proxy_exception": (
        "Hoặc không cần giấy ủy quyền vì",
        "ghi quy định, ví dụ cha mẹ, vợ chồng nộp thay theo luật hộ tịch",
    ),
    "place": ("Xã, phường", "chọn được cả tên trước 01/07/2025"),
    "competent_office": ("Cơ quan có thẩm quyền", ""),
    "return_point": ("Nơi trả kết quả", ""),
    "received_at": ("Nhận lúc", "để trống nếu nhận bây giờ"),
    "late_entry_reason": ("Lý do nhập bù", ""),
    "appointment": ("Hẹn trả lúc", "pháp luật không quy định thời hạn"),
    "appointment_basis": ("Căn cứ của lịch hẹn", ""),
    "more_papers": ("Giấy tờ khác", "mỗi dòng một giấy tờ"),
    "reason": ("Lý do không tiếp nhận", ""),
    "originals": ("bản chính", ""),
    "copies": ("bản sao", ""),
}
PLACES_NOW, PLACES_BEFORE = "Hiện nay", "Trước khi sắp xếp"
CHOOSE = "— chọn —"
DRAFT_SAVED = "Đã lưu nháp lúc {time}."
DRAFT_KEPT = "Đã lưu bản dự thảo số {number}."
DRAFT_CHOICE = "Bản {number}: {name} (mã băm {digest})"
DRAFT_FORGOTTEN = "Đã bỏ bản nháp."
BY_RULE = "Theo quy tắc: {office}"
NO_TERM = "không quy định, hẹn trả"
NO_AMOUNT = "chưa rõ mức thu"

STANDING: dict[str, str] = {
    "done": "Đã giải quyết xong",
    "paused": "Đang tạm dừng",
    "paused_detail": "hạn sẽ lùi lại",
    "near": "Sắp đến hạn",
    "none": "Chưa có hạn",
    "exactly": "Hạn: {moment}",
    "step": "bước: {moment}",
    "step_late": "quá hạn bước: {moment}",
}
WEEKDAYS_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")

# What an event says besides what its fields are called elsewhere.
TOLD: dict[str, str] = {
    "system_name": "Hệ thống nhận",
    "known_as": "Mã ở đó",
    "link": "Xem tại",
    "to_office": "Đến",
    "missing": "Còn thiếu",
    "amount": "Số tiền",
    "channel": "Cách nộp",
    "papers": "Giấy tờ",
    "late_entry_reason": "Lý do nhập bù",
    "aware_of": "Đã xem hồ sơ tương tự",
    "appointment_basis": "Căn cứ hẹn",
    "promised_at": "Hẹn trả",
    "due_at": "Hạn",
    "child": "Hồ sơ liên thông",
    "process_version": "Quy trình",
    "recorded_at": "Nhập bù lúc",
    "from_dossier": "Lấy từ hồ sơ",
    "is_late": "Lưu ý",
    "too_late": "Lưu ý",
    "stops_clock": "Đồng hồ",
    "withdraws_decision": "Quyết định",
    "without_opinions": "Không chờ đủ ý kiến vì",
    "system": "Hệ thống cũ",
    "told": "Ghi nguyên văn",
    "by_there": "Người thực hiện ở đó",
    "rule": "Quy tắc chuyển",
    "plan": "Phương án",
    "from_office": "Từ",
    "ended_at": "Kết thúc xử lý",
    "handed_over_at": "Đã trả kết quả lúc",
}
TOLD_FLAG: dict[str, str] = {
    "is_late": "chuyển muộn so với quy định",
    "too_late": "xin lỗi muộn, hạn không đổi",
    "stops_clock": "dừng trong thời gian lấy ý kiến",
    "withdraws_decision": "đã rút để làm lại",
}
PAPERS_DONE: dict[str, str] = {
    "scan": "Đã lưu tệp vào hồ sơ.",
    "leave": "Đã ghi lý do không quét.",
    "reuse": "Đã lấy giấy tờ tỉnh đang có vào hồ sơ.",
    "fee": "Đã ghi khoản thu.",
}
SYSTEM = "Hệ thống"
PAGES_OF = "{name} ({pages} trang)"
MADE = "Đã ghi nhận: {act}."
OPINION = "Ý kiến số {number} ({of})"


def after(span: timedelta) -> str:
    """How long after the one before: sau 2 ngày 3 giờ."""
    return f"sau {lasting(span)}"


def lasting(span: timedelta) -> str:
    """How long something took: 2 ngày 3 giờ, 5 giờ 10 phút, dưới 1 phút."""
    minutes = int(span.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = ((days, "ngày"), (hours, "giờ"), (minutes, "phút"))
    told = [f"{number} {unit}" for number, unit in parts if number][:2]
    return " ".join(told) or "dưới 1 phút"


def brief(value: datetime, *, at: datetime) -> str:
    """02/11 10:09; with its year when that is not the year of `at`."""
    local = value.astimezone(VIETNAM)
    this_year = local.year == at.astimezone(VIETNAM).year
    return f"{local:%d/%m %H:%M}" if this_year else f"{local:%d/%m/%Y %H:%M}"


def hours(minutes: int) -> str:
    """Minutes of a term in hours, short: 3g, 3g30."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}g{rest:02d}" if rest else f"{whole}g"


def money(amount: int) -> str:
    """An amount as it is written on a receipt: 1.250.000 đồng."""
    return f"{amount:,} đồng".replace(",", ".")
