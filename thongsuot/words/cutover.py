"""Where a dossier is received and why, in the office's words."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.cutover import Because, Ground
from thongsuot.words.moments import short

HOME = "Hệ thống thông tin giải quyết TTHC của tỉnh"
SENT_ELSEWHERE = "Đã ghi nhận việc hướng dẫn người nộp đến {system}."
SETTLED = "Đã ghi để lại, có lý do; hai giá trị vẫn lưu."
GROUND: dict[Ground, str] = {
    Ground.PROVINCIAL: "Thủ tục đặc thù của tỉnh, luôn nhận trên hệ thống của tỉnh",
    Ground.INTERNAL: "Thủ tục nội bộ, luôn nhận trên hệ thống của tỉnh",
    Ground.NO_RULE: "Chưa có quyết định chuyển lĩnh vực {fact} sang hệ thống của bộ",
    Ground.NOT_YET: "{fact} chỉ chuyển sang hệ thống của bộ từ {at}; nhận trước lúc đó thì làm ở tỉnh",
    Ground.NO_LONGER: "{fact} đã hết thời gian nhận trên hệ thống của bộ từ {at}",
    Ground.RULE_OF_PROCEDURE: "Thủ tục {fact} nhận trên hệ thống này từ {at}",
    Ground.RULE_OF_FIELD: "Lĩnh vực {fact} nhận trên hệ thống này từ {at}",
    Ground.STARTED: "Lĩnh vực {fact} được bắt đầu chuyển từ {at}",
    Ground.FROZEN: "Lĩnh vực {fact} tạm giữ từ {at}: nơi nhận giữ nguyên như trước lúc đó",
    Ground.ROLLED_BACK: "Lĩnh vực {fact} được đưa về tỉnh từ {at}",
}
REMOTE_STATE: dict[str, str] = {
    "": "Tất cả",
    "open": "Đang giải quyết",
    "late": "Quá hạn",
    "over": "Đã xong",
    "apart": "Khác với ở đây",
}
ASPECT: dict[str, str] = {
    "procedure": "Thủ tục",
    "received": "Lúc nhận",
    "due": "Hạn trả",
    "ended": "Đã xong hay chưa",
    "place": "Nơi tiếp nhận",
}
_OVER = {"open": "chưa xong", "over": "đã xong", "": "không có"}
SYSTEM_STATE: dict[str, str] = {
    "planned": "Chưa dùng",
    "testing": "Đang thử",
    "live": "Đang hoạt động",
    "closed": "Đã đóng",
}
STANDS: dict[str, str] = {
    "freeze": "Đang tạm giữ",
    "start": "Đã chuyển",
    "roll_back": "Đã đưa về tỉnh",
}
MOVED, COMING = "Đã chuyển", "Chưa đến lúc"
CHECK: dict[str, str] = {
    "decided": "Quyết định",
    "system": "Hệ thống của bộ",
    "connected": "Kết nối",
    "approved": "Quy trình đã duyệt",
    "staffed": "Đủ người",
    "exported": "Đã xuất",
    "read_back": "Đối chiếu khớp",
    "tested": "Hồ sơ thử",
}
CHECK_WHY: dict[str, str] = {
    "decided": "Có văn bản chuyển lĩnh vực.",
    "system": "Hệ thống của bộ đang hoạt động, chứng thư còn hạn.",
    "connected": "Kết nối với đối tác của hệ thống đang ở trạng thái hoạt động.",
    "approved": "Mọi quy trình của cơ quan cho lĩnh vực này có quyết định.",
    "staffed": "Mọi bước của quy trình có người được phân công.",
    "exported": "Quy trình, tài khoản đã xuất cho bộ và từ đó đến nay không đổi.",
    "read_back": "Cấu hình đọc lại từ bộ khớp với bản đã xuất: bước, thời hạn, con người.",
    "tested": "Một hồ sơ thử đã có kết quả do hệ thống của bộ báo về.",
}
DIFFERENCE: dict[str, str] = {
    "procedure_missing": "Bộ chưa cấu hình thủ tục",
    "procedure_unknown": "Bộ có thủ tục không thuộc lĩnh vực này ở đây",
    "term": "Thời hạn của thủ tục khác",
    "step_missing": "Thiếu bước",
    "step_unknown": "Thừa bước",
    "step_order": "Thứ tự bước khác",
    "step_term": "Thời hạn của bước khác",
    "people": "Người của bước khác",
    "account_missing": "Chưa có tài khoản",
    "account_unknown": "Tài khoản không có trong phân công",
}
LEFT: dict[str, str] = {
    "open": "còn mở ở đây",
    "stuck": "đang kẹt",
    "failed": "gửi lỗi",
    "after": "nhận ở đây sau lúc chuyển",
}
ACT_HINT = "để trống: từ bây giờ; không được trước bây giờ"
PROCESS_COLUMNS = (
    ("Cơ quan", 34),
    ("Mã thủ tục", 12),
    ("Thủ tục", 50),
    ("Thời hạn", 18),
    ("Quy trình", 22),
    ("Quyết định", 22),
    ("Thứ tự", 8),
    ("Bước", 28),
    ("Thời hạn bước", 16),
    ("Tài khoản", 36),
)
ACCOUNT_COLUMNS = (("Cơ quan", 40), ("Tài khoản", 26), ("Họ tên", 30), ("Vai trò", 50))
PROCESS_TITLE = "Quy trình cần cấu hình trên hệ thống của bộ – {field}"
ACCOUNT_TITLE = "Tài khoản cần mở trên hệ thống của bộ – {field}"
EXPORTED = "Đã xuất quy trình, tài khoản của {many} cơ quan; tải tệp ở dưới."
READ_BACK = "Đã đọc cấu hình của {many} cơ quan: {differences} điểm khác."
TEST_NOTED = "Đã ghi hồ sơ thử {code}; tự đạt khi hệ thống của bộ báo có kết quả."
ACTED = "{act}: đã ghi, có hiệu lực từ {at}."


def because(reason: Because) -> str:
    """One reason as a sentence without its full stop, with its decision and source."""
    at = short(reason.at) if reason.at else ""
    said = GROUND[reason.ground].format(fact=reason.fact, at=at)
    # A source that only repeats the decision says nothing new.
    told = reason.source if reason.decision in reason.source else reason.decision
    return f"{said} (căn cứ: {told})" if told else said


def told(aspect: str, value: str) -> str:
    """A value in which two systems disagree, as people read it."""
    if aspect in ("received", "due") and value:
        return short(datetime.fromisoformat(value))
    return HOME if (aspect, value) == ("place", "provincial") else _OVER.get(value, value)
