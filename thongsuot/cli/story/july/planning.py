"""The plan: built from the data, a wrong one refused line by line, rehearsed, approved by another."""

from __future__ import annotations

from django.conf import settings

from thongsuot.actions import staff
from thongsuot.actions.reorganisation import approve, keep, rehearse
from thongsuot.actions.reorganisation.building import build_plan
from thongsuot.actions.reorganisation.checking import check
from thongsuot.actions.reorganisation.course import (
    PlanHasGaps,
    PointsNotReady,
    SamePersonApproves,
)
from thongsuot.actions.reorganisation.rehearsal import Rehearsal
from thongsuot.cli.story.july.setting import DAY, HILLS_HOUSE, PLAN, SINCE, Setting, on
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.reorganisation import PlanNotSound, Subject
from thongsuot.queries import directory
from thongsuot.words import plans
from thongsuot.words.balance import figure
from thongsuot.words.plans import keys
from thongsuot.words.reorganisation import gap_sentence

BUILT_FOR = "lai-chau"
# What the built plan says rightly, and a hand that is in a hurry writes wrongly.
SLIPS = (
    ("vào: H35.102", "vào: H35.21.31"),
    ("vào: H35.104", "vào: H35.999"),
    ("địa bàn: 03408", "địa bàn: 99999"),
    ("còn lại: H35.001", "còn lại: H35.20"),
)
WAIVED = "Thiết bị, phân công, tập huấn, niêm yết làm ngay trong ngày 01/07 khi quầy mới mở."


def a_plan_from_the_data(here: Setting) -> Scene:
    """Nobody types 84 operations: a command builds them; what is mended by hand is checked."""
    t = here.teller
    yield on(23, "09:00")
    built = build_plan(province=BUILT_FOR, on=DAY, data=settings.DATA_DIR)
    text = plans.write(built.plan, names=built.names)
    found = check(text, data=settings.DATA_DIR)
    counts = dict(found.counts)
    kinds = ", ".join(
        f"{keys.KINDS[kind]} {counts[name]}"
        for kind in keys.KINDS
        if (name := f"operations:{kind.value}") in counts
    )
    t.note(
        "",
        f"Dựng phương án {built.plan.id} từ dữ liệu: {counts['operations']} thao tác ({kinds}); "
        f"{counts['bodies_before']} cơ quan còn {counts['bodies_after']}, "
        f"{counts['successions']} dòng kế thừa.",
    )
    t.note(
        "",
        f"Kiểm tra: {len(found.faults)} lỗi, {len(found.gaps)} chỗ hổng; thử "
        f"{figure(counts['decisions'])} loại hồ sơ, {counts['by_fallback']} loại phải theo mục “còn lại”.",
    )
    yield on(23, "10:00")
    wrong = text
    for right, slip in SLIPS:
        wrong = wrong.replace(right, slip, 1)
    t.note("", "Bản sửa tay có lỗi bị trả lại, mỗi lỗi một dòng:")
    for fault in check(wrong, data=settings.DATA_DIR).faults:
        t.note("", f"  {plans.sentence(fault)}")
    t.cannot(PlanNotSound, lambda: keep(wrong, by=here.planner, at=t.now))
    yield on(23, "10:30")
    keep(text, by=here.planner, at=t.now)
    t.acts["plan"] += 1


def rehearsed_until_nothing_is_open(here: Setting) -> Scene:
    """The first rehearsal on live data finds a commune where nobody works; people are named."""
    t = here.teller
    yield on(25, "14:00")
    first = rehearse(PLAN, by=here.planner, at=t.now)
    t.acts["rehearse"] += 1
    t.note("", f"Diễn tập lần một trên dữ liệu thật: {len(first.gaps)} chỗ hổng.")
    for gap, code in first.gaps:
        t.note(code, f"  {gap_sentence(gap)}")
    t.cannot(PlanHasGaps, lambda: approve(PLAN, by=here.approver, at=t.now))
    yield on(26, "08:00")
    staff.appoint([*HILLS_HOUSE.posts(SINCE)], password=here.password)
    t.note("", "Cử bốn người về xã Tả Lèng từ ngày 01/07/2025.")
    yield on(26, "14:00")
    second = rehearse(PLAN, by=here.planner, at=t.now)
    t.acts["rehearse"] += 1
    t.note("", f"Diễn tập lần hai: {len(second.gaps)} chỗ hổng. Sẽ chuyển:")
    for line in _figures(second):
        t.note("", line)


def approved_by_another(here: Setting) -> Scene:
    """Who drafted does not approve; what is not ready is waived by name, with a reason."""
    t = here.teller
    yield on(26, "15:00")
    t.cannot(SamePersonApproves, lambda: approve(PLAN, by=here.planner, at=t.now, waive=WAIVED))
    t.cannot(PointsNotReady, lambda: approve(PLAN, by=here.approver, at=t.now))
    yield on(26, "16:00")
    approve(PLAN, by=here.approver, at=t.now, waive=WAIVED)
    t.acts["approve_plan"] += 1
    t.note(
        "", f"{here.approver.name} phê duyệt; các mục đỏ được cho qua, có tên và lý do: “{WAIVED}”"
    )


def _figures(found: Rehearsal) -> list[str]:
    """One line for each subject; dossiers by pairs, those by fallback apart."""
    pairs = [one for one in found.counts if one.subject is Subject.DOSSIERS]
    names = directory.office_names({code for one in pairs for code in (one.body, one.to)})
    lines = [
        f"  {names[one.body]} → {names[one.to]}: {one.many} hồ sơ"
        + (f" (theo mục “còn lại”: {one.by_fallback})" if one.by_fallback else "")
        for one in pairs
    ]
    lines.append(
        f"  tổng {len(found.dossiers)} hồ sơ, trong đó theo mục “còn lại” {found.by_fallback}."
    )
    rest = [
        f"{keys.SUBJECTS[subject]} {found.totals[subject.value]}"
        for subject in Subject
        if subject is not Subject.DOSSIERS and subject.value in found.totals
    ]
    return [*lines, f"  {', '.join(rest)}."]


SCENES = (a_plan_from_the_data, rehearsed_until_nothing_is_open, approved_by_another)
