"""The words of the office for what the code calls by an English name."""

from __future__ import annotations

STATUS: dict[str, str] = {
    "1": "Mới đăng ký",
    "2": "Được tiếp nhận",
    "3": "Không được tiếp nhận",
    "4": "Đang xử lý",
    "5": "Yêu cầu bổ sung giấy tờ",
    "6": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "7": "Công dân yêu cầu rút hồ sơ",
    "8": "Dừng xử lý",
    "9": "Đã xử lý xong",
    "10": "Đã trả kết quả",
}

CHANNEL: dict[str, str] = {
    "in_person": "Trực tiếp",
    "online": "Trực tuyến",
    "post": "Dịch vụ bưu chính",
}

LEVEL: dict[str, str] = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}

ORIGIN: dict[str, str] = {
    "national": "Do bộ, ngành công bố",
    "provincial": "Đặc thù của tỉnh",
    "internal": "Nội bộ",
}

HANDOVER_STATE: dict[str, str] = {
    "planned": "Đã đóng băng, chưa kiểm tra",
    "checked": "Đã kiểm tra, chờ người thứ hai duyệt",
    "approved": "Đã duyệt, chờ gửi",
    "sending": "Đang bàn giao",
    "closed": "Đã bàn giao xong",
    "withdrawn": "Đã rút, chưa gửi gì",
}
HANDOVER_STEP: dict[str, str] = {
    "check": "Kiểm tra",
    "approve": "Duyệt",
    "send": "Gửi",
    "close": "Đóng",
    "withdraw": "Rút",
}

OUTCOME: dict[str, str] = {
    "granted": "Đã giải quyết",
    "refused": "Từ chối giải quyết",
    "withdrawn": "Rút theo yêu cầu",
    "not_received": "Không tiếp nhận",
    "moved": "Đã bàn giao sang hệ thống khác",
}

PAUSE: dict[str, str] = {
    "supplement": "chờ bổ sung hồ sơ",
    "financial_duty": "chờ thực hiện nghĩa vụ tài chính",
    "opinion": "chờ ý kiến cơ quan khác",
    "system_incident": "sự cố hệ thống",
}

ACT: dict[str, str] = {
    "receive": "Tiếp nhận",
    "decline": "Không tiếp nhận",
    "digitise": "Số hóa giấy tờ",
    "forward": "Chuyển cơ quan giải quyết",
    "arrive": "Xác nhận đã nhận hồ sơ",
    "assign": "Phân công",
    "claim": "Nhận việc",
    "ask_opinion": "Lấy ý kiến",
    "give_opinion": "Cho ý kiến",
    "draft": "Soạn dự thảo",
    "propose": "Trình lãnh đạo",
    "approve": "Phê duyệt",
    "send_back": "Trả lại để làm lại",
    "ask_supplement": "Yêu cầu bổ sung",
    "receive_supplement": "Nhận bổ sung",
    "refuse": "Từ chối giải quyết",
    "stop": "Dừng theo yêu cầu của người nộp",
    "raise_financial_duty": "Yêu cầu nghĩa vụ tài chính",
    "settle_financial_duty": "Ghi nhận đã nộp tiền",
    "collect_fee": "Thu phí, lệ phí",
    "begin_incident": "Tạm dừng vì sự cố hệ thống",
    "end_incident": "Kết thúc sự cố",
    "apologise": "Xin lỗi và đề nghị gia hạn",
    "issue_result": "Phát hành kết quả",
    "hand_over": "Trả kết quả",
    "change_process": "Chuyển phiên bản quy trình",
    "accept_due": "Chấp nhận hạn theo lịch mới",
    "open_child": "Mở hồ sơ liên thông",
}

ACT_MEANING: dict[str, str] = {
    "digitise": "Ghi nhận một giấy tờ đã được quét vào hệ thống.",
    "forward": "Hồ sơ rời quầy, sang cơ quan có thẩm quyền trong ngày hoặc đầu giờ sáng hôm sau.",
    "arrive": "Cơ quan có thẩm quyền đã cầm hồ sơ; thời hạn bắt đầu tính từ lúc này.",
    "assign": "Giao hồ sơ cho một người xử lý.",
    "claim": "Tự nhận hồ sơ chưa ai xử lý về mình.",
    "ask_opinion": "Hỏi cơ quan khác; đồng hồ chỉ dừng khi pháp luật cho phép và có căn cứ.",
    "give_opinion": "Trả lời ý kiến đã được hỏi.",
    "propose": "Trình dự thảo kết quả để lãnh đạo quyết định.",
    "approve": "Ký quyết định; sau bước này người nộp không rút hồ sơ được nữa.",
    "send_back": "Trả lại người xử lý kèm lý do.",
    "ask_supplement": "Yêu cầu một lần, đầy đủ; đồng hồ dừng đến khi nhận đủ.",
    "receive_supplement": "Nhận giấy tờ bổ sung; đồng hồ chạy tiếp.",
    "refuse": "Từ chối bằng văn bản, có lý do và căn cứ; không thể lấy lý do sắp xếp bộ máy.",
    "stop": "Người nộp không muốn tiếp tục; chỉ được khi chưa có quyết định.",
    "raise_financial_duty": "Đồng hồ dừng cho đến khi nộp xong.",
    "settle_financial_duty": "Ghi số biên lai; đồng hồ chạy tiếp.",
    "collect_fee": "Ghi khoản đã thu, cách nộp và số biên lai; hoặc căn cứ miễn.",
    "begin_incident": "Cần số thông báo của cơ quan chủ quản hệ thống.",
    "end_incident": "Hệ thống đã hoạt động lại; đồng hồ chạy tiếp.",
    "apologise": "Gửi trước ngày hẹn ít nhất một ngày thì được gia hạn, một lần duy nhất.",
    "issue_result": "Vào số, đóng dấu; việc giải quyết kết thúc.",
    "hand_over": "Người nộp nhận kết quả hoặc giấy tờ.",
}

FIELD: dict[str, str] = {
    "postal.name": "người nhận",
    "postal.address": "địa chỉ nhận",
    "postal.phone": "điện thoại người nhận",
    "postal.province": "mã tỉnh nơi nhận",
    "username": "Tên đăng nhập",
    "where": "Tại",
    "first": "Từ ngày",
    "last": "Đến hết ngày",
    "substitute": "Người thay",
    "target": "Bước tiếp theo",
    "paper": "Giấy tờ",
    "official": "Người xử lý",
    "reason": "Lý do",
    "of": "Cơ quan được hỏi",
    "question": "Nội dung hỏi",
    "stops_clock": "Dừng tính thời hạn",
    "basis": "Căn cứ pháp lý",
    "opinion": "Ý kiến số",
    "answer": "Nội dung trả lời",
    "answer_by": "Trả lời chậm nhất ngày",
    "without_opinions": "Lý do không chờ đủ ý kiến (nếu có)",
    "proposal": "Nội dung trình",
    "note": "Ghi chú",
    "missing": "Giấy tờ còn thiếu (mỗi dòng một giấy tờ)",
    "papers": "Giấy tờ nhận thêm (mỗi dòng một giấy tờ)",
    "amount": "Số tiền (đồng)",
    "what": "Nội dung",
    "receipt": "Số biên lai",
    "receipt_series": "Ký hiệu biên lai",
    "receipt_number": "Số biên lai",
    "reference": "Mã giao dịch",
    "asked_again_because": "Lý do yêu cầu lại giấy tờ tỉnh đã có",
    "why": "Lý do không quét",
    "files": "Tệp",
    "valid_until": "Có giá trị đến",
    "announced_in": "Số thông báo của cơ quan chủ quản hệ thống",
    "new_day": "Hẹn lại vào",
    "channel": "Cách nộp yêu cầu",
    "number": "Số văn bản kết quả",
    "receivers": "Nơi nhận",
    "sender": "Cơ quan ban hành",
    "notation": "Ký hiệu",
    "subject": "Trích yếu",
    "to": "Người nhận",
    "how": "Cách trả",
    "procedure": "Thủ tục",
    "case": "Trường hợp",
    "applicant": "Người nộp",
    "applicant.name": "Họ tên người nộp",
    "applicant.number": "Số định danh của người nộp",
    "applicant.phone": "Số điện thoại của người nộp",
    "applicant.email": "Thư điện tử của người nộp",
    "applicant.address": "Địa chỉ của người nộp",
    "applicant.proxy": "Người nộp thay",
    "applicant.kind": "Loại người nộp",
    "applicant.representative": "Người đại diện",
    "applicant.proxy_paper": "Giấy ủy quyền",
    "applicant.proxy_exception": "Quy định cho phép nộp thay không cần giấy ủy quyền",
    "aware_of": "Hồ sơ tương tự đã xem",
    "reused": "Giấy tờ dùng lại",
    "place": "Xã, phường",
    "identifiers": "Mã ở hệ thống khác",
    "receiving_point": "Quầy tiếp nhận",
    "competent_office": "Cơ quan có thẩm quyền",
    "return_point": "Nơi trả kết quả",
    "received_at": "Thời điểm tiếp nhận",
    "received": "Thời điểm tiếp nhận",
    "late_entry_reason": "Lý do nhập muộn",
    "appointment": "Ngày hẹn trả",
    "appointment_basis": "Căn cứ của ngày hẹn",
    "term": "Thời hạn",
    "office": "Cơ quan",
    "pauses": "Các lần tạm dừng",
    "after_15h": "Tính từ hôm sau nếu nhận từ 15 giờ",
    "on": "Ngày",
    "at": "Thời điểm",
    "by": "Tài khoản",
    "account": "Tài khoản",
    "fields": "Các mục của việc này",
    "request": "Yêu cầu",
    "line": "Dòng",
    "issued_on": "Ngày ký",
    "issuer": "Người hoặc cơ quan ký",
    "valid_from": "Ngày có hiệu lực",
    "name": "Tên",
    "code": "Mã",
    "field": "Lĩnh vực",
    "levels": "Cấp giải quyết",
    "draft": "Dự thảo được duyệt",
    "key": "Mã bước",
    "tu": "Từ ngày",
    "den": "Đến hết ngày",
    "opinions": "Cơ quan phải lấy ý kiến",
    "two_people": "Hai người duyệt",
    "kind": "Loại bước",
    "role": "Vai trò",
    "act": "Việc",
    "source": "Từ bước",
    "stage": "Bước",
    "measure": "Nội dung đơn giản hóa",
    "cost_basis": "Cách tính chi phí",
    "title": "Tên phương án",
    "file": "Tệp",
    "ma": "Mã hồ sơ",
    "so": "4 chữ số cuối",
    "diem": "Mức hài lòng",
    "gop-y": "Góp ý",
}

EVENT: dict[str, str] = {
    "received": "Tiếp nhận hồ sơ",
    "declined": "Không tiếp nhận hồ sơ",
    "digitised": "Số hóa giấy tờ",
    "forwarded": "Chuyển hồ sơ",
    "arrived": "Cơ quan có thẩm quyền nhận hồ sơ",
    "assigned": "Phân công xử lý",
    "opinion_asked": "Lấy ý kiến",
    "opinion_given": "Nhận ý kiến",
    "draft_kept": "Lưu dự thảo",
    "proposed": "Trình lãnh đạo",
    "endorsed": "Người thứ nhất đồng ý",
    "approved": "Phê duyệt",
    "sent_back": "Trả lại để làm lại",
    "supplement_asked": "Yêu cầu bổ sung",
    "supplement_received": "Nhận bổ sung",
    "refused": "Từ chối giải quyết",
    "stopped": "Dừng theo yêu cầu",
    "financial_duty_raised": "Yêu cầu nghĩa vụ tài chính",
    "financial_duty_settled": "Đã thực hiện nghĩa vụ tài chính",
    "fee_collected": "Thu phí, lệ phí",
    "scan_excepted": "Ghi nhận không phải quét",
    "paper_reused": "Dùng lại giấy tờ đã có",
    "paper_fetched": "Lấy giấy tờ từ Kho dữ liệu điện tử",
    "incident_began": "Bắt đầu sự cố hệ thống",
    "incident_ended": "Kết thúc sự cố hệ thống",
    "apologised": "Xin lỗi và hẹn lại",
    "result_issued": "Phát hành kết quả",
    "handed_over": "Trả kết quả",
    "process_changed": "Chuyển phiên bản quy trình",
    "custody_passed": "Bàn giao do sắp xếp bộ máy",
    "progress_reported": "Hệ thống cũ báo",
    "offered_to_system": "Gửi bàn giao sang hệ thống khác",
    "taken_by_system": "Hệ thống khác đã nhận hồ sơ",
    "returned_by_system": "Hệ thống khác không nhận, hồ sơ trở lại",
    "due_accepted": "Chấp nhận hạn theo lịch mới",
    "child_opened": "Mở hồ sơ liên thông",
    "notice_sent": "Gửi thư điện tử cho người nộp",
    "became_near": "Sắp đến hạn",
    "became_late": "Quá hạn",
}

PLAN_STATE: dict[str, str] = {
    "draft": "đang soạn",
    "rehearsed": "đã diễn tập",
    "approved": "đã phê duyệt",
    "switching": "đang chuyển đổi",
    "switched": "đã chuyển đổi",
    "undone": "đã hoàn tác",
}

PAYMENT: dict[str, str] = {
    "cash": "tiền mặt",
    "transfer": "chuyển khoản",
    "platform": "nền tảng thanh toán trực tuyến",
    "exempt": "được miễn",
}

PAPER_STATE: dict[str, str] = {
    "scanned": "đã số hóa",
    "held": "đã có, dùng lại",
    "shown_only": "chỉ xuất trình",
    "not_scanned": "không phải quét",
    "to_scan": "chưa số hóa",
    "missing": "chưa nộp",
}

APPLICANT_KIND: dict[str, str] = {
    "person": "Cá nhân",
    "organisation": "Doanh nghiệp, tổ chức",
}

# What specialised software reports of a dossier.
LAND_STEP: dict[str, str] = {
    "moved": "Chuyển bước",
    "waits_for_supplement": "Chờ bổ sung",
    "supplemented": "Đã bổ sung",
    "ended": "Kết thúc",
    "tax_known": "Có kết quả thuế",
}

APPLICATION_STATE: dict[str, str] = {
    "waiting": "Chờ kiểm tra",
    "accepted": "Đã tiếp nhận",
    "refused": "Không tiếp nhận, đã báo lý do",
}

SCAN_EXCEPTION: dict[str, str] = {
    "filed_electronically": "đã nộp bằng bản điện tử",
    "presented_only": "chỉ xuất trình để đối chiếu",
    "opinion_reply": "văn bản thẩm định, ý kiến của cơ quan khác",
    "secret": "có bí mật nhà nước",
}

ASKED_AGAIN: dict[str, str] = {
    "incident": "hệ thống gặp sự cố nên không lấy được",
    "inaccurate": "dữ liệu đang có không chính xác",
}

LAYOUT: dict[str, str] = {
    "official": "bố cục theo mẫu của văn bản",
    "not_found": "bố cục chính thức chưa tìm thấy, thay được bằng dữ liệu",
    "own": "mẫu riêng của hệ thống",
}

PAPER: dict[str, str] = {
    "receipt": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "supplement": "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    "decline": "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    "apology": "Phiếu xin lỗi, văn bản xin lỗi và đề nghị gia hạn",
    "stop": "Thông báo dừng giải quyết hồ sơ",
    "control": "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    "register": "Sổ theo dõi hồ sơ",
    "batch_receipt": "Phiếu tiếp nhận nhiều hồ sơ",
    "result_handover": "Phiếu bàn giao kết quả",
    "custody_minutes": "Biên bản bàn giao hồ sơ thủ tục hành chính",
    "notice": "Thông báo nơi tiếp nhận hồ sơ và trả kết quả",
    "report": "Báo cáo tình hình, kết quả giải quyết thủ tục hành chính",
}

# What is printed of a dossier: its papers, and the refusal, which has no form of its own.
PRINT: dict[str, str] = PAPER | {"refusal": "Văn bản từ chối giải quyết hồ sơ"}

PROPOSAL_KIND: dict[str, str] = {
    "process": "Quy trình",
    "roster": "Bảng phân công",
}

PROPOSAL_STATE: dict[str, str] = {
    "drafted": "Đang soạn",
    "proposed": "Đã đề xuất, chờ thẩm định",
    "returned": "Bị trả lại để sửa",
    "appraised": "Đã thẩm định, chờ quyết định",
    "in_force": "Có hiệu lực theo quyết định",
}

SERVICE_STEP: dict[str, str] = {
    "register": "đăng ký",
    "publish": "công bố",
    "withdraw": "rút",
}

SERVICE_WAY: dict[str, str] = {
    "from_portal": "nộp từ Cổng quốc gia",
    "received": "tiếp nhận",
    "result": "kết quả",
    "back_at_portal": "Cổng quốc gia nhận lại kết quả",
}

CUTOVER_ACT: dict[str, str] = {
    "freeze": "Tạm giữ",
    "start": "Bắt đầu",
    "roll_back": "Đưa về tỉnh",
}

PROPOSAL_STEP: dict[str, str] = {
    "edit": "Soạn, sửa",
    "propose": "Đề xuất",
    "return": "Trả lại để sửa",
    "appraise": "Thẩm định đạt",
    "decide": "Ghi quyết định và đưa vào áp dụng",
}

CHANGE: dict[str, str] = {
    "publish": "Công bố",
    "amend": "Sửa đổi, bổ sung",
    "replace": "Thay thế",
    "repeal": "Bãi bỏ",
}

STAGE_KIND: dict[str, str] = {
    "reception": "Tiếp nhận",
    "intake": "Nhận và phân công",
    "work": "Thụ lý",
    "approval": "Ký duyệt",
    "issue": "Phát hành",
    "handover": "Trả kết quả",
    "end": "Kết thúc",
}

PROCEDURE_PART: dict[str, str] = {
    "code": "Mã thủ tục",
    "name": "Tên thủ tục",
    "field": "Lĩnh vực",
    "levels": "Cấp giải quyết",
    "origin": "Nguồn gốc",
    "terms": "Thời hạn giải quyết",
    "papers": "Thành phần hồ sơ",
    "fees": "Phí, lệ phí",
    "results": "Kết quả",
    "counts_from_next_day_after_15h": "Nhận sau 15 giờ tính từ hôm sau",
    "about_reorganisation": "Về sắp xếp tổ chức bộ máy",
}

PURPOSE: dict[str, str] = {
    "handle": "giải quyết hồ sơ",
    "receive": "tiếp nhận",
    "inspect": "kiểm tra",
    "print": "in giấy tờ",
    "export": "xuất dữ liệu",
    "machine": "phần mềm kết nối",
    "applicant": "người nộp tra cứu",
    "maintain": "vận hành hệ thống",
    "verify": "đối chiếu với cơ sở dữ liệu quốc gia",
}

DOOR: dict[str, str] = {
    "web": "màn hình",
    "api": "API",
    "cli": "dòng lệnh",
    "public": "trang tra cứu",
}
