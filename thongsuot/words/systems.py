"""How shared systems, certificates, readiness and incidents are spoken of."""

from __future__ import annotations

from collections.abc import Mapping

from thongsuot.domain.shared_systems import Gone, NewWay, Passage, Remedy, Trouble

SYSTEM_KIND: dict[str, str] = {
    "document": "Văn bản và điều hành",
    "email": "Thư điện tử",
    "report": "Báo cáo",
    "network": "Mạng truyền số liệu",
    "procedures": "Giải quyết thủ tục",
    "other": "Khác",
}
ENTRY_KIND: dict[str, str] = {
    "unit": "Đơn vị",
    "account": "Tài khoản",
    "right": "Quyền",
    "address": "Địa chỉ",
    "link": "Đường truyền",
    "flow": "Luồng",
}
FINDING_STATE: dict[str, str] = {
    "": "Mới thấy, chưa ghi",
    "found": "Đã ghi nhận",
    "proposed": "Đã đề xuất",
    "accepted": "Đã thống nhất",
    "done": "Đã làm xong",
    "waived": "Được để lại",
}
FINDING_STEP: dict[str, str] = {
    "find": "Ghi nhận",
    "propose": "Đề xuất",
    "accept": "Thống nhất",
    "finish": "Ghi đã làm xong",
    "waive": "Để lại, có lý do",
}
STEP_HINT = "bắt buộc khi đề xuất, khi ghi đã làm xong và khi để lại; thống nhất thì không cần"
FINDINGS_TITLE = "Mục còn đi qua cơ quan đã kết thúc hoạt động hoặc cấp huyện"
COLUMNS = (
    ("Hệ thống", 28),
    ("Loại", 14),
    ("Ký hiệu", 26),
    ("Đang đi", 46),
    ("Vì sao phải chuyển", 50),
    ("Đề xuất", 46),
    ("Tình trạng", 16),
)
DONE_SOURCE = "theo kết quả rà soát số {number}"
NAMED_BODY = "{name} ({code})"

_TROUBLE = {
    Trouble.CLOSED: "{body} đã kết thúc hoạt động từ {since}",
    Trouble.DISTRICT: "{body} thuộc cấp huyện, hệ thống này không còn đi qua cấp huyện",
    Trouble.UNKNOWN: "Danh bạ không có cơ quan mang mã {code}",
}
_HEIRS = "; tiếp nhận: {heirs}"
_NO_HEIR = "; chưa có cơ quan tiếp nhận trong danh bạ"
_REMEDY = {
    Remedy.DIRECT: "Nối thẳng, bỏ khâu trung gian: {ways}",
    Remedy.REPLACE: "Thay bằng: {ways}",
    Remedy.CLOSE: "Đóng: không còn nơi nào cần, hoặc nơi tiếp nhận đã có",
}

Names = Mapping[str, str]


def body(code: str, names: Names) -> str:
    """A body by name and code."""
    return NAMED_BODY.format(name=names[code], code=code) if code in names else code


def trouble(gone: Gone, names: Names) -> str:
    """Why a body may not be spoken of any more, and who follows it."""
    since = f"{gone.since:%d/%m/%Y}" if gone.since else ""
    said = _TROUBLE[gone.trouble].format(
        body=NAMED_BODY.format(name=gone.name, code=gone.code), code=gone.code, since=since
    )
    if gone.trouble is Trouble.UNKNOWN:
        return said
    following = ", ".join(body(heir, names) for heir in gone.heirs)
    return said + (_HEIRS.format(heirs=following) if following else _NO_HEIR)


def why(passage: Passage, names: Names) -> tuple[str, ...]:
    """What is wrong with an entry, body by body."""
    return tuple(trouble(gone, names) for gone in passage.gone)


def remedy(kind: Remedy, ways: tuple[NewWay, ...], names: Names) -> str:
    """What is proposed for an entry."""
    return _REMEDY[kind].format(ways="; ".join(way(one, names) for one in ways))


def way(one: NewWay, names: Names) -> str:
    """From whom to whom, through whom."""
    return " → ".join(body(code, names) for code in (one.office, *one.via, one.other) if code)


# -- certificates
CERTIFICATE_HOLDER: dict[str, str] = {"body": "Cơ quan", "person": "Cá nhân"}
CERTIFICATE_TASK: dict[str, str] = {"issue": "Cấp mới", "change": "Thay đổi", "revoke": "Thu hồi"}
TURN: dict[str, str] = {
    "begins": "bắt đầu hoạt động",
    "ends": "kết thúc hoạt động",
    "renamed": "đổi tên",
}
CERTIFICATE_STATE: dict[str, str] = {
    "in_force": "Đang hiệu lực",
    "later": "Chưa đến ngày",
    "expired": "Hết hạn",
    "revoked": "Đã thu hồi",
}
REGISTERED_BY = "{name} ghi vào sổ"

# -- readiness
READINESS_ITEM: dict[str, str] = {
    "devices": "Thiết bị đầu cuối",
    "link": "Đường truyền",
    "accounts": "Tài khoản ở quầy",
    "roster": "Bảng phân công",
    "certificates": "Chứng thư ký số",
    "training": "Đã dự tập huấn",
    "rules": "Đã xác nhận quy chế",
    "hotline": "Đường dây nóng",
    "notice": "Niêm yết thông báo",
}
READINESS_VERDICT: dict[str, str] = {
    "ready": "Sẵn sàng",
    "not_ready": "Chưa sẵn sàng",
    "waived": "Được để lại",
}
_COUNTED: dict[str, str] = {
    "link": "{count} đường truyền trong danh mục",
    "accounts": "{count} tài khoản tiếp nhận đang dùng",
    "roster": "{count} dòng phân công đang hiệu lực",
    "certificates": "{count} chứng thư của cơ quan đang hiệu lực",
    "training": "{count} người đã dự",
    "rules": "{count} người đã xác nhận",
    "hotline": "{count} đường dây nóng đã công bố",
}
_MISSING = "; còn thiếu: {missing}"
NO_RULES = "chưa có quy chế nào trong sổ"
NO_TRAINING = "chưa có buổi tập huấn nào trong sổ"
NOT_NOTED = "Chưa ai ghi nhận"

# -- incidents
INCIDENT_STEP: dict[str, str] = {
    "find": "Phát hiện",
    "tell": "Thông báo",
    "pause": "Tạm dừng tính thời hạn",
    "fix": "Khắc phục xong",
}
PAUSED_STATE: dict[str, str] = {
    "chosen": "Chờ tạm dừng",
    "paused": "Đang tạm dừng",
    "resumed": "Đã chạy tiếp",
    "refused": "Không tạm dừng được",
}
PAUSED_FOR = "{many} hồ sơ"
INCIDENTS_TITLE = "Sổ theo dõi sự cố"
INCIDENT_COLUMNS = (
    ("Số", 6),
    ("Sự cố", 46),
    ("Hệ thống", 24),
    ("Phát hiện lúc", 18),
    ("Người phát hiện", 24),
    ("Thông báo lúc", 18),
    ("Số thông báo", 24),
    ("Khắc phục lúc", 18),
    ("Đã làm gì", 40),
    ("Hồ sơ tạm dừng", 16),
)

# -- training
LESSON_KIND: dict[str, str] = {"training": "Tập huấn", "rules": "Quy chế vận hành"}

# -- run-off
HINDRANCE: dict[str, str] = {
    "late": "Đã quá hạn",
    "waiting": "Đang tạm dừng",
    "due_after": "Hạn sau ngày chuyển",
    "steps": "Còn nhiều bước hơn số ngày làm việc",
}
HINDRANCE_WHY: dict[str, str] = {
    "late": "Hạn đã qua mà chưa xong; phải xin lỗi và bàn giao kèm lý do.",
    "waiting": "Đang chờ bổ sung, nộp tiền, ý kiến hoặc có sự cố; không biết khi nào chạy tiếp.",
    "due_after": "Hạn trả nằm sau thời điểm chuyển; được bàn giao, hạn giữ nguyên.",
    "steps": (
        "Ước tính mỗi bước ít nhất một ngày làm việc; số bước còn lại nhiều hơn số ngày còn lại."
    ),
}


def counted(item: str, count: int, missing: tuple[str, ...]) -> str:
    """What data knows of an item of a reception point."""
    said = _COUNTED[item].format(count=count)
    return said + (_MISSING.format(missing=", ".join(missing)) if missing else "")
