"""The reports of the turn of the year: the odd windows from configuration, frozen, restated, exported."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from thongsuot.actions import contacts
from thongsuot.actions import reporting as actions
from thongsuot.actions.reporting import Contents, OfReport
from thongsuot.cli.story.cast import LEADER, OFFICE
from thongsuot.cli.story.january.setting import Setting, on
from thongsuot.cli.story.post_office import letters_go, open_post_office
from thongsuot.cli.story.september.setting import BUREAU, COMMUNE, LAND
from thongsuot.cli.story.setting import USUAL
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.directory import Contact
from thongsuot.domain.duties import Person
from thongsuot.domain.reporting.forms import Broken, Row
from thongsuot.domain.reporting.orders import OrderDocument, OrderTask
from thongsuot.queries.reporting import compiled, files, frozen, life
from thongsuot.queries.reporting.compiled import ELSEWHERE, TOTAL, Compiled
from thongsuot.queries.reporting.life import ReportPage
from thongsuot.queries.reporting.verifying import verify
from thongsuot.records.reports import FrozenReportRow
from thongsuot.words import reporting as words

WEEK, ONCE, QUARTERLY = "weekly", "use_of_ministry_systems", "quarterly"
SUNDAY = "dung-he-thong-bo-2026-01"
# A procedure of no field that moves: what is entered late stays here.
CORRECTION = "1.012796"
MADE_UP = "ví dụ, không có thật"


def the_windows_of_the_letters(here: Setting) -> Scene:
    """Quarters, half a year for some in the same report, the year: each a line of configuration."""
    t = here.teller
    yield on(2, "09:00")
    second = _compiled("II.06c", "2025-Q2", t.now)
    spans = [
        f"{_whose(second, part.reporters)}: {words.span(part.window)}" for part in second.parts
    ]
    t.note("", f"Báo cáo quý II/2025, một báo cáo hai kỳ số liệu: {'; '.join(spans)}.")
    third, fourth, year = (_compiled("II.06c", f"2025-{key}", t.now) for key in ("Q3", "Q4", "N"))
    t.note(
        "",
        f"Qua ngày sắp xếp bộ máy và qua ngày chuyển hệ thống: quý III {_figures(third)}; quý IV "
        f"{_figures(fourth)}; cả năm (15/12/2024–14/12/2025) {_figures(year)}.",
    )
    left, taken = _total(third).cells["11"], _total(fourth).cells["6"]
    if left != taken:
        raise AssertionError(f"quarter III leaves {left}, quarter IV takes over {taken}")
    t.note(
        "", f"Quý III để lại {words.number(left)} hồ sơ, quý IV nhận đúng {words.number(taken)}."
    )


def the_year_is_frozen_and_restated(here: Setting) -> Scene:
    """Sent by the province, restated once for what was entered late, exported, handed over."""
    t, bureau = here.teller, here.teller.cast.holder(BUREAU, OFFICE)
    yield on(2, "10:00")
    _send(here, QUARTERLY, "2025-N", "", bureau)
    yield on(2, "10:30")
    late = here.people.make(CORRECTION, t.now, USUAL)
    told = replace(
        late.submission,
        received_at=datetime.combine(date(2025, 12, 12), t.now.timetz()),
        late_entry_reason="sổ giấy ngày 12/12/2025, nay nhập vào hệ thống",
    )
    d = t.receive(replace(late, submission=told), here.counter)
    yield on(2, "10:40")
    report, page = _report(QUARTERLY, "2025-N", "", bureau, t.now)
    contents = _contents(page, t.now, steps=len(page.steps))
    reason = f"hồ sơ {d.code} nhập muộn từ sổ giấy"
    version = actions.restate(report=report, contents=contents, reason=reason, by=bureau, at=t.now)
    _, page = _report(QUARTERLY, "2025-N", "", bureau, t.now)
    before, after = page.versions[-2:]
    changed = frozen.changes(before.content, after.content)
    causes = ", ".join(one.code for one in life.causes(page, before, after))
    t.note(d.code, f"Báo cáo năm bản {version} khác bản 1 ở {len(changed)} ô, do {causes}.")
    _export(here, after)


def the_week_is_reported(here: Setting) -> Scene:
    """From Monday to Friday 15:00; what lies between two weeks is carried and shown."""
    t, leader = here.teller, here.teller.cast.holder(COMMUNE, LEADER)
    for friday in (2, 9):
        yield on(friday, "15:05")
        page = _send(here, WEEK, f"2026-W{1 if friday == 2 else 2:02}", COMMUNE, leader)
        whole = _compiled("weekly", page.window.key, t.now)
        t.note("", f"Báo cáo tuần {words.span(page.window)}, toàn tỉnh: {_figures(whole)}.")
        if whole.between is not None:
            cells = whole.between.cells
            received = words.number((cells["4"] or Fraction(0)) + (cells["5"] or Fraction(0)))
            t.note(
                "",
                f"  Giữa 15 giờ thứ Sáu trước và thứ Hai: tiếp nhận {received}, giải quyết "
                f"{words.number(cells['7'])}, chuyển vào cột từ kỳ trước.",
            )
        systems = _compiled("weekly_by_system", page.window.key, t.now)
        told = [
            f"{row.name} {words.number(row.cells['3'])}"
            for row in systems.rows
            if row.key not in (TOTAL, ELSEWHERE)
        ]
        t.note("", f"  Theo hệ thống: {'; '.join(told)}.")


def the_use_of_ministries_systems_is_due_on_a_sunday(here: Setting) -> Scene:
    """Due at 11:00 on a Sunday in the New-Year break: reminded in time, the late reminded after."""
    t, bureau = here.teller, here.teller.cast.holder(BUREAU, OFFICE)
    leader = t.cast.holder(COMMUNE, LEADER)
    yield on(31, "07:20")
    contacts.announce(
        office=COMMUNE,
        contact=Contact("", "xabinhlu@vidu.test"),
        first=t.now.date(),
        source=MADE_UP,
        by=bureau,
        at=t.now,
    )
    yield on(31, "07:35")
    _remind(here)
    yield on(4, "10:30")
    report, page = _report(ONCE, SUNDAY, COMMUNE, leader, t.now)
    form = page.forms[0]
    rows = [row.key for row in life.figures(page, form, at=t.now).rows if row.key != TOTAL]
    cells = {(form.key, row, "people"): "3" for row in rows} | {
        (form.key, row, "difficulties"): "1" for row in rows[-1:]
    }
    source = "Tổ công nghệ của xã ghi sổ; vướng mắc: đăng nhập chậm (ví dụ)"
    actions.fill(report=report, cells=cells, source=source, by=leader, at=t.now)
    _send(here, ONCE, SUNDAY, COMMUNE, leader)
    yield on(4, "11:05")
    _remind(here)


def an_order_is_answered(here: Setting) -> Scene:
    """A document orders something once; each body answers, the province accepts and sums up."""
    t, bureau = here.teller, here.teller.cast.holder(BUREAU, OFFICE)
    leader = t.cast.holder(COMMUNE, LEADER)
    yield on(5, "09:00")
    number = actions.order(
        document=OrderDocument(
            "01/CĐ-VD", "Rà soát hồ sơ quá hạn sau khi chuyển hệ thống", MADE_UP, t.now.date()
        ),
        tasks=[OrderTask(1, "Rà soát hồ sơ quá hạn và nêu nguyên nhân", on(7, "16:00"))],
        units=[COMMUNE, LAND],
        by=bureau,
        at=t.now,
    )
    yield on(7, "14:10")
    _remind(here)
    told = "Không còn hồ sơ quá hạn do chuyển hệ thống (ví dụ)."
    actions.answer(order=number, task=1, unit=COMMUNE, said=told, by=leader, at=t.now)
    actions.accept_answer(order=number, task=1, unit=COMMUNE, by=bureau, at=t.now)
    yield on(8, "08:00")
    summary = "Một đơn vị trả lời đúng hạn, một đơn vị chưa trả lời, đã nhắc."
    actions.close(order=number, summary=summary, by=bureau, at=t.now)
    t.note("", f"Công điện ví dụ 01/CĐ-VD: giao hai đơn vị, {summary.lower()}")


def everything_still_holds(here: Setting) -> Scene:
    """Every frozen report is counted anew as it was known, and gives the same bytes."""
    t = here.teller
    yield on(12, "17:30")
    actions.catch_up()
    found = list(verify())
    if wrong := [one for one in found if one.wrong]:
        raise AssertionError(f"reports do not hold: {wrong}")
    book = here.town.book("reports", "files")
    t.note(
        "",
        f"report verify: {len(found)} bản đã gửi đều nguyên vẹn; hệ thống báo cáo (giả lập) đã nhận "
        f"{len(book)} tệp.",
    )


def _report(
    key: str, period: str, unit: str, by: Person, at: datetime
) -> tuple[OfReport, ReportPage]:
    page = life.page(key, period=period, unit=unit, by=by, at=at)
    return OfReport(page.definition, page.window, unit), page


def _send(here: Setting, key: str, period: str, unit: str, by: Person) -> ReportPage:
    """Check, send, and tell in which form it lies frozen."""
    t = here.teller
    report, page = _report(key, period, unit, by, t.now)
    actions.check(report=report, broken=_broken(page, t.now), by=by, at=t.now)
    contents = _contents(page, t.now, steps=len(page.steps) + 1)
    version = actions.submit(report=report, contents=contents, by=by, at=t.now)
    t.acts["report"] += 1
    name = page.unit_name or "Tỉnh"
    t.note(
        "",
        f"{name} gửi báo cáo {words.period(period)} bản {version}, mã băm {contents.sha256[:12]}…",
    )
    return page


def _broken(page: ReportPage, at: datetime) -> tuple[Broken, ...]:
    actions.catch_up()
    return tuple(fault for made in life.everything(page, at=at) for fault in made.broken)


def _contents(page: ReportPage, at: datetime, *, steps: int) -> Contents:
    actions.catch_up()
    made = frozen.canonical(life.everything(page, at=at))
    return Contents(made.text, made.files, made.to_enter, at, steps)


def _export(here: Setting, version: FrozenReportRow) -> None:
    """Every file twice: the same bytes."""
    text = version.content
    made = [_files(text), _files(text)]
    if made[0] != made[1]:
        raise AssertionError("the files of a frozen report differ")
    sizes = ", ".join(f"{name} {len(content) // 1024 + 1} kB" for name, content in made[0].items())
    digest = hashlib.sha256(b"".join(made[0].values())).hexdigest()[:12]
    here.teller.note(
        "", f"Kết xuất bản {version.version}: {sizes}; chạy lại đúng từng byte ({digest}…)."
    )


def _files(text: str) -> Mapping[str, bytes]:
    return {
        "Excel": files.workbook(text, "II.06c"),
        "PDF": files.pdf(text),
        "DOCX": files.letter(text),
        "CSV": files.table(text, "II.06c"),
        **{f"tệp nhập {one.key}": one.content for one in files.to_enter(text)},
    }


def _remind(here: Setting) -> None:
    """One round of the worker, the letters through a post office on this machine."""
    t = here.teller
    new = actions.remind(at=t.now)
    with open_post_office() as letters:
        letters_go(letters.port, at=t.now)
        subjects = {" ".join(str(one["Subject"]).split()) for one in letters.letters}
    t.acts["remind"] += new
    t.note("", f"Nhắc {new} việc báo cáo; thư: {'; '.join(sorted(subjects)) or 'không'}.")


def _compiled(form: str, period: str, at: datetime) -> Compiled:
    actions.catch_up()
    return compiled.compiled(compiled.question(form, unit="", known_at=at, period=period))


def _total(made: Compiled) -> Row:
    return next(row for row in made.rows if row.key == TOTAL)


def _whose(made: Compiled, reporters: str) -> str:
    """The reporters of a part, as the letter names them."""
    kinds = made.question.definition.reporters
    return next((kind.name for kind in kinds if kind.key == reporters), "các đơn vị khác")


def _figures(made: Compiled) -> str:
    cells = _total(made).cells
    return (
        f"phải giải quyết {words.number(cells['3'])}, đã giải quyết {words.number(cells['7'])}, còn "
        f"{words.number(cells['11'])}"
    )


SCENES = (
    the_windows_of_the_letters,
    the_year_is_frozen_and_restated,
    the_week_is_reported,
    the_use_of_ministries_systems_is_due_on_a_sunday,
    an_order_is_answered,
    everything_still_holds,
)
