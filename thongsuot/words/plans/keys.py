"""The Vietnamese words of a plan's text, each for one name in the code."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from thongsuot.domain.directory import Level, OfficeKind
from thongsuot.domain.dossier import Status
from thongsuot.domain.reorganisation import Becomes, OperationKind, Subject

Known = TypeVar("Known", bound=StrEnum)

ID, TITLE, PROVINCE, ON, BASIS = "phương án", "tên", "tỉnh", "hiệu lực", "căn cứ"
LONGER, WORKING_DAYS, OPERATIONS = "hạn thêm", "số ngày làm việc", "thao tác"
WORK, CODE, NAME, KIND, LEVEL = "việc", "mã", "tên", "loại", "cấp"
PARENT, PLACE, BODY, NEW_CODE, INTO = "thuộc", "địa bàn", "cơ quan", "mã mới", "vào"
SHARES, OTHERWISE, STATED, TO = "phần việc", "còn lại", "trả lời", "về"
PROCEDURES, FIELDS, SOLVED_AT = "thủ tục", "lĩnh vực", "cấp giải quyết"
OLD_PLACES, NEW_PLACES = "địa bàn cũ", "địa bàn mới"
FROM, BEFORE, STATUSES = "nhận từ", "nhận trước", "trạng thái"
SUBJECT, BECOMES = "của", "thành"
OF_PLACE = "xã của địa bàn"

KINDS: dict[OperationKind, str] = {
    OperationKind.CREATE: "lập",
    OperationKind.RENAME: "đổi tên",
    OperationKind.RECODE: "đổi mã",
    OperationKind.REPARENT: "đổi cấp trên",
    OperationKind.MERGE: "nhập",
    OperationKind.SPLIT: "chia",
    OperationKind.ABOLISH: "kết thúc",
    OperationKind.MOVE_FUNCTION: "chuyển chức năng",
    OperationKind.MERGE_PROVINCES: "nhập tỉnh",
}
LEVELS: dict[Level, str] = {Level.PROVINCE: "tỉnh", Level.DISTRICT: "huyện", Level.COMMUNE: "xã"}
OFFICE_KINDS: dict[OfficeKind, str] = {
    OfficeKind.PROVINCE: "ủy ban tỉnh",
    OfficeKind.DEPARTMENT: "sở",
    OfficeKind.DISTRICT: "ủy ban huyện",
    OfficeKind.COMMUNE: "ủy ban xã",
    OfficeKind.SERVICE_CENTRE: "trung tâm",
    OfficeKind.VERTICAL: "ngành dọc",
    OfficeKind.OTHER: "khác",
}
STATUS: dict[Status, str] = {
    Status.REGISTERED: "mới đăng ký",
    Status.RECEIVED: "được tiếp nhận",
    Status.NOT_RECEIVED: "không được tiếp nhận",
    Status.PROCESSING: "đang xử lý",
    Status.WAITING_SUPPLEMENT: "chờ bổ sung",
    Status.WAITING_PAYMENT: "chờ nghĩa vụ tài chính",
    Status.WITHDRAWN: "rút hồ sơ",
    Status.STOPPED: "dừng xử lý",
    Status.FINISHED: "đã xử lý xong",
    Status.RETURNED: "đã trả kết quả",
}
SUBJECTS: dict[Subject, str] = {
    Subject.DOSSIERS: "hồ sơ",
    Subject.STEPS: "bước xử lý",
    Subject.ROSTERS: "bảng phân công",
    Subject.PROCESSES: "quy trình",
    Subject.ACCOUNTS: "tài khoản",
    Subject.ROLES: "vai trò",
    Subject.SUBSTITUTIONS: "thay thế khi vắng",
    Subject.RECEPTION_POINTS: "quầy tiếp nhận",
    Subject.REPORT_ROUTES: "nơi nhận báo cáo",
    Subject.REPORT_DUTIES: "việc báo cáo",
    Subject.CODES: "mã định danh",
    Subject.CERTIFICATES: "chứng thư số",
    Subject.EMAIL_ADDRESSES: "thư điện tử",
    Subject.SHARED_SYSTEMS: "hệ thống dùng chung",
    Subject.NETWORK_LINKS: "đường truyền",
}
BECOMING: dict[Becomes, str] = {
    Becomes.STAYS: "giữ nguyên",
    Becomes.FOLLOWS_HEIR: "theo nơi nhận hồ sơ",
    Becomes.FOLLOWS_BODY: "đi theo cơ quan",
    Becomes.CLOSES: "đóng",
    Becomes.ALIAS: "dẫn đến mã mới",
    Becomes.TO_ISSUE: "cấp mới",
    Becomes.TO_CHANGE: "thay đổi",
    Becomes.TO_REVOKE: "thu hồi",
}


def known(words: dict[Known, str]) -> dict[str, Known]:
    """The same words, to be read."""
    return {word: name for name, word in words.items()}
