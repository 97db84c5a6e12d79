"""All faults off: everything drains to zero, each partner's book is compared with ours, the ledger closes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from thongsuot.cli.story.january.exchange import STEPS, is_untellable, step_of
from thongsuot.cli.story.january.readying import tell_board
from thongsuot.cli.story.january.setting import FIELDS, IGATE, LGSP, PORTAL, Setting
from thongsuot.cli.story.post_office import letters_go, open_post_office
from thongsuot.queries import messages as queries
from thongsuot.queries.board import left
from thongsuot.records.messages import OutboxRow

LATER = timedelta(minutes=20)
MOST_ROUNDS = 40
BOOKS = {PORTAL: "dossiers", LGSP: "documents"}


def settle(here: Setting) -> None:
    """Drain, compare, and tell the balance; what does not close stops the story."""
    t = here.teller
    here.town.well()
    with open_post_office() as letters:
        letters_go(letters.port, at=t.now)
    _drain(here)
    lines = queries.standing()
    owed = sum(line.owed + line.quarantined for line in lines)
    t.note("", f"Tắt mọi lỗi, gửi nốt: còn nợ mọi đối tác và còn giữ lại {owed}.")
    for partner in (PORTAL, IGATE, LGSP):
        _compare(here, partner)
    t.note(
        "",
        "Cân đối sổ trao đổi, từng đối tác: phải gửi = đã đến nơi (đối tác xác nhận, hoặc người đối "
        "chiếu thấy đã có) + chờ + để riêng.",
    )
    for line in lines:
        t.note(
            "",
            f"  {line.name}: {line.ever} = {line.acknowledged + line.skipped} + {line.waiting} + "
            f"{line.aside}; chênh {line.difference}.",
        )
    faults = queries.verify()
    t.note("", "  exchange verify: " + ("sổ nguyên vẹn." if not faults else f"{len(faults)} lỗi."))
    tell_board(here, "Bảng khi kết thúc")
    still = sum(left(field.name, at=t.now)[1] for field in FIELDS)
    if owed or still or faults or any(line.difference for line in lines):
        raise AssertionError(f"not drained: {owed} messages, {still} dossiers, {faults}")


def _drain(here: Setting) -> None:
    at = here.teller.now
    for _ in range(MOST_ROUNDS):
        here.exchange.round(at=at)
        here.exchange.decide(by=here.keeper, at=at)
        if not any(line.owed for line in queries.standing()):
            return
        at += LATER


def _compare(here: Setting, partner: str) -> None:
    """Every dossier and every step that we told is in the partner's book once, and in order."""
    told: dict[str, list[str]] = {}
    untold = 0
    for row in _told(partner):
        if is_untellable(row):
            untold += 1
            continue
        steps = told.setdefault(row.dossier.code, [])
        steps.extend(step for step in [step_of(row)] if step)
    theirs = here.exchange.steps(partner)
    wrong = [code for code, steps in told.items() if steps != theirs.get(code, [])]
    wrong += [code for code, many in _times(here, partner, told).items() if many != 1]
    if wrong:
        first = min(wrong)
        raise AssertionError(f"{partner}: {first}: {told[first]} is not {theirs.get(first)}")
    many = sum(map(len, told.values()))
    of_steps = f", {many} bước đúng một lần, đúng thứ tự" if partner in STEPS else ""
    here.teller.note(
        "", f"So sổ của {partner} với sổ ở đây: {len(told)} hồ sơ, mỗi hồ sơ một{of_steps}; khác 0."
    )
    if untold:
        here.teller.note(
            "",
            f"  {untold} tin của hồ sơ kế thừa không có số định danh: người giữ sổ quyết định không "
            "gửi, có lý do trong sổ.",
        )


def _told(partner: str) -> Iterable[OutboxRow]:
    rows = OutboxRow.objects.filter(partner=partner).select_related("dossier")
    return rows.order_by("dossier", "seq")


def _times(here: Setting, partner: str, told: Iterable[str]) -> dict[str, int]:
    """How many dossiers the partner has of each code of ours."""
    if partner in BOOKS:
        book = here.town.book(partner, BOOKS[partner])
        return {code: int(code in book) for code in told}
    codes = [words[-1].get("code") for words in here.town.book(partner, "dossiers").values()]
    return {code: codes.count(code) for code in told}
