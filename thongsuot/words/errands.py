"""How errands and documents are told."""

from __future__ import annotations

from collections.abc import Mapping

KIND: Mapping[str, str] = {
    "document": "gửi văn bản",
    "status": "báo trạng thái văn bản",
    "register_body": "đăng ký mã cơ quan",
    "delete_body": "đóng mã cơ quan",
    "publish_formality": "công bố thủ tục đặc thù",
    "publish_simplified": "công bố kết quả đơn giản hóa",
    "publish_body": "công bố mã cơ quan",
    "publish_service": "công bố, rút dịch vụ trực tuyến",
    "postal_order": "đặt bưu điện",
    "postal_cancel": "hủy đơn bưu điện",
    "statistics": "khai số liệu hồ sơ của tháng",
    "report_file": "gửi tệp báo cáo",
    "reminder": "gửi thư nhắc hạn báo cáo",
}
STATE: Mapping[str, str] = {
    "aside": "Chờ xử lý",
    "waiting": "Đang gửi",
    "done": "Đã xong",
}
WAY: Mapping[str, str] = {"in": "Văn bản đến", "out": "Văn bản đi"}
# Codes of statuses on the axis. Source: QCVN 102:2016/BTTTT.
STATUS: Mapping[str, str] = {
    "01": "đã đến",
    "02": "từ chối tiếp nhận",
    "03": "đã tiếp nhận",
    "04": "chờ phân công",
    "05": "đang xử lý",
    "06": "đã xử lý xong",
    "13": "thu hồi",
    "15": "đồng ý thu hồi, cập nhật",
    "16": "từ chối thu hồi, cập nhật",
}
# How it stands with a document for one receiver.
DELIVERY: Mapping[str, str] = {
    "waiting": "đang gửi",
    "done": "trục đã nhận",
    "aside": "chưa gửi được, chờ người xử lý",
}
SUBJECT_OF_RESULT = "Kết quả giải quyết hồ sơ {code}: {procedure}"
DONE: Mapping[str, str] = {
    "replay": "Đã xếp lại để gửi.",
    "skip": "Đã ghi là không phải gửi nữa.",
    "send": "Đã xếp để gửi qua trục liên thông.",
    "acknowledge": "Đã ghi tiếp nhận; nơi gửi được báo qua trục.",
}
