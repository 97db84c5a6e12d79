"""The instant itself, and the first working day after: who comes now, who came before."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from thongsuot.cli.story.january.readying import tell_board
from thongsuot.cli.story.january.setting import BUSINESS, FIELDS, MIDNIGHT, Setting, on
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.cutover import BelongsElsewhere
from thongsuot.queries import cutover as queries
from thongsuot.words.cutover import HOME, because

A_SECOND = timedelta(seconds=1)


def the_instant(here: Setting) -> Scene:
    """One second before it is received here, at the instant itself by the ministry."""
    t = here.teller
    yield MIDNIGHT
    for field in FIELDS:
        for moment in (MIDNIGHT - A_SECOND, MIDNIGHT):
            where = queries.explain(procedure=field.procedure, received_at=moment)
            system = where.system.name if where.system else HOME
            t.note(
                "",
                f"{field.procedure} nhận lúc {moment:%H:%M:%S %d/%m/%Y}: {system}. "
                f"{because(where.because[-1])}.",
            )
    tell_board(here, "Bảng lúc 0 giờ 01/01/2026")


def the_counter_obeys(here: Setting) -> Scene:
    """What a ministry receives is shown the way and counted; paper of the year before stays."""
    t = here.teller
    yield on(5, "08:15")
    for field in FIELDS:
        t.cannot(BelongsElsewhere, partial(here.receive, field))
    why = "Nhận trên giấy cuối giờ chiều 31/12 khi mất điện, nay nhập vào hệ thống."
    d = here.receive(BUSINESS, received_at=on(31, "16:40"), why_late=why)
    t.note(d.code, "Nhận trên giấy 31/12/2025, nhập 05/01/2026: xét theo lúc nhận, làm ở đây.")
    here.to_desk(d)


SCENES = (the_instant, the_counter_obeys)
