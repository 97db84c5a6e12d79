"""What is still open before the day: the district's last dossiers, and the board that counts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from thongsuot.actions.catalogue import procedures
from thongsuot.cli.story.cast import OFFICE
from thongsuot.cli.story.july.setting import (
    DAY,
    HILLS_PLACE,
    PLACE,
    Setting,
    on,
)
from thongsuot.cli.story.teller import Scene, Teller
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.decisions import Decision
from thongsuot.domain.directory import Level
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.queries import publication
from thongsuot.queries import run_off as queries
from thongsuot.words.systems import HINDRANCE

# The catalogue of after the day has no procedures of districts any more: these two are invented,
# in the likeness of one that is real.
LIKE = "1.012796"
OWN, OF_THE_COMMUNE = "9.900001", "9.900002"
INVENTED = {
    OWN: ("Hỗ trợ theo chương trình riêng của huyện", "Chương trình của huyện (ví dụ)", ()),
    OF_THE_COMMUNE: ("Xác nhận diện tích khoanh nuôi rừng", "Lâm nghiệp", (Level.COMMUNE,)),
}


def publish_procedures_of_the_district(t: Teller) -> None:
    """Two invented procedures that the district resolves, published by the Office."""
    at, by = on(23, "06:50"), t.cast.holder("", OFFICE)
    model = procedures.as_draft(publication.page(LIKE, on=at.date()).shown)
    decision = _decision(
        "02/QĐ-VD", "Quyết định ví dụ: công bố hai thủ tục của huyện", on(23, "00:00").date()
    )
    for code in INVENTED:
        procedures.draft_procedure(procedure=_invented(model, code), by=by, at=at)
        procedures.publish(code=code, decision=decision, by=by, at=at)


def _invented(model: Procedure, code: str) -> Procedure:
    name, field, levels = INVENTED[code]
    return replace(
        model,
        code=ProcedureCode.parse(code),
        name=f"{name} (thủ tục ví dụ)",
        field=field,
        levels=frozenset({Level.DISTRICT, *levels}),
    )


def _decision(number: str, title: str, day: date) -> Decision:
    issuer = "Chủ tịch Ủy ban nhân dân tỉnh (ví dụ, không có thật)"
    return Decision(number=number, issued_on=day, issuer=issuer, title=title, valid_from=day)


def the_last_dossiers_of_the_district(here: Setting) -> Scene:
    """The district receives until its last week: what nobody else resolves, too."""
    t = here.teller
    yield on(23, "08:10")
    for place in (PLACE, HILLS_PLACE):
        d = here.to_desk(here.at_district(OF_THE_COMMUNE, place))
    yield on(24, "08:30")
    for _ in range(2):
        d = here.to_desk(here.at_district(OWN, PLACE))
    t.note(
        d.code, "Huyện Tam Đường nhận và xử lý 4 hồ sơ trong tuần cuối (thủ tục ví dụ của huyện)."
    )


def the_board_of_the_town(here: Setting) -> Scene:
    """The day after the plan's approval: what is open, what is due before, what will not finish."""
    t = here.teller
    yield on(27, "16:30")
    board = queries.board(switch_on=DAY, at=t.now)
    still_open = [line for line in board.lines if line.numbers.open]
    t.note(
        "",
        f"Bảng cơ quan kết thúc: {len(board.lines)} cơ quan, {len(still_open)} nơi còn hồ sơ, "
        f"còn {board.working_days} ngày làm việc.",
    )
    for line in still_open:
        why = ", ".join(f"{HINDRANCE[k.value].lower()} {n}" for k, n in line.numbers.hindered if n)
        t.note(
            "",
            f"  {line.name} → {', '.join(line.heirs)}: còn mở {line.numbers.open}, đến hạn trước "
            f"{line.numbers.due_before}, không kịp {line.numbers.will_not_finish} ({why}).",
        )


def the_procedures_of_the_district_end(here: Setting) -> Scene:
    """What only districts resolved is repealed; what is under way keeps its version."""
    t = here.teller
    yield on(2, "15:00")
    decision = _decision("03/QĐ-VD", "Quyết định ví dụ: bãi bỏ thủ tục của cấp huyện", t.now.date())
    for code in INVENTED:
        procedures.repeal(code=code, decision=decision, by=here.planner, at=t.now)
    t.note("", "Bãi bỏ hai thủ tục ví dụ của huyện; hồ sơ đang làm theo bản cũ đến hết.")


SCENES = (
    the_last_dossiers_of_the_district,
    the_board_of_the_town,
    the_procedures_of_the_district_end,
)
