"""One Vietnamese sentence for each fault of a plan, with its line."""

from __future__ import annotations

from thongsuot.domain.reorganisation import Becomes, OperationKind, PlanFault, Subject
from thongsuot.domain.reorganisation import PlanFaultKind as Kind
from thongsuot.words.plans import keys

SENTENCES: dict[Kind, str] = {
    Kind.NOT_YAML: "Không đọc được phương án từ đây: {why}.",
    Kind.TOO_LARGE: "Phương án dài quá {longest}; hãy chia thành nhiều phương án.",
    Kind.TOO_DEEP: "Các mục lồng nhau quá sâu; hãy xem lại cách thụt dòng.",
    Kind.ALIAS_IN_TEXT: "Không dùng dấu & và * để nhắc lại; hãy viết đủ nội dung, hoặc đặt trong dấu nháy.",
    Kind.KEY_UNKNOWN: "Không có mục “{key}”; ở đây chỉ có: {wanted}.",
    Kind.KEY_REPEATED: "Mục “{key}” viết hai lần; hãy giữ một.",
    Kind.KEY_MISSING: "Thiếu mục “{key}”; hãy bổ sung.",
    Kind.VALUE_WRONG: "Giá trị “{given}” của mục “{key}” không đúng; cần {wanted}.",
    Kind.CODE_MALFORMED: "“{given}” không phải mã cơ quan theo lối mới; ví dụ H35.101.",
    Kind.NO_OPERATIONS: "Phương án chưa có thao tác nào; hãy thêm ít nhất một.",
    Kind.NO_BASIS: "Phương án chưa ghi căn cứ pháp lý; hãy ghi số, ký hiệu văn bản.",
    Kind.TERM_WITHOUT_BASIS: (
        "Phương án lùi hạn của hồ sơ mà chưa ghi căn cứ hoặc số ngày; hãy ghi, hoặc bỏ mục “hạn thêm”."
    ),
    Kind.BODY_UNKNOWN: "Không có cơ quan mã {given}; hãy sửa mã, hoặc thêm thao tác “lập”.",
    Kind.BODY_CLOSED: "Cơ quan {given} đã kết thúc trước ngày {on}; hãy chọn cơ quan còn hoạt động.",
    Kind.CODE_TAKEN: "Mã {given} đã cấp cho một cơ quan, không cấp lại; hãy chọn mã khác.",
    Kind.PLACE_UNKNOWN: "Không có xã, phường mã {given}; hãy sửa mã địa bàn.",
    Kind.PROCEDURE_UNKNOWN: "Danh mục không có thủ tục {given}; hãy sửa mã thủ tục.",
    Kind.FIELD_UNKNOWN: "Danh mục không có lĩnh vực “{given}”; hãy sửa tên lĩnh vực.",
    Kind.TWO_ENDS: (
        "Cơ quan {body} đã kết thúc hoặc chia ở thao tác {first}, nên thao tác {second} không làm "
        "gì được nữa; hãy giữ một."
    ),
    Kind.SAID_TWICE: "Thao tác {first} và {second} cùng đổi một điều của cơ quan {body}; hãy giữ một.",
    Kind.TWO_HEIRS: (
        "Hai phần việc của cơ quan {body} cùng nhận một loại hồ sơ nhưng về hai nơi; hãy ghi rõ hơn "
        "một trong hai."
    ),
    Kind.NO_FALLBACK: "Cơ quan {body} chưa có nơi nhận phần còn lại; hãy ghi mục “còn lại”.",
    Kind.NO_SHARES: "Cơ quan {body} chưa có phần việc nào để giao; hãy ghi mục “phần việc”.",
    Kind.DAYS_DO_NOT_FIT: "Ngày “nhận trước” ({end}) phải sau ngày “nhận từ” ({start}).",
    Kind.CIRCLE_OF_HEIRS: "Các cơ quan giao việc vòng tròn: {bodies}; hãy bỏ một bước.",
    Kind.CIRCLE_OF_PARENTS: "Các cơ quan thuộc nhau vòng tròn: {bodies}; hãy sửa cấp trên.",
    Kind.PARENT_ENDS: (
        "Cơ quan {body} vẫn thuộc {parent} là cơ quan kết thúc; hãy thêm thao tác “đổi cấp trên” "
        "hoặc “nhập” cho cơ quan này."
    ),
    Kind.TWO_IN_ONE_PLACE: "Hai cơ quan {first} và {second} cùng ở địa bàn {place}; hãy sửa một.",
    Kind.NOT_TO_BE_STATED: (
        "Không trả lời được “{subject}” là “{becomes}” cho việc {operation}; hãy bỏ dòng này để theo "
        "quy tắc chung."
    ),
    Kind.INTO_ITSELF: "Cơ quan {body} không thể nhập hay giao việc cho chính mình; hãy sửa nơi nhận.",
}


def sentence(fault: PlanFault) -> str:
    """The fault in one sentence, with its line where it has one."""
    facts = dict(fault.facts)
    if fault.kind is Kind.NOT_TO_BE_STATED:
        facts["subject"] = keys.SUBJECTS[Subject(facts["subject"])]
        facts["becomes"] = keys.BECOMING[Becomes(facts["becomes"])]
        facts["operation"] = keys.KINDS[OperationKind(facts["operation"])]
    said = " ".join(SENTENCES[fault.kind].format_map(facts).split())
    return f"Dòng {fault.line}: {said}" if fault.line else said


def told(fault: PlanFault) -> dict[str, str | int]:
    """The fault for machines."""
    return {"code": fault.kind.value, "line": fault.line, "message": sentence(fault)}
