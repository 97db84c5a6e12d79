"""Frozen, checked, approved by another, sent while the ministry fails, answered one by one."""

from __future__ import annotations

from typing import Any

from thongsuot import env
from thongsuot.actions import handover
from thongsuot.cli.story.cast import HANDLER
from thongsuot.cli.story.july.inheriting import REGISTER, SYSTEM
from thongsuot.cli.story.march.setting import DECISION, FIELD, PARTNER, Setting, on
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.dossier import Dossier, replay
from thongsuot.domain.dossier.refusals import OnItsWay
from thongsuot.domain.handover import HandoverBooks, LineState, SamePersonApproves
from thongsuot.domain.workflow import Act
from thongsuot.exchange import handing, simulated
from thongsuot.queries import handover as queries
from thongsuot.records import dossier as dossiers
from thongsuot.records.migration import LegacyDossierRow

CONNECTIONS = env.ROOT / "data" / "story" / "january" / "connections.toml"
SLOW = 2.6  # longer than a connection of the story waits for an answer
FAULTS: tuple[dict[str, Any], ...] = (
    {"mode": "times_out_after", "count": 1, "seconds": SLOW},
    {"mode": "error_200", "share": 0.3},
    {"mode": "duplicate", "share": 0.3},
    {"mode": "expired_session", "share": 0.2},
)
ROUNDS = ("10:00", "11:00", "14:00", "15:00", "16:00")


def inherited_dossiers_came_this_far(here: Setting) -> Scene:
    """Inherited in June, moved by the reorganisation in July, past the cut-over of January."""
    t = here.teller
    yield on(2, "07:30")
    simulated.connect(here.town.control, here="", file=CONNECTIONS, at=t.now)
    for system in (SYSTEM, REGISTER):
        rows = LegacyDossierRow.objects.filter(system=system)
        still = rows.filter(dossier__ended_at=None, dossier__is_handed_over=False)
        t.note(
            "",
            f"Kế thừa từ “{system}”: {rows.count()} hồ sơ, còn mở {still.count()}, nay ở "
            f"{', '.join(sorted(set(still.values_list('dossier__competent_office', flat=True))))}.",
        )


def a_field_is_handed_over(here: Setting) -> Scene:
    """What fits goes, what does not stays with its reasons; nobody approves their own list."""
    t = here.teller
    yield on(2, "08:00")
    row = handover.plan(field=FIELD, decision=DECISION, by=here.planner, at=t.now)
    t.note(
        "",
        f"Bàn giao lĩnh vực {FIELD} sang {row.system_name}: đóng băng {row.chosen} hồ sơ.",
    )
    books = handing.check(row.pk, by=here.planner, at=t.now)
    page = queries.page(row.pk)
    t.note(
        "", f"  Kiểm tra theo {page.shape} trước khi gửi: {books.fit} đi được, {books.kept} ở lại."
    )
    for reason, many in page.kept_because:
        t.note("", f"    {many} hồ sơ: {reason}")
    digest = page.digest
    t.cannot(
        SamePersonApproves,
        lambda: handover.approve(row.pk, digest=digest, by=here.planner, at=t.now),
    )
    handover.approve(row.pk, digest=digest, by=here.approver, at=t.now)
    first, second, *_ = (one.code for one in queries.lines(row.pk, state=LineState.FIT.value))
    yield on(2, "08:30")
    t.act(now_of(first), Act.CLAIM, HANDLER)
    gone, kept = handover.send(row.pk, by=here.planner, at=t.now)
    t.note(
        first,
        f"Có người nhận xử lý sau khi đóng băng nên ở lại ({kept}); {gone} hồ sơ lên đường.",
    )
    yield on(2, "09:00")
    d = now_of(second)
    t.cannot(OnItsWay, lambda: t.act(d, Act.CLAIM, HANDLER))


def the_ministry_fails_and_answers(here: Setting) -> Scene:
    """Whatever it does meanwhile, each is there once, or back with whoever held it."""
    t = here.teller
    yield on(2, "09:30")
    here.town.fail(PARTNER, *({**fault, "seed": here.seed} for fault in FAULTS))
    for clock in ROUNDS:
        yield on(2, clock)
        here.exchange.round(at=t.now)
        handover.follow_all(at=t.now)
    yield on(3, "08:00")
    here.town.well()
    here.exchange.decide(by=here.planner, at=t.now)
    yield on(3, "09:00")
    here.exchange.round(at=t.now)
    books = handover.follow(here.number, at=t.now)
    t.note("", f"Bộ lỗi nửa ngày rồi trả lời: {sheet(books)}")
    gone = {one.code for one in queries.lines(here.number, state=LineState.THERE.value)}
    codes = [words[-1]["code"] for words in here.town.book(PARTNER, "dossiers").values()]
    wrong = [code for code in gone if codes.count(code) != 1] + [c for c in codes if c not in gone]
    if wrong or not books.is_settled or not gone:
        raise AssertionError(f"not handed over once: {wrong}, {books}")
    t.note("", f"  So sổ của bộ với sổ ở đây: {len(codes)} hồ sơ, mỗi hồ sơ một lần; khác 0.")


def sheet(books: HandoverBooks) -> str:
    """The balance in one line."""
    return (
        f"chọn {books.chosen} = bộ đã nhận {books.there} + trở lại {books.returned} + ở lại "
        f"{books.kept} + chờ {books.pending}; chênh {books.difference}."
    )


def now_of(code: str) -> Dossier:
    """A dossier as its events say it is."""
    found = replay(dossiers.entries_of(dossiers.find(code)))
    if found is None:
        raise AssertionError(f"{code} has no events")
    return found


SCENES = (
    inherited_dossiers_came_this_far,
    a_field_is_handed_over,
    the_ministry_fails_and_answers,
)
