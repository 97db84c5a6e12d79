"""One Vietnamese sentence for each refusal: what is wrong, where, how to mend it."""

from __future__ import annotations

import re
from datetime import date, datetime

from thongsuot.domain.refusal import Fact, Kind, Refusal
from thongsuot.words import labels
from thongsuot.words.moments import short

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

SENTENCES: dict[str, str] = {
    # domain/reporting, actions/load/reporting.py
    "edge_malformed": (
        "“{given}” không phải mốc thời gian; viết như “thứ Sáu 15:00”, “15/3”, “hết 14/6”, "
        "“15/12 năm trước” hoặc “4/1/2026 11:00”."
    ),
    "window_ends_before_it_starts": "Kỳ báo cáo bắt đầu {start} phải kết thúc sau đó, không phải {end}.",
    "windows_mixed": (
        "Mốc mở “{opens}” và mốc chốt “{closes}” phải cùng loại: cùng theo tuần, cùng theo năm hoặc "
        "cùng là ngày cố định."
    ),
    "windows_overlap": (
        "Kỳ {given} (loại {series}) trùng thời gian với kỳ trước; hãy sửa mốc mở hoặc mốc chốt."
    ),
    "no_such_period": "Không có kỳ báo cáo {given}; các kỳ gần đó: {known}.",
    "nobody_to_report_to": (
        "Ngày {on} không văn bản nào giao báo cáo này cho loại đơn vị “{given}”; hãy xem lại ngày, đơn vị."
    ),
    "duties_overlap": (
        "Nghĩa vụ báo cáo thứ {second} trùng với nghĩa vụ thứ {first}: cùng đơn vị, cùng kỳ, cùng thời "
        "gian; hãy bỏ một hoặc sửa ngày."
    ),
    "reporters_unknown": "Chưa mô tả loại đơn vị báo cáo “{given}”; hãy thêm một đoạn [[reporters]].",
    "report_step_not_now": "Báo cáo đang ở bước “{state}” nên chưa làm được việc này; hãy tải lại trang.",
    "report_is_locked": (
        "Báo cáo đã khóa lúc {at} bởi {by}; muốn sửa cần nêu lý do đề nghị mở khóa và người thứ hai mở."
    ),
    "remarks_needed": "Hãy ghi rõ lý do hoặc nguồn số liệu rồi làm lại.",
    "second_person_needed": "Người đề nghị mở khóa ({given}) không tự mở được; cần một người khác mở.",
    "report_does_not_agree": "Dòng “{row}” chưa khớp: {given}; hãy sửa số liệu rồi kiểm tra lại.",
    "window_not_over": "Kỳ báo cáo đến {end} mới kết thúc; chưa gửi được trước lúc đó.",
    "nothing_to_restate": "Số liệu hiện nay giống bản {version} đã gửi, nên không cần điều chỉnh.",
    "report_changed_meanwhile": "Có người vừa làm việc khác với báo cáo này; hãy tải lại trang rồi làm lại.",
    "period_needed": "Báo cáo cần một kỳ: --period 2025-Q2 hoặc --ending 2026-01-02T15:00.",
    "file_not_writable": "Không ghi được tệp {given}; hãy chọn thư mục khác.",
    "no_such_report": "Không có báo cáo hay biểu “{given}”; đang có: {known}.",
    "no_such_form": "Không có biểu “{given}” áp dụng vào ngày này; các biểu đang có: {known}.",
    "cell_not_counted": "Cột “{given}” được nhập tay nên không có danh sách hồ sơ phía sau.",
    "formula_malformed": "Không đọc được công thức “{given}” từ chỗ “{rest}”; viết như [4] + [5] + [6].",
    "formula_refers_to_nothing": (
        "Công thức của “{column}” nhắc cột [{given}] mà biểu không có; hãy sửa số cột."
    ),
    "formula_cycle": "Các công thức của cột {known} gọi vòng quanh nhau; hãy bỏ một công thức.",
    "column_twice": "Biểu có hai cột cùng số “{given}”; hãy đổi một cột.",
    "column_has_no_source": (
        "Cột “{given}” phải có đúng một nguồn: đếm hồ sơ, công thức hoặc nhập tay."
    ),
    "text_in_number_cell": "“{given}” không phải số ({where}); ô này chỉ nhận số, ví dụ 1.250 hoặc 12,5.",
    "no_such_cell": "Báo cáo không có ô “{given}”; các ô đang có: {known}.",
    "nothing_ordered": "Văn bản chỉ đạo cần ít nhất một nhiệm vụ và một đơn vị thực hiện.",
    "ordered_twice": "Văn bản số {given} đã có trong sổ (số {number}); hãy mở văn bản đó.",
    "no_such_order": "Không có văn bản chỉ đạo hoặc nhiệm vụ “{given}”; hãy mở lại từ danh sách.",
    "order_is_closed": "Văn bản chỉ đạo đã kết thúc lúc {at}; kết quả không sửa được nữa.",
    "answer_step_not_now": "Trả lời đang ở trạng thái “{state}” nên chưa làm được bước này.",
    "order_not_answered": (
        "Còn {left} trả lời chưa được chấp nhận; muốn kết thúc hãy ghi tóm tắt và lý do."
    ),
    "no_such_export": "Không có danh sách kết xuất số {given}, hoặc tệp đã hết hạn giữ; hãy kết xuất lại.",
    "export_kind_unknown": "Không kết xuất được dạng “{given}”; hãy chọn csv hoặc xlsx.",
    "report_file_unreadable": (
        "Không đọc được tệp từ dòng {line}: cần tệp TOML có kind là report, form, counting, entry, "
        "reminders hoặc index."
    ),
    "index_does_not_add_up": (
        "Các thành phần của nhóm “{given}” cộng lại được {sum} điểm, nhóm có {most} điểm; hãy sửa điểm "
        "hoặc mã nhóm."
    ),
    "no_such_gap": "Không có lý do lệch “{given}”; đang có: {known}.",
    "span_malformed": "Tháng đầu ({first}) sau tháng cuối ({last}); hãy đổi lại.",
    "no_such_figure": "Bảng số liệu không có số “{given}”; đang có: {known}.",
    "document_needed": (
        "Số liệu của đơn vị cần văn bản kèm theo: hãy gắn văn bản đến trên trục, hoặc ghi số, ký hiệu "
        "và chọn tệp."
    ),
    "cell_is_filled_in": (
        "Cột “{given}” được nhập tay ngay trong biểu nên không có số tính để so; hãy nhập ở trang biểu."
    ),
    "month_malformed": "Không đọc được tháng “{given}”; viết như 2025-09.",
    "month_ahead": "Tháng {given} chưa bắt đầu nên chưa có gì để tính; hãy chọn tháng trước.",
    "no_such_component": ("Không có thành phần “{given}” được tính từ hồ sơ; đang có: {known}."),
    # domain/migration, actions/migration, records/migration.py
    "layout_wrong": "Cách đọc {layout} có chỗ sai ở {where}: “{given}”; hãy sửa tệp cách đọc đó.",
    "legacy_code_not_mapped": "Mã “{theirs}” ({kind}) chưa có ánh xạ vào ngày {on}; hãy thêm dòng ánh xạ.",
    "legacy_maps_overlap": (
        "Ánh xạ của “{theirs}” ({kind}) trùng thời gian; hãy sửa ngày để mỗi ngày chỉ có một dòng."
    ),
    "no_such_migration": "Không có đợt chuyển dữ liệu số {given}; hãy xem danh sách các đợt.",
    "no_such_layout": "Không có cách đọc “{given}”; các cách đọc đang có: {known}.",
    "export_missing": "Không thấy tệp xuất “{given}”; hãy kiểm tra đường dẫn rồi chạy lại.",
    "export_unreadable": (
        "Tệp {given} không đọc được: có thể bị cụt, bị khóa hoặc sai loại; hãy xuất lại tệp đó."
    ),
    "no_room_left": (
        "Đĩa chứa {disk} đã đầy nên lô đang làm được bỏ nguyên vẹn, các lô trước vẫn giữ; hãy giải"
        " phóng chỗ rồi chạy lại, việc tiếp tục từ chỗ dừng."
    ),
    "export_titles_missing": (
        "Tệp {given} thiếu cột {wanted}; hãy chọn đúng cách đọc hoặc xuất lại đủ cột."
    ),
    "legacy_system_malformed": (
        "Tên hệ thống cũ “{given}” chưa đúng: dùng chữ thường không dấu, số và gạch nối, ví dụ igate-cu."
    ),
    "told_in_the_future": "Thời điểm xuất tệp {given} chưa đến; hãy ghi lại thời điểm xuất thật.",
    "map_line_wrong": (
        "Dòng {line} của bảng ánh xạ: không có “{given}” ở đây; hãy sửa dòng đó, cả bảng chưa ghi gì."
    ),
    "maps_undecided": (
        "Còn {many} mã chưa có ánh xạ nên chưa ký được, ví dụ {known}; hãy điền rồi ký lại."
    ),
    "export_not_read_yet": "Đợt {run} chưa đọc xong tệp; hãy chạy lại bước đọc để đọc tiếp.",
    "maps_not_signed": (
        "Bảng ánh xạ của đợt {run} chưa đủ hai người ký trên bản hiện tại; hãy ký rồi nạp."
    ),
    "nothing_to_generate": (
        "Ngày {day} chưa có cơ quan nào giải quyết thủ tục; hãy nạp danh mục và danh bạ trước."
    ),
    "defect_unknown": "Không tạo được lỗi “{given}”; các lỗi tạo được: {known}.",
    "reconcile_side_unknown": (
        "“{given}” không phải một bên để đối chiếu; ghi records, records@THỜI ĐIỂM, records:CƠ SỞ DỮ LIỆU, run:SỐ ĐỢT, export:TỆP, archive:TỆP hoặc partner:MÃ."
    ),
    "reconcile_level_unknown": "Không có mức đối chiếu “{given}”; hãy chọn một trong năm mức.",
    "partner_shows_nothing": "Đối tác {partner} không có cách hỏi lại từng hồ sơ; không đối chiếu được.",
    "partner_not_reached": "Không hỏi được {partner} ({why}); hãy đối chiếu lại khi thông.",
    "no_such_reconciliation": "Không có lần đối chiếu số {given}; hãy xem danh sách các lần đối chiếu.",
    "no_difference_chosen": (
        "Chưa chọn khác biệt nào còn chờ xử lý ở lần đối chiếu {run}; hãy chọn ít nhất một dòng."
    ),
    "difference_not_mended_here": (
        "Hồ sơ {code}: điều đã tiếp nhận (ai nộp, thủ tục nào, lúc nào) không ghi đè được, và bên kia"
        " không có gì để ghi lại; hãy chọn giữ như ở đây và ghi lý do, hoặc sửa ở nguồn rồi đối chiếu lại."
    ),
    "difference_mended_by_telling": (
        "Sổ của {partner} chỉ đổi khi nhận tin: hãy gửi lại tin của hồ sơ ở trang Trao đổi rồi đối chiếu lại,"
        " hoặc giữ như ở đây và ghi lý do."
    ),
    "difference_of_no_side_here": (
        "Lần đối chiếu {given} không có bên nào là hồ sơ ở đây nên không ghi lại được;"
        " hãy chọn giữ như cũ và ghi lý do."
    ),
    "nothing_to_tell": "Hai bên đang ghi hồ sơ {code} như nhau; hãy đối chiếu lại.",
    "no_such_database": (
        "Máy chủ không có cơ sở dữ liệu “{given}”, hoặc không được xem; hãy kiểm tra tên."
    ),
    "database_otherwise": (
        "Cơ sở dữ liệu “{given}” thuộc bản phát hành khác, không đặt cạnh nhau được; hãy nâng lên cùng bản rồi đối chiếu."
    ),
    "export_not_brought_in": (
        "Tệp {given} chưa được đọc và ánh xạ; hãy chạy migration profile với tệp này trước."
    ),
    # domain/handover.py, actions/handover, exchange/handing.py
    "no_such_handover": "Không có đợt bàn giao số {given}; xem danh sách ở trang Bàn giao hồ sơ.",
    "handover_not_now": (
        "Đợt bàn giao đang ở bước “{handover_state}” nên chưa (hoặc không còn) làm được việc "
        "“{handover_step}”; hãy tải lại trang."
    ),
    "handover_same_person": (
        "Người lập hoặc kiểm tra danh sách ({given}) không tự duyệt được; cần một người khác duyệt."
    ),
    "handover_changed": (
        "Danh sách, hoặc cách nói chuyện với bộ, đã khác lúc xem; hãy kiểm tra lại rồi duyệt."
    ),
    "nothing_to_hand_over": (
        "Lĩnh vực “{given}” không có hồ sơ nào bàn giao được: chưa có hồ sơ đang mở, hoặc hồ sơ đã ở "
        "một đợt khác."
    ),
    "handover_pending": (
        "Đợt bàn giao {given} còn {pending} hồ sơ chưa có kết quả; chờ bộ trả lời hoặc xử lý ở trang "
        "Trao đổi rồi làm lại."
    ),
    "changed_since_frozen": (
        "Hồ sơ {code} có người xử lý sau khi đóng băng; đưa vào đợt bàn giao sau."
    ),
    "handover_not_certified": "Chưa có giấy xác nhận bàn giao cho {given}; hãy lập bằng chứng trước.",
    "handover_step_unknown": "Không có việc “{given}” với đợt bàn giao; hãy tải lại trang.",
    "no_shape": (
        "Chưa mô tả {partner} nhận những gì (loại {given}); thêm tệp data/handover/{given}.toml."
    ),
    "shape_wrong": "Tệp data/handover/{given}.toml sai ở {why}; hãy sửa tệp.",
    "partner_takes_no_dossier": (
        "{system_name} không có đường nhận hồ sơ, chỉ cho xem hồ sơ của họ; cần cách kết nối khác."
    ),
    "evidence_malformed": "Tệp không phải bằng chứng của Thông Suốt ({why}); hãy lấy lại bản gốc.",
    "evidence_key_unreadable": "Tệp {given} không phải khóa Ed25519 dạng PEM; hãy chỉ đúng tệp khóa.",
    "evidence_key_there_already": "Đã có tệp {given}; khóa cũ không bị ghi đè, hãy chọn tên khác.",
    "nothing_to_certify": "Đợt {run} không giữ hồ sơ nào để lập bằng chứng; hãy nạp trước.",
    "evidence_signature_wrong": (
        "Chữ ký của bằng chứng không đúng: tệp đã bị sửa hoặc do khóa khác ký; hãy lấy lại bản gốc."
    ),
    "archive_unreadable": (
        "“{given}” không đọc được như kho lưu trữ của Thông Suốt: bị cụt, sai loại hoặc bản mới hơn; "
        "hãy lấy lại tệp gốc."
    ),
    "archive_changed": "Phần {given} của kho lưu trữ khác mã băm đã ghi; không nạp gì, hãy lấy lại tệp.",
    "archive_disagrees": (
        "Hồ sơ {code} đang có ở đây với diễn biến khác; không ghi đè, hãy đối chiếu trước khi nạp."
    ),
    "migration_busy": "Đợt {run} đang được máy {doing}; hãy đợi xong rồi làm tiếp.",
    "migration_step_unknown": "Không có việc “{given}” cho một đợt chuyển; hãy chọn nút trên trang.",
    "migration_balance_open": (
        "Sổ của đợt {run} lệch {difference} hồ sơ: có hồ sơ không biết đang ở đâu; hãy đối chiếu, sửa rồi ký."
    ),
    "migration_still_pending": (
        "Đợt {run} chưa đóng được: cần hai người đã ký và không còn hồ sơ chờ (còn {pending});"
        " hãy xử lý các khác biệt của lần đối chiếu gần nhất."
    ),
    "migration_books_open": (
        "Đợt {run} chưa nạp xong, còn {pending} dòng chưa có kết quả; hãy nạp tiếp rồi ký."
    ),
    # records/messages.py, actions/messages.py, actions/inbox.py, exchange/connections.py
    "no_such_message": "Không có thông điệp số {given} đang chờ xử lý; tải lại danh sách để xem.",
    "twice_harms": (
        "Không gửi lại cho {partner} những gì đã nhận: nơi này có thể tính hai lần. Chỉ kết nối có"
        " send_in_doubt = true mới gửi lại được."
    ),
    "message_mended_elsewhere": (
        "Thông điệp sửa lại phải nói về đúng hồ sơ và sự kiện cũ; hãy giữ nguyên {where} như trước."
    ),
    "no_such_application": (
        "Quầy này không có hồ sơ trực tuyến số {given} cần kiểm tra; tải lại danh sách để xem."
    ),
    "application_answered": (
        "Hồ sơ trực tuyến {given} đã được trả lời (hồ sơ {dossier}); mở lại danh sách để xem."
    ),
    "arrival_unreadable": (
        "Không đọc được bản gửi của {partner} ({given}); bản gửi được giữ nguyên, hãy sửa cấu hình "
        "kết nối rồi thử lại."
    ),
    "arrival_kind_unknown": (
        "Hệ thống chưa nhận loại “{given}” do {partner} gửi đến; bản gửi được giữ lại để xử lý."
    ),
    "no_such_arrival": "Không có bản gửi đến số {given} đang giữ lại; tải lại danh sách để xem.",
    "partner_not_connected": (
        "Chưa có kết nối đang dùng với {given}; hãy khai báo kết nối hoặc mở lại kết nối."
    ),
    # domain/exchange/setup.py, actions/load/connections.py
    "partner_unknown": (
        "Không có đối tác {given} trong danh sách đối tác; hãy khai báo ở partners.csv trước."
    ),
    "connection_address_wrong": (
        "Địa chỉ kết nối với {partner} không đúng: cần dạng https://máy-chủ/đường-dẫn, không chứa tên"
        " đăng nhập hay mật khẩu, và không để trống khi kết nối đang dùng."
    ),
    "connection_address_open": (
        "Địa chỉ kết nối với {partner} không được mã hóa ({scheme}); hãy dùng https, hoặc ghi lý do ở"
        " mục why_open của settings."
    ),
    "connection_host_wrong": (
        "Máy chủ “{given}” của {partner} không đúng; cần dạng máy-chủ:cổng, ví dụ tep.vidu.gov.vn:443."
    ),
    "connection_secret_name_wrong": (
        "Bí mật {name} của {partner} phải là tên một biến môi trường (chữ hoa, số, gạch dưới), không"
        " phải chính bí mật đó."
    ),
    "connection_secret_in_settings": (
        "Mục {name} của {partner} là bí mật, không được ghi ở settings; hãy chuyển sang secrets và chỉ"
        " ghi tên biến giữ nó."
    ),
    "connection_version_wrong": (
        "Phiên bản {given} của kết nối với {partner} không nối tiếp phiên bản trước; hãy ghi số kế"
        " tiếp, và thời điểm không sớm hơn phiên bản trước."
    ),
    "no_such_connection": "Chưa từng có kết nối với {given}; hãy nạp kết nối trước.",
    "connection_state_already": "Kết nối với {partner} đã ở trạng thái này rồi.",
    "simulators_unreadable": (
        "Không đọc được bộ đối tác giả lập ở {given}; hãy xem nó có đang chạy không."
    ),
    "partner_secret_missing": (
        "Kết nối với {partner} cần bí mật {given} nhưng chưa có; hãy đặt biến môi trường hoặc tệp."
    ),
    # domain/cutover, actions/dossier/elsewhere.py, actions/cutover.py, records/cutover.py
    "belongs_elsewhere": (
        "Thủ tục {procedure} nhận từ {since} do {system_name} tiếp nhận, không nhận ở đây: mời nộp "
        "tại {link} (căn cứ: {decision}). Nếu hồ sơ giấy đã nhận trước lúc đó, hãy ghi đúng lúc "
        "nhận ở phần nhập bù."
    ),
    "belongs_here": (
        "Thủ tục {procedure} được tiếp nhận ở đây vào lúc này; hãy tiếp nhận, không hướng dẫn đi nơi "
        "khác."
    ),
    "cutover_rule_of_nothing": (
        "Mỗi dòng ghi một lĩnh vực hoặc một thủ tục, không ghi cả hai, và kết thúc sau lúc bắt đầu; "
        "hãy xem lại cột {where}."
    ),
    "cutover_step_not_now": (
        "Lĩnh vực {field_name} lúc này không {cutover_act} được; tải lại bảng để xem tình trạng."
    ),
    "cutover_step_before_now": (
        "Hồ sơ đã nhận thì không đổi nơi nữa: thời điểm áp dụng phải từ bây giờ và sau lần trước, "
        "không phải {given}."
    ),
    "no_such_link": (
        "Địa chỉ tệp này không đúng; hãy lấy lại địa chỉ từ thông điệp gần nhất của hồ sơ."
    ),
    "link_expired": (
        "Địa chỉ tệp đã hết hạn từ {until}; hãy đề nghị cơ quan gửi gia hạn, địa chỉ không đổi."
    ),
    "link_revoked": (
        "Địa chỉ tệp đã được thu hồi; hãy lấy địa chỉ mới từ thông điệp gần nhất của hồ sơ."
    ),
    "no_such_service": "Thủ tục {given} chưa đăng ký cung cấp trực tuyến; hãy đăng ký trước.",
    "service_elsewhere": (
        "Thủ tục {procedure} do {system_name} tiếp nhận nên hệ thống ấy công bố, không công bố từ đây."
    ),
    "service_not_tested": (
        "Hồ sơ kiểm thử {code} chưa đi trọn vòng, còn thiếu: {ways}; hoàn thành rồi công bố."
    ),
    "service_step_not_now": (
        "Dịch vụ lúc này không {service_step} được; tải lại trang để xem tình trạng."
    ),
    "part_needs_reason": (
        "Cung cấp một phần phải có lý do công khai (NĐ 224 Đ.14); hãy ghi ở ô Lý do."
    ),
    "no_such_moved_field": (
        "Không có lĩnh vực nào tên “{given}” trong danh mục chuyển hệ thống; chọn lại từ bảng."
    ),
    "field_not_ready": (
        "Lĩnh vực {field_name} còn {red}/{many} cơ quan chưa sẵn sàng; hoàn thành các mục còn thiếu, "
        "hoặc đánh dấu “Vẫn bắt đầu” và ghi lý do."
    ),
    "nothing_exported": (
        "Chưa xuất quy trình, tài khoản của lĩnh vực {field_name}; hãy xuất trước rồi mới đối chiếu."
    ),
    "set_up_unreadable": (
        "Tệp cấu hình không đúng dạng đã xuất (ở mục {place}); hãy dùng lại tệp JSON đã tải về làm mẫu."
    ),
    "set_up_not_told": (
        "Kết nối với {partner} không đọc được cấu hình; hãy xin tệp JSON của bộ rồi đối chiếu từ tệp."
    ),
    "system_without_partner": (
        "{system_name} chưa gắn với kết nối nào; hãy khai báo kết nối trong danh sách hệ thống tiếp nhận."
    ),
    "remote_status_unknown": (
        "Trạng thái “{given}” của hồ sơ ở hệ thống khác không khớp trạng thái nào ở đây; hãy bổ sung "
        "bảng chuyển đổi trạng thái của đối tác."
    ),
    "no_such_divergence": ("Không còn điểm khác số {given} cần xử lý; tải lại danh sách để xem."),
    "no_such_reception_system": (
        "Không có hệ thống tiếp nhận mang mã {given}; hãy nạp danh sách hệ thống tiếp nhận trước."
    ),
    # domain/dossier/payments.py, exchange/connectors/payment.py
    "payment_waits": (
        "Khoản “{given}” đang có trang thanh toán chờ nộp; đưa người nộp trang đó, hoặc hỏi lại kết quả."
    ),
    "payment_unknown": "Không có lần thanh toán nào mang mã tham chiếu {given}; xem lại mã.",
    "payment_differs": (
        "Nền tảng báo đã nộp {given} đồng cho mã {reference}, nhưng số phải nộp là {asked} đồng; hãy đối "
        "soát với nền tảng thanh toán."
    ),
    "payment_seal_wrong": (
        "Xác nhận thanh toán của {partner} có mã xác thực sai nên không được ghi nhận; hãy đối soát với "
        "nền tảng thanh toán."
    ),
    # actions/documents.py, records/errands.py
    "document_unreadable": (
        "Không đọc được văn bản {given} trên trục ({why}); văn bản được giữ nguyên, hãy báo nơi gửi gửi lại."
    ),
    "document_not_ours": "Không có văn bản nào mang mã {given}; xem lại mã văn bản.",
    "result_not_yet": "Hồ sơ {given} chưa có kết quả được ban hành; ban hành kết quả rồi gửi.",
    "no_such_errand": "Không có việc số {given} đang chờ xử lý; tải lại danh sách để xem.",
    # actions/postal.py, records/postal.py
    "postal_order_stands": (
        "Kết quả của hồ sơ {code} đã có đơn bưu điện; hãy hủy đơn đó trước khi đặt đơn mới."
    ),
    "postal_order_unknown": "Không có đơn bưu điện nào mang số {given}; xem lại số đơn.",
    # actions/enquiries/papers.py
    "paper_not_offered": (
        "Kho dữ liệu điện tử không đưa ra giấy tờ số {given} cho người nộp hồ sơ này; hãy tìm lại trong kho."
    ),
    # records/enquiries.py
    "no_such_enquiry": "Bạn không hỏi câu số {given}, hoặc câu hỏi đã quá lâu; hãy hỏi lại.",
    # domain/exchange/mapping.py, exchange/registry.py
    "value_unmapped": (
        "Đối tác {partner} chưa có giá trị tương ứng với “{value}” ({where}) vào ngày {on}; hãy bổ "
        "sung bảng chuyển đổi rồi gửi lại."
    ),
    "value_missing": (
        "Đối tác {partner} bắt buộc có {where} nhưng hồ sơ chưa có; hãy bổ sung vào hồ sơ hoặc sửa "
        "thông điệp, không điền giá trị giả."
    ),
    "value_map_unknown": "Đối tác {partner} chưa có bảng chuyển đổi {where}; hãy nạp bảng này trước.",
    "value_map_wrong": (
        "Bảng chuyển đổi {where} của {partner} có giá trị trống hoặc trùng thời gian ở “{ours}”; hãy "
        "sửa dòng đó."
    ),
    "connector_kind_unknown": (
        "Không có loại kết nối {given} (đối tác {partner}); hãy xem lại cấu hình kết nối."
    ),
    # queries/filters.py, actions/worklist.py, actions/together.py
    "filter_unknown": "Bộ lọc không có giá trị “{given}”; hãy chọn một giá trị trong danh sách.",
    "too_many_filters": "Bạn đã lưu {most} bộ lọc; hãy xóa một bộ lọc không dùng nữa rồi lưu lại.",
    "no_such_filter": "Bạn không có bộ lọc số {given}; có thể đã xóa. Tải lại danh sách để xem.",
    # domain/directory.py
    "hotline_malformed": (
        "“{given}” không phải số điện thoại: cần 3 đến 15 chữ số, có thể cách bằng dấu cách, chấm, "
        "gạch ngang; ví dụ 0213 000 0000."
    ),
    "mailbox_malformed": "“{given}” không phải địa chỉ thư; cần dạng ten@co-quan.gov.vn.",
    "nothing_announced": "Hãy ghi số điện thoại, hoặc địa chỉ thư, hoặc cả hai.",
    # actions/leading.py
    "not_seen": (
        "Bạn chưa mở hồ sơ {code} từ lần thay đổi gần nhất, nên chưa duyệt cùng lúc được; mở xem rồi chọn "
        "lại."
    ),
    "too_many_at_once": "Mỗi lần duyệt nhiều nhất {most} hồ sơ; bỏ bớt rồi làm lại.",
    "nothing_chosen": "Chưa chọn hồ sơ nào; đánh dấu ít nhất một hồ sơ rồi làm lại.",
    "too_many_chosen": "Đã chọn {count}, một lần làm nhiều nhất {most}; chia ra nhiều lần.",
    "not_together": "Không làm được việc “{given}” cho nhiều hồ sơ một lúc; mở từng hồ sơ để làm.",
    "table_unreadable": (
        "Không đọc được tệp: cần tệp Excel (.xlsx) không đặt mật khẩu hoặc tệp CSV mã UTF-8; hãy "
        "tải bảng mẫu, điền rồi gửi lại."
    ),
    "column_missing": (
        "Không thấy cột “{title}” ở đầu bảng; giữ nguyên dòng tên cột của bảng mẫu rồi gửi lại."
    ),
    "too_many_rows": "Bảng có {count} dòng, một lần nhận nhiều nhất {most}; chia thành nhiều tệp.",
    "row_twice": "Số định danh này đã có ở dòng {line}; bỏ một dòng, hoặc tiếp nhận riêng.",
    "no_such_run": "Bạn không có việc hàng loạt số {given}; xem lại trong danh sách việc hàng loạt.",
    # domain/duties.py, domain/signing_in.py, actions/signing.py
    "stands_in_for_self": "Không ai tự thay chính mình; hãy chọn người khác.",
    "absence_past": "Thời gian vắng đã qua, nên không ghi được nữa; hãy kiểm tra lại ngày.",
    "absent_already": "Người vắng đã có người thay trong những ngày này; hãy kết thúc lần đó trước.",
    "substitute_absent": "Người thay cũng vắng trong những ngày này; hãy chọn người khác.",
    "account_taken": "Đã có tài khoản {given}; hãy chọn tên đăng nhập khác.",
    "username_malformed": (
        "Tên đăng nhập gồm 2 đến 60 chữ thường không dấu, chữ số, dấu chấm, gạch ngang, bắt đầu "
        "bằng chữ; ví dụ thuly.binhlu."
    ),
    "not_for_yourself": "{person} không tự làm việc này cho mình; hãy nhờ người quản trị khác.",
    "no_such_role": "Không có vai trò {given}; hãy chọn trong danh sách.",
    "no_such_grant": "Tài khoản {account} không có nhiệm vụ này, hoặc đã kết thúc; hãy mở lại trang.",
    "no_such_absence": "Không có lần vắng mặt này, hoặc đã kết thúc; hãy mở lại trang.",
    "not_your_right": "{person} không có quyền này hôm nay; hãy hỏi người quản trị tài khoản.",
    "sign_in_refused": (
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi "
        "thử lại; nếu quên mật khẩu, hãy hỏi người quản trị của cơ quan."
    ),
    "sign_in_locked": (
        "Đã nhập sai nhiều lần, nên tạm khóa đến {until}; hãy thử lại sau lúc đó, hoặc hỏi người "
        "quản trị của cơ quan."
    ),
    "factor_code_wrong": (
        "Mã xác nhận chưa đúng, đã dùng hoặc đã hết hạn; hãy nhập mã đang hiện trong ứng dụng."
    ),
    "factor_not_begun": (
        "Lớp bảo mật thứ hai chưa được bắt đầu hoặc đã bật rồi; hãy mở lại trang bảo mật."
    ),
    "passwords_differ": "Hai lần nhập mật khẩu mới khác nhau; hãy nhập lại cả hai.",
    "password_wrong": "Mật khẩu hiện tại chưa đúng; hãy nhập lại.",
    "password_too_weak": "Mật khẩu mới chưa đủ mạnh ({why}); hãy chọn mật khẩu khác.",
    # domain/shared_systems.py, actions/load/reading.py
    "no_such_system": "Không có hệ thống dùng chung mã {given}; xem danh sách ở “Vận hành”.",
    "no_such_finding": "Không có mục rà soát số {given}; hãy mở lại danh sách rà soát.",
    "entry_leads_nowhere": (
        "Dòng {given}: đường truyền và luồng phải có cơ quan đầu kia; đơn vị, tài khoản, quyền, "
        "địa chỉ thì không."
    ),
    "finding_step_not_now": (
        "Mục này đang ở tình trạng khác, nên chưa làm được bước này; hãy mở lại để xem bước kế."
    ),
    # domain/certificates.py, training.py, readiness.py, incidents.py
    "no_such_certificate": "Trong sổ không có chứng thư số hiệu {given}; hãy kiểm tra lại số hiệu.",
    "certificate_taken": "Số hiệu {given} đã có trong sổ chứng thư; mỗi số hiệu chỉ ghi một lần.",
    "certificate_revoked": "Chứng thư {given} đã thu hồi từ {since}.",
    "no_such_lesson": "Không có buổi tập huấn hay quy chế số {given}; hãy mở lại danh sách.",
    "acknowledged_by_oneself": (
        "“{title}”: quy chế do từng người tự xác nhận; người dự tập huấn do người phụ trách ghi."
    ),
    "fingerprint_malformed": "Mã băm của tệp gồm 64 chữ số và chữ từ a đến f; hãy chép lại cả dãy.",
    "readiness_computed": (
        "Mục này được tính từ dữ liệu, không ghi tay; hãy bổ sung dữ liệu, hoặc xin để lại."
    ),
    "nothing_to_waive": "Mục này đang sẵn sàng hoặc đã được để lại, nên không cần để lại nữa.",
    "no_such_incident": "Không có sự cố số {given}; hãy mở lại danh sách sự cố.",
    "incident_out_of_order": (
        "Thứ tự phải là phát hiện, thông báo, khắc phục, và không sau lúc này; hãy xem lại các thời "
        "điểm."
    ),
    "incident_over": "Sự cố đã khắc phục từ {since}, nên không ghi thêm được nữa.",
    "incident_not_told": (
        "Chỉ tạm dừng tính thời hạn khi có thông báo của cơ quan chủ quản hệ thống; hãy ghi số "
        "thông báo trước."
    ),
    "nobody_chosen": "Chưa có hồ sơ nào được chọn; hãy ghi ít nhất một mã hồ sơ.",
    "not_workbook": (
        "Tệp {file} không phải bảng tính Excel đọc được; hãy lưu lại dạng .xlsx hoặc .csv."
    ),
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
    "passport_number_malformed": (
        "Số hộ chiếu gồm 6 đến 9 chữ cái và chữ số, nhưng nội dung nhập có {length} ký tự hoặc có ký "
        "tự khác; số định danh cá nhân thì gồm đúng 12 chữ số."
    ),
    "tax_number_malformed": (
        "Mã số thuế gồm 10 chữ số, của đơn vị phụ thuộc thêm 3 chữ số, và chữ số thứ 10 phải khớp; "
        "xem lại trên giấy chứng nhận đăng ký, nhất là chữ số gõ nhầm."
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
    # -- what was entered
    "field_needed": "“{field}” còn trống; điền vào rồi gửi lại.",
    "field_unknown": "Không có mục “{field}” ở đây; các mục nhận được là: {known}.",
    "field_too_long": "“{field}” dài quá {longest} ký tự; rút gọn lại.",
    "bad_field": "“{field}” không đọc được từ “{given}”; cần {expected}.",
    "structure_not_yet": (
        "Chưa biết cơ cấu tổ chức của ngày {given}; hãy chọn một ngày từ hôm nay trở về trước."
    ),
    "no_such_choice": "“{field}” không có lựa chọn “{given}”; chọn một trong: {known}.",
    "cursor_unknown": (
        "Không có hồ sơ “{given}” để xem tiếp từ đó; dùng lại mã cuối của trang trước, hoặc xem từ "
        "đầu."
    ),
    # -- catalogue
    "no_such_procedure": (
        "Không có thủ tục {given} trong danh mục; xem lại mã hoặc tìm theo tên thủ tục."
    ),
    "procedure_not_yet_in_force": (
        "Thủ tục {given} đến ngày {since} mới có hiệu lực; chọn thủ tục đang có hiệu lực."
    ),
    "procedure_repealed": (
        "Thủ tục {given} đã bãi bỏ từ ngày {until} (văn bản công bố cuối cùng: {decision}); "
        "tìm thủ tục thay thế trong danh mục."
    ),
    "no_such_case": "Thủ tục {procedure} không có trường hợp “{case}”; chọn một trong: {known}.",
    "case_needed": (
        "Thủ tục {procedure} có thời hạn khác nhau theo trường hợp; chọn một trong: {known}."
    ),
    "no_such_channel": (
        "Thủ tục {procedure} không nhận qua kênh {channel}; chọn kênh khác cho hồ sơ này."
    ),
    "no_legal_term": (
        "Thủ tục {given} không ghi thời hạn cho trường hợp này; cán bộ ghi ngày hẹn và căn cứ."
    ),
    "term_or_procedure": "Cần đúng một trong hai: thời hạn, hoặc mã thủ tục.",
    # -- directory
    "no_such_office": "Không có cơ quan nào mang mã {given}; xem lại mã, ví dụ H35.101.",
    "office_closed": (
        "{name} ({given}) đã kết thúc hoạt động từ ngày {until}; cơ quan tiếp nhận công việc: {next}."
    ),
    "office_not_yet_open": "Cơ quan {given} đến ngày {since} mới hoạt động; xem lại ngày.",
    "no_such_place": "Không có xã, phường nào mang mã {given} vào ngày này; xem lại mã 5 chữ số.",
    "reception_point_closed": (
        "{name} ({given}) đã đóng từ ngày {until}; từ ngày đó nộp hồ sơ tại: {next}."
    ),
    "no_such_reception_point": (
        "Không có quầy tiếp nhận “{given}” đang hoạt động vào ngày này; chọn quầy khác."
    ),
    # -- access and duties
    "no_such_account": "Không có tài khoản “{given}” đang hoạt động; xem lại tên đăng nhập.",
    "no_such_official": (
        "“{given}” không làm việc ở cơ quan {office} vào ngày này; chọn người khác của cơ quan."
    ),
    "no_such_token": "Tài khoản {account} không có khóa truy cập nào tên “{given}” còn hiệu lực.",
    "not_your_duty": (
        "{person} không được giao việc “{act}” ở cơ quan {office} vào ngày này; nhờ người có "
        "nhiệm vụ, hoặc đề nghị quản trị giao vai trò."
    ),
    "not_yours_to_see": (
        "Hồ sơ {code} thuộc cơ quan mà tài khoản này không có nhiệm vụ; đăng nhập tài khoản khác."
    ),
    "idempotency_key_reused": (
        "Khóa chống gửi trùng “{given}” đã dùng cho một yêu cầu khác; dùng khóa mới cho yêu cầu này."
    ),
    "idempotency_key_malformed": (
        "Khóa chống gửi trùng phải có từ 1 đến {longest} ký tự không dấu; tạo lại khóa."
    ),
    # -- web
    "move_not_open": (
        "Việc “{act}” lúc này không mở cho bạn trên hồ sơ {code}; mở hồ sơ để xem các việc làm được."
    ),
    "case_changed": (
        "Trường hợp vừa đổi thành “{case}”: giấy tờ và hạn đã tính lại; xem lại rồi bấm lần nữa."
    ),
    # -- processes
    "no_such_move": (
        "Ở bước “{stage_name}” của quy trình {process} không có việc “{act}”; tải lại hồ sơ để "
        "xem các việc làm được."
    ),
    "branch_needed": (
        "Từ bước này có nhiều hướng đi tiếp cho việc “{act}”: {ways}; chọn một ở mục “{where}”."
    ),
    "no_process": (
        "Chưa có quy trình giải quyết cho thủ tục {procedure} ở cấp này; khai báo quy trình rồi "
        "tiếp nhận lại."
    ),
    "bad_process": "Quy trình {process} chưa dùng được ({fault}); sửa quy trình rồi kiểm tra lại.",
    "unknown_move": "Không có việc nào tên “{given}”; xem danh sách các việc của hồ sơ.",
    # -- decisions, publication, proposals, rosters, simplification
    "decision_unnumbered": "Quyết định phải có số; ghi số quyết định rồi làm lại.",
    "effective_before_issued": (
        "Quyết định {number} ký ngày {issued_on}, không thể có hiệu lực từ {given}; sửa ngày."
    ),
    "already_published": (
        "Thủ tục {given} đã công bố theo {decision} và đang có hiệu lực; hãy sửa đổi thay vì "
        "công bố lại."
    ),
    "draft_incomplete": "Dự thảo thủ tục {given} còn thiếu: {missing}; điền đủ rồi công bố.",
    "nothing_amended": (
        "Dự thảo thủ tục {given} không khác bản đang có hiệu lực; sửa nội dung rồi làm lại."
    ),
    "later_version_exists": (
        "{given} đã có thay đổi từ ngày {since}; chọn ngày hiệu lực sau ngày đó."
    ),
    "replaces_itself": "Thủ tục {given} không thể thay thế chính nó; chọn mã thủ tục khác.",
    "no_such_draft": "Chưa có dự thảo nào của thủ tục {given}; soạn dự thảo trước.",
    "no_such_proposal": "Không có đề xuất số {given}; xem lại danh sách đề xuất.",
    "proposal_not_there": (
        "Đề xuất đang ở trạng thái “{state}”, chưa làm được việc “{step}”; mở lại trang đề xuất "
        "để xem bước tiếp theo."
    ),
    "remark_needed": "Trả lại đề xuất phải ghi điều cần sửa; ghi nhận xét rồi trả lại.",
    "catalogue_duty_needed": (
        "{person} không có vai trò được làm việc này ở {office}; nhờ người có vai trò {role}."
    ),
    "not_on_roster": (
        "{given} không có tên trong bảng phân công đang có hiệu lực của bước {stage}; người được "
        "phân công: {known}."
    ),
    "roster_empty": "Bảng phân công chưa có tên ai; ghi ít nhất một người rồi lưu.",
    "named_twice": "Bảng phân công ghi {official} hai lần ở bước {stage}; bỏ bớt một dòng.",
    "stage_not_on_process": (
        "Quy trình {process} không có bước {stage}; chọn một bước của quy trình."
    ),
    "later_roster_exists": (
        "Bảng phân công của {office} đã có hiệu lực từ {since}; chọn ngày sau ngày đó."
    ),
    "nothing_simplified": (
        "Phương án cho thủ tục {procedure} không giảm thời hạn, giấy tờ, chi phí hay điều kiện "
        "nào; sửa cột “sau”."
    ),
    "cost_basis_needed": (
        "Thủ tục {procedure} có chi phí tuân thủ nhưng chưa ghi cách tính; ghi cách tính."
    ),
    "already_fulfilled": (
        "Phương án của thủ tục {given} đã được thực hiện bằng {decision}; bỏ chọn phương án này."
    ),
    "plan_of_another": (
        "Phương án đã chọn là của thủ tục {planned}, không phải {given}; chọn lại phương án."
    ),
    "no_such_plan": "Không có phương án đơn giản hóa số {given}; xem lại danh sách.",
    "plan_empty": "Phương án chưa có thủ tục nào; ghi ít nhất một dòng rồi lưu.",
    "process_unreadable": (
        "Tệp không phải quy trình do Thông Suốt kết xuất, bị cắt cụt hoặc ghi thiếu; xin lại tệp "
        "gốc rồi nhập lại."
    ),
    "upload_too_large": "Tệp lớn quá {longest} MB; xem lại có đúng tệp không.",
    "file_of_another_kind": (
        "Tệp không phải {known} do Thông Suốt kết xuất; chọn đúng tệp rồi nhập lại."
    ),
    "format_from_another_version": (
        "Tệp ghi theo định dạng phiên bản {given}, hệ thống này đọc phiên bản {known}; kết xuất "
        "lại tệp từ bản cùng phiên bản."
    ),
    # -- reception
    "applicant_needed": "Hồ sơ cần có họ tên người nộp; điền vào rồi tiếp nhận lại.",
    "received_in_the_future": (
        "Thời điểm tiếp nhận {given} muộn hơn bây giờ ({now}); sửa lại thời điểm tiếp nhận."
    ),
    "proxy_paper_needed": (
        "{proxy} nộp thay nên phải có giấy ủy quyền: ghi số, ngày của giấy ủy quyền, hoặc ghi quy định "
        "cho phép nộp thay mà không cần."
    ),
    "representative_needed": (
        "Doanh nghiệp, tổ chức nộp hồ sơ qua một người: ghi họ tên người đại diện, hoặc người nộp thay."
    ),
    "held_not_shown": (
        "Tỉnh đã có {paper} của người này (hồ sơ {dossier}); xem trong danh mục giấy tờ rồi bấm tiếp "
        "nhận, không yêu cầu nộp lại."
    ),
    "late_entry_needs_reason": (
        "Hồ sơ nhận lúc {given} được nhập muộn; ghi lý do nhập muộn, hoặc để trống thời điểm tiếp "
        "nhận."
    ),
    "appointment_needed": (
        "Pháp luật không ghi thời hạn cho thủ tục {procedure}; ghi ngày hẹn trả và căn cứ."
    ),
    "appointment_not_allowed": (
        "Thủ tục có thời hạn {term} nên ngày hẹn được tính sẵn; bỏ trống ngày hẹn."
    ),
    "appointment_in_the_past": "Ngày hẹn {given} không sau lúc tiếp nhận; chọn ngày muộn hơn.",
    "competent_office_needed": (
        "Chưa có quy tắc nào cho biết cơ quan nào giải quyết thủ tục {procedure}; chọn xã, phường "
        "hoặc chọn cơ quan có thẩm quyền."
    ),
    "submitted_before": (
        "Người này đã nộp thủ tục này gần đây, hồ sơ {code}; xem hồ sơ đó, nếu là hồ sơ khác thì đánh dấu "
        "“vẫn tiếp nhận”."
    ),
    "several_bodies_competent": "Nhiều cơ quan có thể giải quyết: {known}; chọn một cơ quan.",
    "competent_office_changed": (
        "Theo nội dung vừa nhập, cơ quan giải quyết là {office}; xem lại hạn rồi bấm tiếp nhận."
    ),
    "competence_of_nothing": (
        "Mỗi dòng phân công phải ghi mã thủ tục hoặc lĩnh vực, và chỉ một trong hai."
    ),
    "level_not_competent": (
        "{office} không thuộc cấp giải quyết “{procedure}”; chọn cơ quan đúng cấp."
    ),
    "identifier_taken": (
        "Mã ở hệ thống khác ({given}) đã gắn với một hồ sơ hoặc ghi hai lần; xem lại mã."
    ),
    # -- the dossier and its clock
    "no_such_dossier": "Không có hồ sơ nào mang mã {given}; xem lại mã trên giấy hẹn.",
    "dossier_ended": (
        "Hồ sơ {code} đã kết thúc ({status}), không làm thêm việc này được nữa; nếu cần, lập hồ sơ "
        "mới."
    ),
    "on_its_way": (
        "Hồ sơ {code} đang được bàn giao sang {system_name}; chưa ai làm gì được với hồ sơ cho đến khi "
        "nơi đó trả lời. Xem tiến độ ở trang Bàn giao hồ sơ."
    ),
    "held_by_another_system": (
        "Hồ sơ {code} đã bàn giao sang {system_name}, ở đây chỉ xem; làm tiếp tại {link}."
    ),
    "already_decided": (
        "Hồ sơ {code} đã có quyết định, chỉ còn phát hành; phát hành ở đây rồi trả kết quả."
    ),
    "not_offered": "Hồ sơ {code} không ở trên đường bàn giao; tải lại trang để xem hồ sơ ở đâu.",
    "not_ended_yet": "Hồ sơ {code} chưa có kết quả để trả; hoàn tất giải quyết trước.",
    "already_handed_over": "Hồ sơ {code} đã trả kết quả rồi; xem lại nhật ký hồ sơ.",
    "not_arrived": (
        "Cơ quan {office} chưa xác nhận đã nhận hồ sơ {code}; xác nhận đã nhận trước khi xử lý."
    ),
    "not_forwarded": (
        "Hồ sơ {code} còn ở nơi tiếp nhận, chưa chuyển đến; chuyển hồ sơ rồi mới xác nhận đã nhận."
    ),
    "child_not_linked": (
        "Ở bước “{stage_name}” quy trình không mở liên thông thủ tục {given}; xem lại mã thủ tục "
        "hoặc bước của hồ sơ."
    ),
    "already_arrived": "Hồ sơ {code} không chờ xác nhận đã nhận; tải lại trang để xem bước hiện nay.",
    "held_already": "Hồ sơ {code} đã có người xử lý; muốn đổi người, nhờ người có quyền phân công.",
    "act_not_now": (
        "Việc này chỉ ghi được vào lúc đang làm ({now}), không ghi cho lúc {given}; bỏ thời điểm đã "
        "chọn."
    ),
    "out_of_order": (
        "Thời điểm {given} sớm hơn việc gần nhất của hồ sơ ({last}); xem lại đồng hồ của máy."
    ),
    "already_paused": "Đồng hồ đang {waits_for} rồi; ghi nhận xong việc đó trước khi yêu cầu lại.",
    "not_paused": "Đồng hồ không {waits_for}; tải lại hồ sơ để xem việc đang chờ.",
    "waiting": "Hồ sơ {code} đang {waits_for}; làm tiếp khi việc đó xong.",
    "supplement_already_asked": (
        "Đã yêu cầu bổ sung {times} lần; chỉ được yêu cầu thêm khi ghi rõ căn cứ pháp lý."
    ),
    "nothing_missing": "Yêu cầu bổ sung phải nêu giấy tờ còn thiếu; ghi mỗi dòng một giấy tờ.",
    "decision_made": (
        "Hồ sơ {code} đã có quyết định nên không dừng theo yêu cầu hay yêu cầu bổ sung được nữa."
    ),
    "no_such_opinion": "Không có ý kiến số {given} đang chờ trả lời; xem lại số ý kiến.",
    "opinions_outstanding": (
        "Còn {count} ý kiến chưa trả lời; chờ đủ ý kiến, hoặc ghi lý do vì sao không chờ nữa."
    ),
    "opinions_not_asked": (
        "Quy trình yêu cầu lấy ý kiến của {known} mà chưa ai hỏi; hỏi đủ, hoặc ghi lý do vì sao "
        "không cần."
    ),
    "answer_day_past": "Ngày trả lời {given} đã qua; chọn hôm nay hoặc ngày muộn hơn.",
    "second_pair_of_eyes": (
        "Quy trình yêu cầu hai người khác nhau duyệt, và {person} đã xử lý hoặc đã duyệt lần một; "
        "nhờ người khác có thẩm quyền duyệt."
    ),
    "decision_stands": (
        "Hồ sơ {code} đã được phê duyệt, nên không chuyển về bước “{stage_name}” ngay được; trả lại người ký "
        "kèm lý do để rút quyết định trước."
    ),
    "draft_needed": (
        "Hồ sơ có {count} bản dự thảo; mở trang của hồ sơ và chọn bản được duyệt rồi duyệt lại."
    ),
    "no_such_version": "Hồ sơ không có bản dự thảo {given}; tải lại trang rồi chọn trong danh sách.",
    "draft_not_endorsed": (
        "Người thứ nhất đã đồng ý bản dự thảo {known}, không phải bản {given}; chọn đúng bản đó, hoặc trả lại "
        "để làm lại."
    ),
    "draft_closed": (
        "Hồ sơ {code} đã được phê duyệt, nên dự thảo không sửa được nữa; muốn sửa, trả lại người "
        "ký kèm lý do."
    ),
    "macros_refused": (
        "Tệp “{name}” có macro; hãy lưu lại thành tài liệu .docx không có macro rồi tải lên."
    ),
    "unpacked_too_large": (
        "Tệp “{name}” nén quá nhiều dữ liệu, mở ra lớn hơn {most} MB; hãy bỏ bớt ảnh rồi lưu lại."
    ),
    "not_a_draft": "Tệp “{name}” không phải DOCX, ODT hay PDF; hãy lưu lại theo một trong ba loại.",
    "letter_malformed": "Mẫu dự thảo {name} chưa dùng được ở mục “{where}”: {reason}.",
    "letter_field_unknown": (
        "Mẫu dự thảo {name} dùng trường “{given}” không có, ở đoạn {line}: “{text}”; các trường có: "
        "{known}."
    ),
    "no_letter_in_force": "Không có mẫu dự thảo “{given}” đang có hiệu lực; chọn trong danh sách.",
    "day_off": "Ngày {given} cơ quan nghỉ, không ai trả kết quả; chọn một ngày làm việc.",
    "not_of_role": (
        "{given} không giữ vai trò của bước “{stage_name}” ở cơ quan {office}, nên không làm tiếp "
        "được; chọn người khác, hoặc đề nghị giao vai trò."
    ),
    "basis_needed": "Việc này cần căn cứ pháp lý bằng văn bản; ghi số, ký hiệu văn bản.",
    "reason_needed": "Việc này cần ghi bằng chữ ở mục “{where}”; điền vào rồi làm lại.",
    "already_extended": "Hồ sơ đã gia hạn một lần (đến {until}); pháp luật không cho gia hạn nữa.",
    "extension_not_later": "Ngày hẹn lại {given} không sau hạn {due}; chọn ngày muộn hơn.",
    "amount_not_positive": "Số tiền {given} phải lớn hơn 0; sửa lại số tiền.",
    "number_needed": "Kết quả phải có số, ký hiệu văn bản; điền số rồi phát hành.",
    "no_such_paper": "Hồ sơ không có giấy tờ “{given}”; chọn một giấy tờ trong thành phần hồ sơ.",
    "same_process": "Hồ sơ đang theo quy trình {given}; chọn phiên bản khác.",
    "stage_not_in_process": "Quy trình {process} không có bước “{given}”; chọn bước khác.",
    "same_custody": "Hồ sơ {code} đã ở cơ quan tiếp nhận {office}; không phải bàn giao nữa.",
    "due_would_come_nearer": (
        "Sắp xếp bộ máy không làm hồ sơ {code} đến hạn sớm hơn {due}; bỏ phần đổi hạn."
    ),
    "plan_not_sound": (
        "Phương án {plan} còn {faults} lỗi; chạy `thongsuot reorganisation check` để xem từng lỗi "
        "rồi sửa."
    ),
    "plan_not_at_this_step": (
        "Phương án {plan} chưa đến hoặc đã qua bước này (đang ở “{plan_state}”); xem tiến trình của "
        "phương án rồi làm bước tiếp theo."
    ),
    "plan_has_gaps": (
        "Phương án {plan} còn {gaps} chỗ hổng; bổ sung phương án, diễn tập lại rồi phê duyệt."
    ),
    "same_person_approves": (
        "{person} đã soạn hoặc diễn tập phương án này; người khác phải phê duyệt."
    ),
    "points_not_ready": (
        "Phương án {plan} còn {many} mục chưa sẵn sàng ở các quầy tiếp nhận ({items}); làm xong "
        "từng mục, hoặc ghi lý do cho qua."
    ),
    "effect_before_last_act": (
        "{office} còn làm việc lúc {last}, sau ngày hiệu lực {since} của phương án {plan}; chọn "
        "ngày hiệu lực muộn hơn."
    ),
    "nothing_handed_over": (
        "Theo phương án {plan}, {giving} không bàn giao hồ sơ nào cho {taking}; xem bảng cân đối."
    ),
    "switch_too_early": (
        "Phương án {plan} có hiệu lực từ {effective_at}; chưa đến lúc chuyển ({given})."
    ),
    "operation_unknown": "Phương án {plan} không có thao tác số {given}; xem lại số thao tác.",
    "heir_has_decided": (
        "Không hoàn tác được thao tác {operation} của phương án {plan}: {office} đã ra “{event}” ở hồ "
        "sơ {code} sau khi tiếp nhận; việc cần sửa thì lập phương án mới."
    ),
    "others_depend": (
        "Không hoàn tác riêng được thao tác {operation} của phương án {plan}: thao tác {others} dựa "
        "vào nó; hãy hoàn tác thao tác {others} trước, hoặc hoàn tác cả phương án."
    ),
    "undo_runs": "Phương án {plan} đang được hoàn tác; chờ xong rồi yêu cầu tiếp.",
    "no_such_reorganisation": ("Không có phương án sắp xếp {given}; xem danh sách phương án."),
    "no_such_province": (
        "Không có tỉnh, thành phố “{given}” vào ngày này; ghi tên không dấu như lai-chau, hoặc mã."
    ),
    "not_the_day_of_the_units": (
        "Địa bàn cấp xã không thay đổi vào ngày {given}; phương án dựng từ dữ liệu là của 2025-07-01."
    ),
    "plan_not_text": "Tệp {given} không phải văn bản UTF-8; hãy lưu lại bằng UTF-8 rồi thử lại.",
    "plan_cannot_be_read": (
        "Văn bản của phương án {plan} có {faults} lỗi; kiểm tra lại phương án để xem từng lỗi."
    ),
    "conflict": "Có người vừa thao tác trên hồ sơ {code}; tải lại để xem rồi làm tiếp.",
    "reorganisation_is_no_reason": (
        "Không được từ chối hay không tiếp nhận hồ sơ vì sắp xếp bộ máy (“{phrase}”); ghi lý do "
        "khác theo pháp luật, hoặc tiếp tục giải quyết. Căn cứ: {source}."
    ),
    # -- data of the province
    "no_calendar": "Chưa nạp lịch làm việc; nạp lịch rồi làm lại.",
    "no_office_hours": "Chưa có giờ làm việc của tỉnh lẫn của cơ quan “{given}”; nạp giờ làm việc.",
    "no_policy_for_day": "Ngày {day} chưa có quy định “{key}” có hiệu lực; nạp quy định rồi làm lại.",
    "bad_policy": "Một quy định có hiệu lực ngày {day} ghi sai ({why}); sửa dữ liệu quy định.",
    # -- the command line
    "simulated_clock_not_allowed": (
        "Cơ sở dữ liệu này là “{mark}”: --at chỉ dùng được trong cơ sở dữ liệu demo hoặc test; bỏ "
        "--at để dùng giờ thật."
    ),
    "argument_needed": "Lệnh còn thiếu: {needed}; thêm --help để xem cách dùng.",
    "argument_unknown": "Lệnh không có “{given}”; thêm --help để xem cách dùng.",
    "argument_malformed": "Không đọc được lệnh ({given}); thêm --help để xem cách dùng.",
    "file_unreadable": "Không đọc được tệp “{given}” ({why}); xem lại đường dẫn và quyền đọc.",
    "request_file_too_large": "Tệp “{given}” lớn hơn {longest} byte; xem lại có đúng tệp không.",
    "not_a_demo_database": (
        "Cơ sở dữ liệu {name} không được đánh dấu là demo nên không bị xóa để kể lại câu chuyện:"
        " hãy đặt tên khác cho cơ sở dữ liệu trình diễn."
    ),
    # -- JSON and HTTP
    "json_malformed": "Nội dung không phải JSON đúng ({why}); kiểm tra lại từ ký tự thứ {position}.",
    "unauthenticated": (
        "Cần khóa truy cập còn hiệu lực trong tiêu đề Authorization: Bearer …; xin quản trị cấp khóa."
    ),
    "no_such_route": "Không có địa chỉ {given}; xem tài liệu API ở /api/v1/openapi.json.",
    "method_not_allowed": "Địa chỉ này không nhận {given}; dùng {known}.",
    "body_too_large": "Nội dung gửi lớn quá {longest} byte; chia nhỏ rồi gửi lại.",
    "media_type_unsupported": "Nội dung gửi là “{given}”; gửi {taken}.",
    "form_with_files_malformed": (
        "Biểu mẫu kèm tệp không đọc được: thiếu phần, sai ranh giới hoặc quá nhiều phần; đóng gói lại "
        "theo multipart/form-data rồi gửi lại."
    ),
    # -- loading files of data
    "file_missing": "Không đọc được tệp {file}; xem lại tên tệp và quyền đọc.",
    "file_not_utf8": "Tệp {file} không phải văn bản UTF-8 (dòng {line}); lưu lại tệp bằng UTF-8.",
    "header_wrong": (
        "Dòng đầu của tệp {file} không đúng (cột thiếu hoặc lặp: {wrong}); cần các cột: {wanted}."
    ),
    "file_cut": (
        "Tệp {file} bị cắt hoặc hỏng ở dòng {line} (thiếu ô, thừa ô hoặc ngoặc kép chưa đóng); "
        "không nạp gì, hãy lấy lại tệp."
    ),
    "not_toml": "Tệp quy trình {file} không đúng cú pháp TOML: {why}; sửa rồi nạp lại.",
    "file_of_no_kind": (
        "Không nhận ra tệp {file}: tên và các cột không khớp loại tệp nào ({known}); đặt lại tên "
        "hoặc sửa dòng đầu."
    ),
    "choice_unknown": "Cột {column} ghi “{given}”; chỉ nhận một trong: {known}.",
    "hours_unreadable": "Giờ làm việc “{given}” không đọc được; ghi như 07:30-11:30 13:30-17:00.",
    "content_differs": (
        "{given} đã có nội dung khác; cho biết ngày nội dung mới có hiệu lực (--as-of) hoặc bỏ "
        "dòng này."
    ),
    "version_overlaps": (
        "{given} đã có một phiên bản hiệu lực trùng những ngày này; sửa ngày hiệu lực."
    ),
    "line_twice": "{given} đã có ở một dòng trên của cùng tệp; giữ lại một dòng.",
    "place_unknown": "Không có đơn vị hành chính mã “{given}” trong các tệp danh mục; sửa mã.",
    "office_unknown": "Không có cơ quan mã “{given}”; nạp cơ quan đó trước hoặc sửa mã.",
    "place_of_office_unknown": (
        "Không có đơn vị hành chính mã “{given}” cho cơ quan này; sửa mã nơi đặt cơ quan."
    ),
    "phrase_without_words": (
        "Cụm từ “{given}” không có chữ nào hoặc có vế dài quá 80 ký tự; sửa lại."
    ),
    "name_missing": "Thiếu tên: danh mục chỉ có mã {given}; bổ sung tên rồi nạp lại.",
    "level_missing": (
        "Thiếu cấp giải quyết của {given}: chưa rõ tỉnh hay xã; bổ sung cấp rồi nạp lại."
    ),
    "procedure_not_loaded": (
        "Thủ tục {given} của dòng này không có trong danh mục hoặc đã bị từ chối ở đó; sửa dòng "
        "của thủ tục trước."
    ),
    "marked_otherwise": (
        "Cơ sở dữ liệu này đã được đánh dấu “{kind}”, không đổi thành “{given}” được; dùng cơ sở "
        "dữ liệu khác."
    ),
    "role_unknown": "Không có vai trò “{given}”; nạp tệp vai trò trước hoặc sửa lại.",
    # -- invented data and the story
    "not_a_database_to_sow": (
        "Cơ sở dữ liệu này được đánh dấu là {mark}: chỉ sinh hồ sơ bịa trong cơ sở dữ liệu demo hoặc"
        " test."
    ),
    "bad_sowing": (
        "Không sinh được {dossiers} hồ sơ từ {first} đến {last} với tỷ lệ còn mở {open}: cần số hồ"
        " sơ không âm, ngày đầu không sau ngày cuối, tỷ lệ từ 0 đến 1."
    ),
    "nothing_to_sow_on": (
        "Ngày {day} chưa có quầy hoặc thủ tục nào để nhận hồ sơ: hãy nạp dữ liệu của tỉnh"
        " (thongsuot prepare) hoặc chọn ngày khác."
    ),
    "no_such_chapter": "Câu chuyện không có chương {given}; hiện có các chương: {known}.",
    # -- papers and forms
    "form_malformed": (
        "Mẫu {form}: mục “{field}” trong phần mô tả thiếu hoặc viết sai; xem tệp meta.toml của một "
        "mẫu đang dùng rồi sửa lại."
    ),
    "forms_overlap": (
        "Hai mẫu {form} và {other} cùng có hiệu lực trong một ngày; sửa ngày hết hiệu lực của mẫu cũ."
    ),
    "no_form_in_force": (
        "Không có mẫu “{paper_kind}” nào có hiệu lực ngày {on}; thêm mẫu của ngày đó vào thư mục mẫu."
    ),
    "no_such_kind_of_paper": (
        "Hệ thống không in loại giấy “{paper_kind}”; đặt mẫu vào thư mục của một loại giấy đã có."
    ),
    "form_field_missing": (
        "Chưa in được theo mẫu {form}: mục “{field}” của mẫu bắt buộc phải có mà đang để trống."
    ),
    "form_field_unknown": (
        "Mẫu {form} dùng trường “{field}” mà loại giấy này không có; sửa tên trường trong mẫu."
    ),
    "form_does_not_compile": "Mẫu {form} viết sai ở {place}: {reason}; sửa mẫu rồi thử lại.",
    "nothing_to_print": "Chưa chọn hồ sơ nào để in theo mẫu {form}; chọn ít nhất một hồ sơ.",
    "too_many_sheets": (
        "Một tệp PDF chứa nhiều nhất {most} tờ mà đang chọn {count}; chia ra in nhiều lần."
    ),
    "too_many_lines": (
        "Sổ có {count} dòng, một tệp PDF chứa nhiều nhất {most}; chọn khoảng ngày ngắn hơn hoặc "
        "xuất ra Excel."
    ),
    "text_not_printable": (
        "Không in được chữ “{text}” vì phông chữ của giấy tờ không có ký tự {characters}; "
        "bỏ hoặc thay ký tự đó rồi in lại."
    ),
    "register_too_long": (
        "Sổ có {lines} hồ sơ, quá {longest} dòng của một trang tính Excel; chọn khoảng ngày ngắn hơn."
    ),
    # actions/files, records/files
    "fee_name_needed": "Chưa ghi tên khoản phí, lệ phí.",
    "reference_needed": "Chưa ghi mã giao dịch; nộp không bằng tiền mặt thì phải có mã giao dịch.",
    "receipt_needed": "Chưa ghi số biên lai; người nộp tiền phải được giao biên lai.",
    "paper_is_secret": (
        "Giấy tờ “{given}” có bí mật nhà nước nên không được đưa vào hệ thống; hãy lưu bản giấy."
    ),
    "paper_scanned_already": "Giấy tờ “{given}” đã được quét, không cần ghi lý do không quét.",
    "already_held": (
        "Tỉnh đã có “{paper}” của người này (hồ sơ {dossier}, {day}): hãy dùng lại, không yêu cầu"
        " nộp lần nữa; chỉ được yêu cầu khi có sự cố hoặc dữ liệu sai, và phải ghi lý do đó."
    ),
    "nothing_held": "Tỉnh không có “{given}” còn giá trị của người này; hãy nhận và quét giấy tờ.",
    "nothing_to_say": "Hồ sơ {code} chưa có nội dung để in giấy này; làm việc đó trước rồi in.",
    "no_file_given": "Chưa chọn tệp nào; hãy chọn hoặc kéo thả tệp vào ô.",
    "file_empty": "Tệp “{name}” không có nội dung; hãy quét lại hoặc chọn tệp khác.",
    "file_too_large": (
        "Tệp “{name}” lớn hơn {most} MB; hãy quét ở độ phân giải thấp hơn hoặc chia thành nhiều tệp."
    ),
    "file_mislabelled": (
        "Tệp “{name}” không đúng như tên gọi (nội dung là {really}); hãy chọn đúng tệp PDF hoặc ảnh."
    ),
    "file_type_unknown": (
        "Tệp “{name}” không phải PDF, JPEG, PNG hay TIFF; hãy quét hoặc lưu lại thành PDF."
    ),
    "file_encrypted": "Tệp “{name}” có mật khẩu; hãy lưu lại thành PDF không có mật khẩu.",
    "file_cut_off": "Tệp “{name}” bị cắt cụt hoặc hỏng, không mở được đến trang cuối; hãy gửi lại.",
    "image_too_large": "Ảnh “{name}” có quá nhiều điểm ảnh; hãy quét lại ở 300 dpi.",
    "no_such_file": "Không tìm thấy tệp này trong kho; hãy quét và tải lên lại.",
    # domain/lookup.py, domain/feedback.py, web/views/lookup.py
    "lookup_proof_malformed": "Cần đúng {digits} chữ số cuối của số định danh hoặc số điện thoại.",
    "lookup_nothing_found": (
        "Không có hồ sơ nào khớp với mã và 4 chữ số này. Hãy xem lại mã in trên giấy hẹn, và số"
        " định danh hoặc số điện thoại người nộp đã ghi."
    ),
    "lookup_locked": (
        "Đã nhập sai quá nhiều lần; hãy thử lại từ {until}, hoặc hỏi nơi đã nộp hồ sơ."
    ),
    "notice_field_unknown": "Mẫu thư “{key}” có mục “{given}” không có trong thư báo; hãy sửa mẫu.",
    "rated_already": "Hồ sơ này đã được đánh giá; mỗi hồ sơ đánh giá một lần.",
    "rated_too_early": "Hồ sơ {dossier} chưa giải quyết xong; xin đánh giá khi đã có kết quả.",
    "score_unknown": "Hãy chọn một mức hài lòng, từ {lowest} đến {highest}.",
    "proof_too_old": "Trang này đã mở quá lâu; hãy tra cứu lại hồ sơ rồi đánh giá.",
}

TITLE: dict[Kind, str] = {
    Kind.MALFORMED: "Nội dung gửi chưa đúng",
    Kind.UNKNOWN: "Không tìm thấy",
    Kind.FORBIDDEN: "Không có quyền",
    Kind.RULE: "Quy định không cho phép",
    Kind.CONFLICT: "Đã có người làm trước",
}
FAULT = (
    "Hệ thống gặp lỗi",
    "Yêu cầu chưa được ghi nhận; thử lại sau, và báo quản trị nếu vẫn lỗi.",
)

EXPECTED: dict[str, str] = {
    "text": "một đoạn chữ",
    "lines": "một danh sách các dòng chữ",
    "moment": "ngày giờ, ví dụ 2025-04-25T14:10",
    "day": "một ngày, ví dụ 2025-04-25",
    "number": "một số tròn không âm",
    "flag": "true hoặc false",
    "channel": "in_person (trực tiếp), online (trực tuyến) hoặc post (bưu chính)",
    "applicant_kind": "person (cá nhân) hoặc organisation (doanh nghiệp, tổ chức)",
    "fields": "một nhóm các mục có tên",
    "list": "một danh sách",
    "span": "hai thời điểm: lúc dừng và lúc tiếp tục",
}

WHY: dict[str, str] = {
    "syntax": "sai cú pháp",
    "not_utf8": "không phải chữ UTF-8",
    "too_deep": "lồng nhau quá sâu",
    "too_long_a_number": "có số quá dài",
    "not_a_number": "có giá trị không phải số",
    "name_given_twice": "có mục ghi hai lần",
}

_LABELS: dict[str, dict[str, str]] = {
    "act": labels.ACT,
    "cutover_act": labels.CUTOVER_ACT,
    "service_step": labels.SERVICE_STEP,
    "ways": labels.SERVICE_WAY,
    "channel": labels.CHANNEL,
    "expected": EXPECTED,
    "event": labels.EVENT,
    "field": labels.FIELD,
    "missing": labels.PROCEDURE_PART,
    "handover_state": labels.HANDOVER_STATE,
    "handover_step": labels.HANDOVER_STEP,
    "paper_kind": labels.PAPER,
    "state": labels.PROPOSAL_STATE,
    "plan_state": labels.PLAN_STATE,
    "status": labels.STATUS,
    "step": labels.PROPOSAL_STEP,
    "waits_for": labels.PAUSE,
    "why": WHY,
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")


def sentence(refusal: Refusal) -> str:
    """The refusal as one sentence for the person at the door."""
    # What cannot be read is repeated as it was typed.
    typed = {"given"} if refusal.kind is Kind.MALFORMED else set()
    words = {
        name: str(value) if name in typed else _said(name, value)
        for name, value in refusal.facts.items()
    }
    where = labels.FIELD.get(refusal.where, refusal.where)
    return " ".join(SENTENCES[refusal.code].format_map({"where": where, **words}).split())


def told(refusal: Refusal) -> dict[str, Json]:
    """The refusal as every door tells it to a machine."""
    facts: dict[str, Json] = {
        name: [*value] if isinstance(value, list) else value
        for name, value in refusal.facts.items()
    }
    return {
        "refusal": {
            "code": refusal.code,
            "message": sentence(refusal),
            "where": refusal.where,
            "facts": facts,
        }
    }


def _said(name: str, value: Fact) -> str:
    if isinstance(value, list):
        return ", ".join(_said(name, item) for item in value)
    text = "" if value is None else str(value)
    if name in _LABELS:
        return ", ".join(_LABELS[name].get(part, part) for part in text.split(", "))
    return _dated(text)


def _dated(text: str) -> str:
    """A day or a moment as the office writes it; anything else as it is."""
    try:
        if _DAY.fullmatch(text):
            return f"{date.fromisoformat(text):%d/%m/%Y}"
        if _MOMENT.fullmatch(text):
            return short(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        pass
    return text
