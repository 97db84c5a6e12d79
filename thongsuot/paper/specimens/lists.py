"""Specimens of what the offices keep or put up: slips, registers, notices."""

from __future__ import annotations

from datetime import date

from thongsuot.domain.spans import Span
from thongsuot.paper import values
from thongsuot.paper.specimens.cast import (
    BARE_DOSSIER,
    BARE_HEAD,
    BARE_PERSON,
    CENTRE,
    DEPARTMENT,
    DOSSIER,
    DUE,
    HEAD,
    LATER,
    LOOKUP,
    MORNING,
    PERSON,
    PROCEDURE,
    SIGNER,
)

SPECIMENS: dict[str, tuple[values.Paper, values.Paper]] = {
    "control": (
        values.ControlPaper(
            head=HEAD,
            dossier=DOSSIER,
            addressee=PERSON,
            received_at=MORNING,
            due_at=DUE,
            competent_office=DEPARTMENT,
            cooperating_offices=("Sở Tài chính", "Văn phòng Ủy ban nhân dân tỉnh"),
            handovers=(
                values.Handover(CENTRE, "Vàng Thị Mỷ", DEPARTMENT, "Đỗ Hải Nam", MORNING),
                values.Handover(
                    DEPARTMENT,
                    "Đỗ Hải Nam",
                    "Văn phòng Ủy ban nhân dân tỉnh",
                    "Lý Mai Anh",
                    DUE,
                    values.Timeliness.ON_TIME,
                ),
                values.Handover(
                    "Văn phòng Ủy ban nhân dân tỉnh",
                    "Lý Mai Anh",
                    CENTRE,
                    "Vàng Thị Mỷ",
                    LATER,
                    values.Timeliness.LATE,
                    "Chờ ý kiến Sở Tài chính",
                ),
            ),
        ),
        values.ControlPaper(BARE_HEAD, BARE_DOSSIER, BARE_PERSON, MORNING, DUE, "", (), ()),
    ),
    "register": (
        values.RegisterPaper(
            head=HEAD,
            book="03/2026",
            field="Hoạt động khoa học và công nghệ",
            during=Span(date(2026, 7, 1), date(2026, 8, 1)),
            lines=(
                values.RegisterLine(
                    code="H35.101-260703-0012",
                    procedure=PROCEDURE,
                    sets=1,
                    owner="Lò Thị Thu Hằng",
                    address="Bản Nậm Loỏng, phường Đoàn Kết",
                    phone="0900 000 123",
                    competent_office=DEPARTMENT,
                    received_at=MORNING,
                    due_at=DUE,
                    returned_at=DUE,
                    return_by="Bưu chính",
                    receiver="Vàng Thị Mỷ",
                    place="Phường Đoàn Kết",
                    note="Trước hạn",
                ),
                values.RegisterLine(
                    "H35.101-260703-0013", PROCEDURE, 1, "Sùng A Chứ", "", "", "", MORNING, DUE
                ),
            ),
            produced_at=LATER,
            produced_by="Vàng Thị Mỷ",
        ),
        values.RegisterPaper(BARE_HEAD, "", "", Span(date(2026, 7, 1)), (), LATER, ""),
    ),
    "batch_receipt": (
        values.BatchReceiptPaper(
            head=HEAD,
            addressee=PERSON,
            lookup=values.Lookup("https://tracuu.example.vn/"),
            point=CENTRE,
            lines=(
                values.BatchLine("H35.101-260703-0012", PROCEDURE, "Lò Thị Thu Hằng", DUE),
                values.BatchLine("H35.101-260703-0013", PROCEDURE, "Sùng A Chứ", DUE),
            ),
            received_at=MORNING,
            return_at=CENTRE,
            submitted_by="Giàng A Páo",
            received_by="Vàng Thị Mỷ",
        ),
        values.BatchReceiptPaper(BARE_HEAD, BARE_PERSON, LOOKUP, "", (), MORNING, "", "", ""),
    ),
    "result_handover": (
        values.ResultHandoverPaper(
            head=HEAD,
            from_office=DEPARTMENT,
            to_office=CENTRE,
            at=DUE,
            lines=(
                values.ResultLine(
                    code="H35.101-260703-0012",
                    procedure=PROCEDURE,
                    result="Giấy chứng nhận số 15/GCN-SKHCN",
                    owner="Lò Thị Thu Hằng",
                    address="Bản Nậm Loỏng, phường Đoàn Kết",
                    fee="50.000 đồng",
                    by_post=True,
                ),
                values.ResultLine("H35.101-260703-0013", PROCEDURE, "Văn bản", "Sùng A Chứ", ""),
            ),
            given_by="Đỗ Hải Nam",
            taken_by="Vàng Thị Mỷ",
        ),
        values.ResultHandoverPaper(BARE_HEAD, "", "", DUE, (), "", ""),
    ),
    "custody_minutes": (
        values.CustodyMinutesPaper(
            head=HEAD,
            plan="Sắp xếp bộ máy tỉnh Lai Châu",
            basis=("NQ 190/2025/QH15", "NQ 1670/NQ-UBTVQH15"),
            from_office="Ủy ban nhân dân xã Sùng Phài",
            to_office=CENTRE,
            at=MORNING,
            total=3,
            counts=(values.CustodyCount(PROCEDURE, 3, 1, 1),),
            lines=(
                values.CustodyLine("H35.101-260703-0012", PROCEDURE, "Lò Thị Thu Hằng", DUE),
                values.CustodyLine("H35.101-260703-0013", PROCEDURE, "Sùng A Chứ", None, True),
            ),
            left_out=1,
        ),
        values.CustodyMinutesPaper(BARE_HEAD, "", (), "", "", MORNING, 0, (), ()),
    ),
    "notice": (
        values.NoticePaper(
            head=HEAD,
            unit=CENTRE,
            address="Số 15, đường 30 tháng 4, phường Đoàn Kết, tỉnh Lai Châu",
            hours=("Sáng: 07 giờ 30 – 11 giờ 30", "Chiều: 13 giờ 30 – 17 giờ 00"),
            hotline="0213 000 0000",
            email="motcua.doanket@example.vn",
            since=date(2026, 7, 1),
            lookup=values.Lookup("https://tracuu.example.vn/"),
            moved=(
                values.Moved("Bộ phận một cửa Ủy ban nhân dân phường Quyết Tiến", CENTRE),
                values.Moved("Bộ phận một cửa Ủy ban nhân dân xã Sùng Phài", CENTRE),
            ),
            signer=SIGNER,
        ),
        values.NoticePaper(
            BARE_HEAD,
            "",
            "",
            (),
            "",
            "",
            date(2026, 7, 1),
            LOOKUP,
            (),
            values.Signer("", ""),
        ),
    ),
    "report": (
        values.ReportPaper(
            head=HEAD,
            number="Biểu số II.06a/VPCP/KSTT",
            basis="Ban hành theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020",
            title="TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT TTHC",
            span="Từ 15/03/2025 đến hết 14/06/2025",
            period="quý II năm 2025",
            reporter=CENTRE,
            receiver="Ủy ban nhân dân tỉnh",
            counted_in="Số hồ sơ TTHC",
            first="Lĩnh vực, công việc giải quyết theo cấp",
            columns=(
                values.FigureColumn("(3)", "Tổng số", "Số lượng hồ sơ tiếp nhận"),
                values.FigureColumn("(4)", "Trong kỳ: trực tuyến", "Số lượng hồ sơ tiếp nhận"),
                values.FigureColumn("(14)", "Ghi chú"),
            ),
            lines=(
                values.FigureLine("", "TTHC thuộc thẩm quyền cấp xã", 0, ("12", "3", "–")),
                values.FigureLine("1", "Hộ tịch", 1, ("12", "3", "–")),
                values.FigureLine("", "Tổng cộng", 0, ("1.250", "3", "–")),
            ),
            notes=("Số liệu tạm: kỳ chưa kết thúc.",),
            known_at=MORNING,
        ),
        values.ReportPaper(BARE_HEAD, "", "", "", "", "", "", "", "", "", (), (), (), MORNING),
    ),
}
