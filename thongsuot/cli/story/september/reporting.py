"""The quarter that the reorganisation fell into: reported straight to the province, frozen, restated."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from thongsuot.actions import reporting as actions
from thongsuot.actions.reporting import Contents, OfReport
from thongsuot.cli.story.september.setting import COMMUNE, Setting, on
from thongsuot.cli.story.setting import USUAL
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.reporting.course import NothingToRestate, ReportIsLocked
from thongsuot.domain.reporting.forms import Broken
from thongsuot.queries.reporting import compiled, frozen, life
from thongsuot.queries.reporting.life import ReportPage
from thongsuot.queries.reporting.tallies import Hierarchy

QUARTERLY, THIRD = "quarterly", "2025-Q3"
CORRECTION = "1.012796"


def the_quarter_is_reported(here: Setting) -> Scene:
    """Checked and sent by the commune, accepted and locked by the province."""
    t = here.teller
    yield on(15, "10:20")
    report, page = _report(here, t.now)
    actions.check(report=report, broken=_broken(page, t.now), by=here.leader, at=t.now)
    version = actions.submit(
        report=report, contents=_contents(page, t.now, steps=1), by=here.leader, at=t.now
    )
    t.acts["report"] += 1
    t.note(
        "", f"Báo cáo quý III của {page.unit_name} gửi thẳng {page.receiver_name}, bản {version}."
    )
    then, now = (_total(hierarchy, t.now) for hierarchy in Hierarchy)
    t.note(
        "", f"Toàn tỉnh quý III: {then} hồ sơ theo cơ quan lúc chốt, {now} theo cơ quan hiện nay."
    )
    t.cannot(NothingToRestate, lambda: _restate(here, "thử"))
    yield on(15, "15:40")
    late = here.people.make(CORRECTION, t.now, USUAL)
    told = replace(
        late.submission, received_at=on(12, "16:00"), late_entry_reason="mất điện cuối giờ"
    )
    d = t.receive(replace(late, submission=told), here.counter)
    yield on(15, "15:50")
    version = _restate(here, f"hồ sơ {d.code} nhập muộn do mất điện")
    _, page = _report(here, t.now)
    before, after = page.versions
    changed = len(frozen.changes(before.content, after.content))
    causes = ", ".join(one.code for one in life.causes(page, before, after))
    t.note(
        d.code, f"Bản {version} khác bản 1 ở {changed} ô, do hồ sơ {causes}; bản 1 vẫn nguyên vẹn."
    )
    actions.accept(report=report, by=here.bureau, at=t.now)
    actions.lock(report=report, by=here.bureau, at=t.now)
    t.cannot(ReportIsLocked, lambda: _restate(here, "thử"))


def _report(here: Setting, at: datetime) -> tuple[OfReport, ReportPage]:
    page = life.page(QUARTERLY, period=THIRD, unit=COMMUNE, by=here.leader, at=at)
    return OfReport(page.definition, page.window, COMMUNE), page


def _broken(page: ReportPage, at: datetime) -> tuple[Broken, ...]:
    actions.catch_up()
    return tuple(fault for made in life.everything(page, at=at) for fault in made.broken)


def _contents(page: ReportPage, at: datetime, *, steps: int) -> Contents:
    actions.catch_up()
    made = frozen.canonical(life.everything(page, at=at))
    return Contents(made.text, made.files, made.to_enter, at, steps)


def _restate(here: Setting, reason: str) -> int:
    at = here.teller.now
    report, page = _report(here, at)
    contents = _contents(page, at, steps=len(page.steps))
    return actions.restate(report=report, contents=contents, reason=reason, by=here.leader, at=at)


def _total(hierarchy: Hierarchy, at: datetime) -> int:
    asked = compiled.question("II.06c", unit="", known_at=at, period=THIRD, hierarchy=hierarchy)
    total = next(row for row in compiled.compiled(asked).rows if row.key == compiled.TOTAL)
    return int(total.cells["3"] or 0)


SCENES = (the_quarter_is_reported,)
