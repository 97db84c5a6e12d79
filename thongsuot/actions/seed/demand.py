"""What people ask for, and which body of the province resolves it: estimates, not statistics."""

from __future__ import annotations

from thongsuot.domain.catalogue import Channel

# How often a field is asked for beside the others at a commune's counter.
DEMAND: dict[str, float] = {
    "Chứng thực": 34,
    "Hộ tịch": 30,
    "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)": 9,
    "Đất đai": 8,
    "Giảm nghèo": 5,
    "Nuôi con nuôi": 1,
}
ELSEWHERE = 0.8

CHANNELS: dict[Channel, float] = {
    Channel.IN_PERSON: 0.62,
    Channel.ONLINE: 0.30,
    Channel.POST: 0.08,
}

# The provincial centre takes in this share of all, a commune's counter this much for the province.
CENTRE_SHARE = 0.15
PROVINCE_AT_COMMUNE = 0.07

# Fields by the name of the body that resolves them at the level of the province.
_BODIES: dict[str, tuple[str, ...]] = {
    "Sở Tư pháp": (
        "Tư vấn pháp luật",
        "Luật sư",
        "Đấu giá tài sản",
        "Giám định tư pháp",
        "Trợ giúp pháp lý",
        "Trọng tài thương mại",
        "Quản tài viên",
        "Nuôi con nuôi",
        "Quốc tịch",
        "Hòa giải thương mại",
        "Thừa phát lại",
        "Công chứng",
        "Hộ tịch",
    ),
    "Sở Tài chính": (
        "Hỗ trợ doanh nghiệp nhỏ và vừa",
        "Đầu tư vào nông nghiệp, nông thôn",
        "Thành lập và hoạt động của doanh nghiệp",
        "Thành lập và hoạt động doanh nghiệp xã hội",
        "Đầu tư theo phương thức đối tác công tư",
        "Đầu tư tại Việt nam",
        "Quản lý công sản",
        "Quản lý giá",
    ),
    "Sở Xây dựng": (
        "Đường bộ",
        "Hàng hải và đường thủy nội địa",
        "Hạ tầng kỹ thuật",
        "Kiến trúc",
        "Quản lý chất lượng công trình xây dựng",
        "Nhà ở và công sở",
        "Kinh doanh bất động sản",
        "Hoạt động xây dựng",
        "Quy hoạch đô thị và nông thôn",
    ),
    "Sở Nông nghiệp và Môi trường": (
        "Kiểm lâm",
        "Lâm nghiệp",
        "Khí tượng, thủy văn",
        "Thú y",
        "Quản lý chất lượng nông lâm sản và thủy sản",
        "Thủy lợi",
        "Trồng trọt và Bảo vệ thực vật",
        "Thủy sản",
        "Tài nguyên nước",
        "Trồng trọt",
        "Chăn nuôi",
        "Môi trường",
        "Đất đai",
        "Địa chất và khoáng sản",
    ),
    "Công an tỉnh Lai Châu": ("Quản lý xuất nhập cảnh", "Lý lịch tư pháp"),
}
_BODY_OF = {name: body for body, names in _BODIES.items() for name in names}


def body_of(field: str) -> str:
    """The name of the provincial body that resolves a field; "" where it is not known here."""
    return _BODY_OF.get(field, "")
