"""How a migration is told: its steps, its books, and every defect in one sentence."""

from __future__ import annotations

DATABASE, FILES, TEMPORARY = "cơ sở dữ liệu", "tệp giấy tờ", "tệp tạm"
FILES_CAME = "Tệp thiếu lúc nạp đã được bổ sung"
NEWER_EXPORT = "Hệ thống cũ báo lại trong bản xuất mới hơn"
BY_HAND = "người quyết định"
RULES: dict[str, str] = {
    "layout": "bảng trạng thái của cách đọc",
    "same_code": "trùng mã",
    "same_name": "trùng tên",
    "several": "nhiều mã cùng tên: {known}",
    "like": "gợi ý: {code} (giống {share}%)",
}
STATE: dict[str, str] = {
    "reading": "Đang đọc",
    "read": "Đã đọc, chờ ánh xạ",
    "loading": "Đang nạp",
    "loaded": "Đã nạp, chờ ký",
    "signed": "Đã ký",
    "closed": "Đã đóng",
}
OUTCOME: dict[str, str] = {
    "loaded": "Đã nạp",
    "remarked": "Đã nạp, có lưu ý",
    "refused": "Từ chối",
    "already_there": "Đã có",
}
WANTED: dict[str, str] = {"rehearse": "diễn tập", "load": "nạp"}
ASKED: dict[str, str] = {
    "rehearse": "Đã nhờ máy diễn tập; trang này cho biết đến đâu.",
    "load": "Đã nhờ máy nạp; trang này cho biết đến đâu.",
    "sign_maps": "Đã ký bảng ánh xạ.",
    "sign": "Đã ký kết quả.",
    "close": "Đã đóng đợt chuyển: mọi hồ sơ đều có nơi, không còn gì chờ.",
    "compare": "Đã nhờ máy đối chiếu với hồ sơ ở đây; kết quả ở trang đối chiếu.",
}
BALANCE: tuple[tuple[str, str], ...] = (
    ("received", "Hồ sơ hệ thống cũ kể"),
    ("migrated", "Đã chuyển vào đây"),
    ("finished_here", "Đã giải quyết xong ở đây"),
    ("refused", "Từ chối, có lý do"),
    ("pending", "Còn chờ"),
)
KNOWLEDGE: dict[str, str] = {
    "whole": "biết đủ các cột",
    "partly": "biết một phần",
    "largely_unknown": "phần lớn chưa biết",
}
STEPS: tuple[str, ...] = ("Đọc", "Ánh xạ, hai người ký", "Diễn tập", "Nạp", "Hai người ký", "Đóng")
KIND: dict[str, str] = {
    "procedure": "Thủ tục",
    "office": "Cơ quan",
    "status": "Trạng thái",
    "person": "Cán bộ",
}
FIELD: dict[str, str] = {
    "code": "mã hồ sơ",
    "procedure": "thủ tục",
    "procedure_name": "tên thủ tục",
    "office": "cơ quan giải quyết",
    "office_name": "tên cơ quan",
    "field": "lĩnh vực",
    "channel": "cách nộp",
    "applicant": "người nộp",
    "applicant_kind": "loại đối tượng",
    "applicant_number": "số giấy tờ",
    "phone": "số điện thoại",
    "email": "thư điện tử",
    "address": "địa chỉ",
    "place": "đơn vị hành chính",
    "proxy": "người nộp thay",
    "received_at": "ngày tiếp nhận",
    "due_at": "ngày hẹn trả",
    "ended_at": "ngày kết thúc xử lý",
    "returned_at": "ngày trả kết quả",
    "status": "trạng thái",
    "holder": "người đang xử lý",
    "result_number": "số kết quả",
    "reason": "lý do",
    "note": "ghi chú",
    "supplement_asked_at": "ngày yêu cầu bổ sung",
    "supplement_reason": "nội dung bổ sung",
    "supplement_received_at": "ngày bổ sung",
    "supplement_due_at": "hẹn trả sau bổ sung",
    "fee_how": "cách trả tiền",
    "national_code": "mã Cổng DVCQG",
    "files": "tệp",
    "at": "thời điểm của bước",
    "did": "việc đã làm",
    "by": "người làm",
}
DEFECT: dict[str, str] = {
    "code_missing": "Dòng không có mã hồ sơ; hãy bổ sung mã trong tệp rồi nạp lại.",
    "code_repeated": (
        "Mã {given} đã có ở dòng trước với nội dung khác; hãy giữ một dòng đúng rồi nạp lại."
    ),
    "code_taken": "Mã {given} đang là mã của một hồ sơ khác trong hệ thống này; cần người đối chiếu.",
    "code_too_long": "Mã {given} dài hơn 60 ký tự nên không phải mã hồ sơ; hãy sửa mã rồi nạp lại.",
    "header_repeated": "Dòng này lặp lại tiêu đề cột, không phải hồ sơ.",
    "row_cut": "Dòng bị cụt, thiếu các cột cuối; hãy xuất lại hồ sơ này rồi nạp lại.",
    "receipt_missing": (
        "Không có ngày tiếp nhận đọc được (“{given}”); hãy bổ sung trong tệp rồi nạp lại."
    ),
    "receipt_in_future": "Ngày tiếp nhận {given} sau lúc xuất tệp; hãy sửa ngày rồi nạp lại.",
    "not_received_yet": "Hồ sơ mới đăng ký, chưa được tiếp nhận; việc tiếp nhận làm ở quầy.",
    "procedure_unmapped": "Thủ tục “{given}” chưa có ánh xạ; hãy thêm dòng ánh xạ rồi nạp lại.",
    "procedure_unknown": "Thủ tục {made} (từ “{given}”) không có trong danh mục; hãy nạp danh mục trước.",
    "office_unmapped": "Cơ quan “{given}” chưa có ánh xạ; hãy thêm dòng ánh xạ rồi nạp lại.",
    "office_unknown": "Cơ quan {made} (từ “{given}”) không có trong danh bạ; hãy sửa ánh xạ.",
    "office_closed": (
        "Hồ sơ đang xử lý ở cơ quan đã kết thúc hoạt động ({made}); hãy ánh xạ sang nơi kế thừa."
    ),
    "status_unmapped": "Trạng thái “{given}” chưa có ánh xạ; hãy thêm dòng ánh xạ rồi nạp lại.",
    "no_process": "Thủ tục {given} chưa có quy trình để xử lý tiếp; hãy khai báo quy trình rồi nạp lại.",
    "continued_here": "Hồ sơ {given} đã được xử lý tiếp ở đây; lời kể của hệ thống cũ không ghi đè.",
    "older_export": "Hồ sơ {given} đã được nạp từ bản xuất mới hơn bản này.",
    "day_elsewise": "Ô {field} ghi “{given}”, khác cách ghi ngày của tệp; đã đọc là {made}.",
    "day_unreadable": "Ô {field} ghi “{given}”, không đọc được thành ngày; để trống, không đoán.",
    "not_composed": "Ô {field} dùng dấu tổ hợp (NFD); đã chuyển sang dựng sẵn (NFC).",
    "number_as_float": "Ô {field} bị bảng tính đổi thành số (“{given}”); đã đọc lại là {made}.",
    "status_against_dates": (
        "Trạng thái nói đang xử lý nhưng có ngày kết thúc {given}; giữ trạng thái, bỏ trống ngày kết thúc."
    ),
    "status_rewritten": (
        "Trạng thái “{given}” có thể đã bị ghi đè thành xong: quá trình xử lý chưa có bước kết thúc."
    ),
    "end_missing": "Hồ sơ đã xong nhưng không có ngày kết thúc; để trống và liệt kê.",
    "end_before_receipt": "Ngày kết thúc {given} trước ngày tiếp nhận; để trống, giữ ngày gốc bên cạnh.",
    "end_in_future": "Ngày kết thúc {given} sau lúc xuất tệp; để trống, giữ ngày gốc bên cạnh.",
    "due_missing": "Không có ngày hẹn trả; để trống, không tự tính thay.",
    "due_before_receipt": "Ngày hẹn trả {given} trước ngày tiếp nhận; giữ như đã báo.",
    "place_unknown": "Đơn vị hành chính “{given}” không có trong danh mục của ngày đó; để trống.",
    "person_unmapped": "Cán bộ “{given}” chưa có ánh xạ; hồ sơ chưa có người giữ, chờ phân công.",
    "applicant_missing": "Hệ thống cũ không ghi người nộp; để trống.",
    "person_number_length": "Số giấy tờ có {given} ký tự, không phải số hợp lệ; không dùng để tra cứu.",
    "identity_placeholder": "Số giấy tờ là số điền cho có; không dùng để tra cứu.",
    "submitted_as_result": "Tệp kết quả {given} giống hệt một tệp người dân nộp; không nhận làm kết quả.",
    "file_missing": "Thiếu tệp {given}; hãy chép tệp vào thư mục rồi nạp lại.",
    "file_changed": "Tệp {given} khác mã băm đã báo, bị hỏng hoặc sai loại; không nhận tệp này.",
    "fee_without_way": "Khoản thu {made} đồng không rõ cách trả (“{given}”); chỉ giữ trong bản gốc.",
    "text_too_long": "Ô {field} dài hơn chỗ chứa; đã rút gọn, bản đầy đủ giữ bên cạnh.",
    "version_not_in_force": "Ngày đó chưa có bản thủ tục còn hiệu lực; đã lấy bản gần nhất {made}.",
    "channel_unknown": "Cách nộp “{given}” không rõ; ghi là trực tiếp theo quy ước của QĐ 766.",
    "core_changed": "Bản xuất mới đổi ô {field} ({given} → {made}); giữ như lần nạp trước, cần người đối chiếu.",
}
_EMPTY = "không ghi"


def defect(finding: dict[str, str]) -> str:
    """One finding as a sentence of the office."""
    field = finding.get("field", "")
    return DEFECT[finding["defect"]].format(
        field=FIELD.get(field, field),
        given=finding.get("given") or _EMPTY,
        made=finding.get("made") or _EMPTY,
    )


DEFECT_NAME: dict[str, str] = {
    "code_missing": "Thiếu mã hồ sơ",
    "code_repeated": "Mã lặp lại, nội dung khác",
    "code_taken": "Mã của hồ sơ khác",
    "code_too_long": "Mã quá dài",
    "header_repeated": "Tiêu đề cột lặp lại",
    "row_cut": "Dòng bị cụt",
    "receipt_missing": "Thiếu ngày tiếp nhận",
    "receipt_in_future": "Ngày tiếp nhận ở tương lai",
    "not_received_yet": "Chưa được tiếp nhận",
    "procedure_unmapped": "Thủ tục chưa ánh xạ",
    "procedure_unknown": "Thủ tục không có ở đây",
    "office_unmapped": "Cơ quan chưa ánh xạ",
    "office_unknown": "Cơ quan không có ở đây",
    "office_closed": "Cơ quan đã kết thúc, hồ sơ còn mở",
    "status_unmapped": "Trạng thái chưa ánh xạ",
    "no_process": "Chưa có quy trình xử lý tiếp",
    "continued_here": "Đã xử lý tiếp ở đây",
    "older_export": "Bản xuất cũ hơn",
    "day_elsewise": "Ngày ghi khác cách chung",
    "day_unreadable": "Ngày không đọc được",
    "not_composed": "Dấu tổ hợp (NFD)",
    "number_as_float": "Số bị đổi kiểu",
    "status_against_dates": "Trạng thái trái với ngày",
    "status_rewritten": "Trạng thái có thể bị ghi đè",
    "end_missing": "Thiếu ngày kết thúc",
    "end_before_receipt": "Kết thúc trước tiếp nhận",
    "end_in_future": "Kết thúc ở tương lai",
    "due_missing": "Thiếu ngày hẹn trả",
    "due_before_receipt": "Hẹn trả trước tiếp nhận",
    "place_unknown": "Đơn vị hành chính lạ",
    "person_unmapped": "Cán bộ chưa ánh xạ",
    "applicant_missing": "Thiếu người nộp",
    "person_number_length": "Số giấy tờ sai độ dài",
    "identity_placeholder": "Số giấy tờ điền cho có",
    "submitted_as_result": "Tệp nộp gửi làm kết quả",
    "file_missing": "Thiếu tệp",
    "file_changed": "Tệp khác mã băm",
    "fee_without_way": "Khoản thu không rõ cách trả",
    "text_too_long": "Chữ quá dài",
    "version_not_in_force": "Bản thủ tục chưa hiệu lực",
    "channel_unknown": "Cách nộp không rõ",
    "core_changed": "Bản mới đổi nội dung gốc",
}

MAPS_KEPT = "Đã ghi {many} dòng ánh xạ."
ROWS_TITLE = "Các dòng của đợt chuyển dữ liệu số {number}"
ROWS_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Tệp", 24),
    ("Dòng", 8),
    ("Mã hồ sơ", 28),
    ("Kết quả", 16),
    ("Lý do", 90),
)
