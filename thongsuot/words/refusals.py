"""One Vietnamese sentence for each refusal: what is wrong, where, how to mend it."""

from thongsuot.domain.refusal import Refusal

SENTENCES: dict[str, str] = {
    # -- identifiers
    "office_code_too_long": (
        "Mã cơ quan dài {length} ký tự, nhiều nhất là {longest}; xem lại mã, ví dụ H35.101."
    ),
    "office_code_malformed": (
        "“{given}” không phải mã cơ quan: chỉ gồm chữ số, chữ in hoa và dấu chấm giữa các "
        "nhóm, ví dụ H35.101 hoặc 000.00.20.H35."
    ),
    "office_code_without_root": (
        "Mã cơ quan “{given}” thiếu mã bộ hoặc tỉnh (một chữ từ A đến Y và hai chữ số) ở đầu "
        "hoặc, theo lối cũ, ở cuối; ví dụ H35.101 hoặc 000.00.20.H35."
    ),
    "procedure_code_malformed": (
        "“{given}” không phải mã thủ tục: cần dạng 1.001193, 1.001193.H35 hoặc "
        "1.001193.000.00.00.H35."
    ),
    "dossier_code_malformed": (
        "“{given}” không phải mã hồ sơ: cần mã cơ quan, ngày sáu chữ số và số thứ tự từ bốn chữ "
        "số, ví dụ H35.101-260115-0007."
    ),
    "dossier_code_has_no_such_day": (
        "Mã hồ sơ “{given}” có phần ngày “{day}” không phải một ngày từ 2000 đến 2099; "
        "phần này ghi năm, tháng, ngày, ví dụ 260115."
    ),
    "not_a_central_code": (
        "“{given}” không phải mã của hệ thống tập trung: sau ngày cần hai chữ số của bộ rồi từ "
        "bốn chữ số thứ tự, và mã cơ quan viết theo lối mới; ví dụ H35.101.02-260115-150007."
    ),
    "dossier_number_out_of_range": "Số thứ tự hồ sơ là {number}; phải từ 1 trở lên.",
    "person_number_malformed": (
        "Số định danh cá nhân gồm đúng 12 chữ số, nhưng nội dung nhập có {length} ký tự hoặc có "
        "ký tự khác chữ số; xem lại trên thẻ căn cước."
    ),
    # -- spans
    "span_ends_before_it_starts": (
        "Khoảng ngày kết thúc ({end}) không sau ngày bắt đầu ({start}); sửa lại một trong hai."
    ),
    # -- workdays
    "no_calendar_for_year": (
        "Chưa có lịch làm việc của năm {year}; nạp lịch của năm đó rồi tính lại."
    ),
    "moment_without_zone": (
        "Thời điểm “{given}” không ghi múi giờ; ghi thêm +07:00 sau giờ, phút."
    ),
    "hours_malformed": (
        "Giờ làm việc “{given}” không đúng: mỗi buổi cần giờ mở trước giờ đóng, tròn phút, và "
        "các buổi xếp theo thứ tự; ví dụ 07:30–11:30, 13:30–17:00."
    ),
    "hours_missing": "Ngày {day} chưa có giờ làm việc nào có hiệu lực; khai báo giờ cho ngày đó.",
    "hours_overlap": (
        "Ngày {day} có hai bộ giờ làm việc cùng có hiệu lực; sửa hiệu lực để chỉ còn một."
    ),
    "half_day_without_hours": (
        "Ngày làm việc nửa ngày {day} chưa ghi giờ làm việc; ghi giờ, hoặc ghi buổi sáng hay "
        "buổi chiều."
    ),
    "day_given_twice": "Lịch ghi ngày {day} hai lần; giữ lại một dòng.",
    # -- deadline
    "term_malformed": (
        "“{given}” không phải thời hạn: cần một số và đơn vị, ví dụ 15 ngày làm việc, "
        "0,5 ngày làm việc, 8 giờ làm việc, 24 giờ, 15 ngày, 1 tháng."
    ),
    "term_unit_unknown": (
        "Thời hạn “{given}” có đơn vị lạ; dùng ngày làm việc, buổi, giờ làm việc, giờ, ngày "
        "hoặc tháng."
    ),
    "term_not_in_halves": (
        "Thời hạn “{given}” không tính được: chỉ nhận số tròn hoặc số rưỡi, ví dụ 1 hoặc 1,5; "
        "không dùng dấu ngăn hàng nghìn."
    ),
    "half_calendar_term": (
        "Thời hạn “{given}” không tính được: ngày lịch và tháng không có nửa; ghi bằng giờ "
        "(12 giờ) hoặc ngày làm việc (0,5 ngày làm việc)."
    ),
    "term_out_of_range": "Thời hạn phải lớn hơn 0 và không quá {most}; sửa lại con số.",
    "pause_ends_before_it_starts": (
        "Lần tạm dừng kết thúc ({end}) không sau lúc bắt đầu ({start}); sửa lại một trong hai."
    ),
    "no_counting_rules_on_day": (
        "Ngày {day} chưa có quy tắc tính thời hạn nào có hiệu lực; khai báo quy tắc cho ngày đó."
    ),
}


def sentence(refusal: Refusal) -> str:
    """The refusal as one sentence for the person at the door."""
    return SENTENCES[refusal.code].format_map({**refusal.facts, "where": refusal.where})
