"""Where data comes from, said beside what is shown; what has no source says so."""

PROVISIONAL = "tạm, chưa có nguồn"
SAMPLE = "mẫu, chưa phê duyệt"

UNITS_BEFORE = "danh mục hành chính (thanglequoc, MIT), trạng thái 30/6/2025; ngày bắt đầu đặt tạm"
UNITS_AFTER = "QĐ 19/2025/QĐ-TTg; danh mục hành chính (thanglequoc, MIT)"
ISLAND_DISTRICTS = "huyện đảo không có xã thành đặc khu; danh mục hành chính (thanglequoc, MIT)"
PROVISIONAL_BODY = "tên: danh mục hành chính; mã: tạm, chưa có nguồn, đặt theo lối của Lai Châu"
PROVINCES = "NQ 202/2025/QH15; danh mục hành chính (thanglequoc, MIT)"


def mapping(relation: str, sources: str, *, is_suggested: bool) -> str:
    """How sure it is that an old commune, or a part of it, went to a new one."""
    how = "toàn bộ" if relation == "whole" else "một phần"
    chosen = ", gợi ý mặc định" if is_suggested and relation != "whole" else ""
    return f"bảng đối chiếu địa giới ({sources} nguồn độc lập đồng ý), {how}{chosen}"


def plan_title(province: str) -> str:
    """The title of a plan that was built from the data."""
    inside = province[:1].lower() + province[1:]
    return f"Kết thúc hoạt động cấp huyện, sắp xếp xã, phường, đặc khu của {inside}"
