"""How the balance and the progress of a switch are said."""

from __future__ import annotations

from collections.abc import Sequence

CHECKS: dict[str, str] = {
    "due_moments_unchanged": "Hạn trả kết quả không đổi",
    "due_moments_by_basis": "Hạn trả kết quả chỉ lùi đúng số ngày mà phương án nêu căn cứ",
    "history_kept": "Lịch sử đủ từng dòng, thêm đúng một dòng bàn giao",
    "one_holder": "Mỗi hồ sơ đang mở có đúng một cơ quan đang hoạt động giải quyết",
    "nothing_left_behind": "Không hồ sơ nào còn nằm ở cơ quan đã kết thúc",
}
COLUMNS: dict[str, str] = {
    "before": "Đang mở trước khi chuyển",
    "passed": "Đã bàn giao",
    "stays": "Ở lại cơ quan cũ",
    "finished": "Đã giải quyết",
    "withdrawn": "Đã rút",
    "refused": "Đã từ chối",
    "held": "Bị giữ lại",
    "waits": "Chưa đến lượt",
}

UNDO_ASKED = "Đã giao cho máy hoàn tác; trang này cho thấy đến đâu, quầy vẫn mở."
UNDO_REASON = "Lý do hoàn tác"
CLOSES, DOES_NOT_CLOSE = "khớp", "CHƯA KHỚP"
MINUTES_TITLE = "Hồ sơ {giving} bàn giao cho {taking}: {many} hồ sơ"
MINUTES_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Mã hồ sơ", 24),
    ("Thủ tục hành chính", 60),
    ("Chủ hồ sơ", 28),
    ("Ngày nhận", 12),
    ("Hẹn trả", 12),
    ("Người đang xử lý", 18),
    ("Theo mục còn lại", 10),
)
BALANCE_TITLE = "Cân đối hồ sơ trước và sau khi chuyển, phương án {plan}"
BALANCE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Mã cơ quan", 16),
    ("Cơ quan", 44),
    ("Thủ tục", 14),
    *((name, 14) for name in COLUMNS.values()),
    ("Có kết quả, chưa trả", 14),
    ("Nhận trong khi chuyển", 14),
    ("Đã hoàn tác", 14),
    ("Cân đối", 10),
)


def figure(number: int) -> str:
    """A number as it is printed, thousands apart."""
    return f"{number:,}".replace(",", ".")


def sentence(*, before: int, passed: int, others: int, held: int, waits: int, closes: bool) -> str:
    """The balance in one sentence."""
    said = (
        f"{figure(before)} hồ sơ đang mở trước khi chuyển: {figure(passed)} đã bàn giao, "
        f"{figure(others)} ở lại hoặc đã xong, {figure(held)} bị giữ lại, "
        f"{figure(waits)} chưa đến lượt"
    )
    return f"{said} – cân đối." if closes else f"{said} – CHƯA cân đối."


def figures(line: object) -> list[tuple[str, str]]:
    """The numbers of a line, each with the title of its column."""
    return [(title, figure(getattr(line, name))) for name, title in COLUMNS.items()]


def progress_sentence(*, done: int, total: int, percent: int, held: int) -> str:
    """How far a switch is, in one sentence."""
    said = f"Đã chuyển {figure(done)} trên {figure(total)} hồ sơ ({percent} %)"
    return f"{said}, {figure(held)} bị giữ lại." if held else f"{said}."


def check_line(key: str, *, looked_at: int, wrong: int) -> str:
    """One check in one line."""
    if not wrong:
        return f"✓ {CHECKS[key]} ({figure(looked_at)} hồ sơ)."
    return f"✗ {CHECKS[key]}: sai ở {figure(wrong)} trên {figure(looked_at)} hồ sơ."


def undone_sentences(
    *, operations: Sequence[int], dossiers: int, received_since: int, refused: Sequence[str]
) -> list[str]:
    """What was taken back, and why something was not."""
    done = (
        f"Đã hoàn tác thao tác {', '.join(map(str, operations)) or '(không có)'}: "
        f"{figure(dossiers)} hồ sơ về cơ quan cũ, "
        f"{figure(received_since)} hồ sơ nhận sau khi chuyển giữ nguyên mã."
    )
    return [done, *refused]
