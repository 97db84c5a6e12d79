"""What invented officials and applicants write, where an act asks for words."""

from __future__ import annotations

PROPOSALS = (
    "Hồ sơ đủ điều kiện, trình lãnh đạo xem xét, ký.",
    "Đã thẩm tra, đối chiếu với sổ gốc; đề nghị giải quyết.",
    "Hồ sơ hợp lệ; dự thảo kết quả kèm theo.",
)
MISSING = (
    "Bản sao có chứng thực giấy tờ chứng minh nơi cư trú",
    "Giấy ủy quyền có chứng thực",
    "Tờ khai ghi thiếu mục bắt buộc",
)
WHY_MISSING = "Thành phần hồ sơ chưa đủ theo danh mục đã công bố."
DUTY = "Phí, lệ phí theo thông báo"
REFUSALS = (
    "Nội dung đề nghị không thuộc trường hợp được giải quyết.",
    "Thông tin kê khai không trùng với sổ gốc và người nộp không bổ sung được tài liệu chứng minh.",
)
REFUSAL_BASIS = "Điều kiện nêu tại quyết định công bố thủ tục hành chính"
WITHDRAWN = "Người nộp đề nghị rút hồ sơ để chuẩn bị lại giấy tờ."
DECLINED = "Giấy tờ đã nộp là của thủ tục khác; đã hướng dẫn người nộp làm lại."
SENT_BACK = "Dự thảo kết quả ghi sai họ tên, đề nghị sửa."
QUESTION = "Đề nghị cho ý kiến về nội dung thuộc lĩnh vực quản lý của quý cơ quan."
OPINION_BASIS = (
    "Quyết định công bố thủ tục: thời gian lấy ý kiến không tính vào thời hạn giải quyết"
)
ANSWER = "Thống nhất với nội dung đề nghị."
SORRY = "Khối lượng hồ sơ tăng đột xuất, cơ quan chưa thẩm tra xong; xin lỗi và hẹn lại ngày trả."
APPOINTMENT_BASIS = "Danh mục công bố không ghi thời hạn; hẹn theo thỏa thuận với người nộp"
LATE_ENTRY = "Mất điện tại quầy, đã ghi sổ giấy và nhập lại khi có điện."
NO_OPINIONS = "Hồ sơ mẫu, không thuộc trường hợp phải lấy ý kiến."
