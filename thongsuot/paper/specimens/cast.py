"""Who and what appears on the specimens; nobody of these exists."""

from __future__ import annotations

from datetime import date, datetime

from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper import values

MORNING = datetime(2026, 7, 3, 8, 5, tzinfo=VIETNAM)
DUE = datetime(2026, 7, 17, 16, 30, tzinfo=VIETNAM)
LATER = datetime(2026, 7, 24, 16, 30, tzinfo=VIETNAM)
CENTRE = "Trung tâm Phục vụ hành chính công phường Đoàn Kết"
DEPARTMENT = "Sở Khoa học và Công nghệ"
PROCEDURE = (
    "Đăng ký thông tin kết quả nghiên cứu khoa học và phát triển công nghệ được mua"
    " bằng ngân sách nhà nước thuộc phạm vi quản lý của tỉnh"
)
HEAD = values.Letterhead(
    parent="Ủy ban nhân dân phường Đoàn Kết",
    office="Trung tâm Phục vụ hành chính công",
    place="Đoàn Kết",
    on=date(2026, 7, 3),
    number="0012/TNHS",
)
BARE_HEAD = values.Letterhead("", "Trung tâm Phục vụ hành chính công", "", date(2026, 7, 3))
LOOKUP = values.Lookup("https://tracuu.example.vn/h/H35.101-260703-0012")
DOSSIER = values.DossierLine("H35.101-260703-0012", PROCEDURE, LOOKUP, book="03/2026", entry="0012")
BARE_DOSSIER = values.DossierLine("H35.101-260703-0012", PROCEDURE, LOOKUP)
PERSON = values.Addressee(
    name="Lò Thị Thu Hằng",
    address="Bản Nậm Loỏng, phường Đoàn Kết, tỉnh Lai Châu",
    number="012190000123",
    phone="0900 000 123",
    email="lo.thi.thu.hang@example.vn",
    proxy="Giàng A Páo",
    authority="số 12, ngày 01/7/2026",
)
BARE_PERSON = values.Addressee("Lò Thị Thu Hằng", "")
PAPERS = (
    values.Enclosure("Phiếu đăng ký thông tin kết quả (Mẫu số 11)", originals=1),
    values.Enclosure("Báo cáo tổng hợp kết quả nghiên cứu", originals=1, copies=2),
    values.Enclosure("Hợp đồng mua kết quả nghiên cứu", certified=1),
)
SIGNER = values.Signer("Giám đốc", "Nguyễn Văn Quyết")
