"""Invented data: every name says so."""

from __future__ import annotations

from typing import Any

PROVINCE = "000.00.00.H35"
OFFICES: tuple[tuple[str, str, str], ...] = (
    (PROVINCE, "Ủy ban nhân dân tỉnh (giả lập)", "1"),
    ("000.00.01.H35", "Sở giả lập số 1", "1"),
    ("000.00.02.H35", "Sở giả lập số 2", "1"),
    ("000.01.01.H35", "Ủy ban nhân dân xã giả lập số 1", "3"),
    ("000.00.00.G15", "Bộ giả lập", "0"),
)
FIELDS: tuple[tuple[str, str, str], ...] = (
    ("G15-GL01", "Lĩnh vực giả lập 1", "G15"),
    ("G17-GL02", "Lĩnh vực giả lập 2", "G17"),
)
PROCEDURES: tuple[tuple[str, str, str], ...] = (
    ("9.900001", "Thủ tục giả lập số 1 (dữ liệu bịa)", "G15-GL01"),
    ("9.900002", "Thủ tục giả lập số 2 (dữ liệu bịa)", "G15-GL01"),
    ("9.900003", "Thủ tục giả lập số 3 (dữ liệu bịa)", "G17-GL02"),
)
# Number, family name, middle name, given name, year of birth, day and month, sex.
PEOPLE: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("012090000001", "NGUYỄN", "VĂN", "BỊA", "1990", "0102", "1"),
    ("012185000002", "LÒ", "THỊ", "GIẢ", "1985", "1503", "2"),
    ("012078000003", "VÀNG", "A", "LẬP", "1978", "2811", "1"),
)


def field_of(procedure: str) -> tuple[str, str, str]:
    """The field of an invented procedure."""
    code = next(field for known, _, field in PROCEDURES if known == procedure)
    return next(field for field in FIELDS if field[0] == code)


def paper(title: str) -> bytes:
    """A small PDF that says it is invented."""
    ascii_only = title.encode("ascii", "replace").decode().replace("(", "").replace(")", "")
    drawn = f"BT /F1 14 Tf 40 780 Td (DU LIEU BIA - {ascii_only}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        starts.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + table + tail % (len(parts) + 1, len(body))


def procedure(code: str, name: str) -> dict[str, Any]:
    """A procedure as `LayThuTuc` tells it."""
    field, field_name, _ = field_of(code)
    paper_line = {"MAGIAYTO": f"{code}-GT01", "TENGIAYTO": "Đơn giả lập", "SOBANCHINH": "1"} | {
        "SOBANSAO": "0",
        "TENMAUDON": "",
        "URL": "",
        "MA_KQ_THAYTHE": "",
    }
    fee = {"MAPHILEPHI": "PLP01", "SOTIEN": "15000", "DONVI": "VND", "MOTA": ""} | {
        "TENTEP": "",
        "URL": "",
    }
    term = {"THOIGIANGIAIQUYET": "5", "DONVITINH": "Ngày làm việc", "MOTA": "", "PHILEPHI": [fee]}
    office = [{"MADONVI": PROVINCE, "TENDONVI": OFFICES[0][1]}]
    return {
        "ID": code,
        "MATTHC": code,
        "TENTTHC": name,
        "MACOQUANCONGBO": PROVINCE,
        "LOAITTHC": "1",
        "MOTADOITUONGTHUCHIEN": "Công dân",
        "DIACHITIEPNHAN": "Nơi tiếp nhận giả lập",
        "QUYETDINH": "Quyết định giả lập",
        "YEUCAU": "",
        "TUKHOA": "giả lập",
        "IDQUYETDINHCONGBO": "1",
        "TRANGTHAI": "1",
        "MOTACOQUANTHUCHIEN": "",
        "MOTACOQUANTHAMQUYEN": "",
        "MOTA": "Dữ liệu bịa để thử nối",
        "TTHCLIENQUAN": "",
        "TTHCLIENTHONG": "",
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Nộp hồ sơ"}]}],
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": "1", "TENCAP": "Tỉnh"}],
        "LINHVUCTHUCHIEN": [{"MALINHVUC": field, "TENLINHVUC": field_name}],
        "CACHTHUCTHUCHIEN": [{"KENH": "1", "THOIGIAN": [term]}],
        "DOITUONGTHUCHIEN": [{"MADOITUONG": "1", "TENDOITUONG": "Công dân"}],
        "THANHPHANHOSO": [{"TRUONGHOP": "", "GIAYTO": [paper_line]}],
        "KETQUATHUCHIEN": [
            {"MAKETQUA": f"{code}-KQ01", "TENKETQUA": "Kết quả giả lập", "TENTEP": "", "URL": ""}
        ],
        "CANCUPHAPLY": [],
        "COQUANTHUCHIEN": office,
        "COQUANCOTHAMQUYEN": office,
        "COQUANDUOCUYQUYEN": [],
        "COQUANPHOIHOP": [],
    }
