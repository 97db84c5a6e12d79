"""The switch: tried on a copy, killed and gone on with while counters receive, balanced, undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from thongsuot.actions.access import open_reading
from thongsuot.actions.reorganisation import switching, undoing
from thongsuot.cli.story.july.setting import DAY, PLAN, Setting, on
from thongsuot.cli.story.killing import killed_switch
from thongsuot.cli.story.stage import on_a_copy
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.looks import Purpose
from thongsuot.queries import balance as queries
from thongsuot.queries import custody_minutes, directory, then_and_now
from thongsuot.queries import dossier as dossiers
from thongsuot.queries.balance import Progress
from thongsuot.queries.then_and_now import BodyLine
from thongsuot.records.dossier import DossierRow
from thongsuot.words import balance as words

MIDNIGHT = on(1, "00:00")
AT_ONCE = 20  # few, so that there is something to see
OF_TOWN = 42  # thị trấn Tam Đường, xã Bình Lư, xã Sơn Bình → xã Bình Lư
OF_DISTRICT = 78  # huyện Tam Đường ends
OF_EVENTS = {"id", "version"}  # more events came, which is right


def tried_whole_on_a_copy(here: Setting) -> Scene:
    """Three days before, in a copy of the database: switched, balanced, undone, nothing differs."""
    t = here.teller
    yield on(28, "09:00")
    with on_a_copy():
        before = _columns()
        switching.switch(key=PLAN, at=MIDNIGHT)
        found = queries.balance(PLAN, on=DAY)
        changed = _differing(before)
        undone = undoing.undo(key=PLAN, operation=None, by=here.planner, at=on(1, "00:30"))
        left = _differing(before)
    t.note("", f"Tổng diễn tập trên bản sao cơ sở dữ liệu: {found.sentence}")
    t.note(
        "",
        f"  Hoàn tác cả {len(undone.operations)} thao tác: {undone.dossiers} hồ sơ về cơ quan cũ; so "
        f"từng cột của {len(before)} hồ sơ: {changed} hồ sơ đã đổi, nay còn khác {left}.",
    )


def switched_while_counters_receive(here: Setting) -> Scene:
    """Midnight: batch by batch, and what comes in meanwhile lands where its own moment says."""
    t = here.teller
    yield on(30, "23:59")
    t.cannot(switching.SwitchTooEarly, lambda: switching.switch(key=PLAN, at=t.now))
    whole = _uninterrupted()
    switching.begin(key=PLAN, by=None, at=MIDNIGHT)
    late = here.online(here.town, here.counter)
    yield MIDNIGHT
    t.note("", "0 giờ 01/07/2025: bắt đầu chuyển, các quầy vẫn nhận hồ sơ.")
    taken: list[Dossier] = []
    stopped = killed_switch(PLAN, at=MIDNIGHT)
    t.note(
        "",
        f"  kill -9 tiến trình chuyển giữa lượt thứ ba: {_said(stopped)} Lượt dở dang không để lại "
        "gì; chuyển tiếp phần còn lại.",
    )

    def between(_: int) -> None:
        t.note("", f"  {_progress()}")
        taken.append(here.online(here.commune, here.counter))

    switching.switch(key=PLAN, at=t.now, tell=between, limit=AT_ONCE)
    t.acts["switch"] += 1
    t.note("", f"  {_ended_the_same(whole)}")
    t.note(
        late.code,
        f"  Nhận 23 giờ 59 theo trật tự cũ, đang ghi khi chuyển: nay do {_holder(late)} giải quyết.",
    )
    codes = ", ".join(d.code for d in taken)
    t.note(
        taken[0].code,
        f"  {len(taken)} hồ sơ nhận giữa các lượt ({codes}) về thẳng {_holder(taken[0])}.",
    )


def the_balance_closes(here: Setting) -> Scene:
    """Each body's sum, each check; then the minutes of each pair of bodies."""
    t = here.teller
    yield on(1, "00:10")
    found = queries.balance(PLAN, on=DAY)
    if not found.closes:
        raise AssertionError("the balance does not close")
    t.note("", f"Cân đối: {found.sentence}")
    for line in found.by_body:
        if line.before:
            name = found.names.get(line.office, line.office)
            rest = line.before - line.passed
            t.note(
                "", f"  {name}: {line.before} = {line.passed} bàn giao + {rest} ở lại hoặc đã xong"
            )
    for check in found.checks:
        t.note("", f"  {words.check_line(check.key, looked_at=check.looked_at, wrong=check.wrong)}")
    t.note(
        "",
        f"  Cũng bàn giao: {found.total.to_return} hồ sơ có kết quả mà chưa trả, "
        f"{found.total.since} hồ sơ nhận trong khi chuyển.",
    )
    for told in _then_and_now():
        t.note("", told)


def the_minutes_of_each_pair(here: Setting) -> Scene:
    """In the morning the minutes of hand-over are printed, with their lists as workbooks."""
    t = here.teller
    yield on(1, "07:00")
    pairs = queries.pairs(PLAN)
    t.note("", f"Biên bản bàn giao của {len(pairs)} cặp cơ quan, trong thư mục {here.papers}:")
    for pair in pairs:
        sizes = _minutes(here, pair.giving, pair.taking)
        t.note("", f"  {pair.giving} → {pair.taking}: {pair.dossiers} hồ sơ, {sizes}")


def undone_where_nobody_has_decided(here: Setting) -> Scene:
    """On the second day one operation can still be undone, another one not any more."""
    t = here.teller
    yield on(2, "10:00")
    t.cannot(
        undoing.HeirHasDecided,
        lambda: undoing.undo(key=PLAN, operation=OF_TOWN, by=here.planner, at=t.now),
    )
    with on_a_copy():
        done = undoing.undo(key=PLAN, operation=OF_DISTRICT, by=here.planner, at=t.now)
        rest = undoing.undo(key=PLAN, operation=None, by=here.planner, at=t.now)
        differing = [code for code, columns in dossiers.verified() if columns]
    t.note(
        "",
        f"Trên bản sao: hoàn tác riêng thao tác {OF_DISTRICT} (huyện Tam Đường) được: {done.dossiers} "
        f"hồ sơ về huyện. Hoàn tác phần còn lại: {len({*rest.operations} - {*done.operations})} thao tác, ở lại "
        f"{len(rest.refused)} thao tác mà nơi nhận đã quyết định; {len(differing)} hồ sơ khác với nhật ký.",
    )


def _uninterrupted() -> dict[str, dict[str, object]]:
    """Every dossier after a switch that nobody stops, made in a copy."""
    with on_a_copy():
        switching.switch(key=PLAN, at=MIDNIGHT)
        return _columns()


def _ended_the_same(whole: dict[str, dict[str, object]]) -> str:
    """The switch that was killed against the one that was not. Raises AssertionError."""
    if different := _differing(whole):
        raise AssertionError(f"{different} dossiers are not as after a switch that nobody stopped")
    return (
        f"So từng cột của {len(whole)} hồ sơ với một lần chuyển không bị ngắt trên bản sao: khác 0."
    )


def _progress() -> str:
    return _said(queries.progress(PLAN))


def _said(found: Progress) -> str:
    return words.progress_sentence(
        done=found.done, total=found.total, percent=found.percent, held=found.held
    )


def _minutes(here: Setting, giving: str, taking: str) -> str:
    at, by = here.teller.now, here.planner
    told = []
    for kind in ("pdf", "xlsx"):
        token = open_reading(
            by=by, about=custody_minutes.ABOUT, purpose=Purpose.EXPORT, at=at, door="cli"
        )
        made = (
            custody_minutes.minutes(PLAN, giving, taking, at=at, reading=token)
            if kind == "pdf"
            else custody_minutes.workbook(PLAN, giving, taking, at=at, by=by.name, reading=token)
        )
        name = f"ban-giao-{giving}-{taking}.{kind}"
        (here.papers / name).write_bytes(made)
        told.append(f"{name} {len(made) / 1024:.0f} kB")
    return ", ".join(told)


def _columns() -> dict[str, dict[str, object]]:
    """Every dossier with all that lists read of it."""
    return {
        one["code"]: {name: value for name, value in one.items() if name not in OF_EVENTS}
        for one in DossierRow.objects.values()
    }


def _differing(before: dict[str, dict[str, object]]) -> int:
    now = _columns()
    return sum(now[code] != columns for code, columns in before.items())


def _holder(d: Dossier) -> str:
    code = DossierRow.objects.get(code=d.code).competent_office
    return directory.office_names([code]).get(code, code)


def _then_and_now() -> Iterator[str]:
    """The same open dossiers by the bodies of the eve and by those of the day."""
    sums = []
    for day in (DAY - timedelta(1), DAY):
        lines = [line for line in then_and_now.open_by_body(on=day, today=DAY) if line.dossiers]
        told = ", ".join(_body(line) for line in lines)
        sums.append(sum(line.dossiers for line in lines))
        yield f"Hồ sơ đang mở theo bộ máy ngày {day:%d/%m/%Y}: {told}."
    yield f"  Hai cách đếm: {' = '.join(map(str, sums))} hồ sơ."


def _body(line: BodyLine) -> str:
    since = f" (gồm {line.by_lineage} nhận sau đó, tính theo kế thừa)" if line.by_lineage else ""
    return f"{line.name} {line.dossiers}{since}"


SCENES = (
    tried_whole_on_a_copy,
    switched_while_counters_receive,
    the_balance_closes,
    the_minutes_of_each_pair,
    undone_where_nobody_has_decided,
)
