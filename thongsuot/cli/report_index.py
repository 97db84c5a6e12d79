"""`thongsuot report index`: the points of a body for a month, and the dossiers that cost them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thongsuot.actions.reporting import catch_up
from thongsuot.cli.door import Argument, Asked, Told, Verb
from thongsuot.domain.reporting.index import IndexComponent, Score
from thongsuot.queries.reporting import index as queries
from thongsuot.queries.reporting.index import CostLine, IndexPage, IndexQuestion
from thongsuot.records.codec import Json, encode
from thongsuot.words import reading
from thongsuot.words import reporting as words


def verb() -> Verb:
    """The index of a month: of the province or of one body; with a component, its dossiers."""
    return Verb(
        "index",
        "chỉ số 766 của một tháng, việc nào tăng nhiều điểm nhất",
        _index,
        (
            Argument("--month", "tháng, ví dụ 2025-09", {"metavar": "MONTH", "required": True}),
            Argument(
                "--unit", "mã cơ quan; không ghi là cả tỉnh", {"metavar": "CODE", "default": ""}
            ),
            Argument("--known", "như đã biết lúc nào; mặc định bây giờ", {"metavar": "MOMENT"}),
            Argument(
                "--component", "liệt kê hồ sơ làm mất điểm ở thành phần này", {"metavar": "KEY"}
            ),
        ),
        acts=True,
    )


def _index(asked: Asked) -> Told:
    catch_up()
    of = queries.question(
        asked.text("month"),
        unit=asked.text("unit"),
        known_at=reading.if_given(reading.moment, asked.given, "known", asked.at),
    )
    key = asked.text("component")
    if key:
        component = of.index.component(key)
        found = list(_every(of, key))
        lines = [f"{one.code}  {words.costs(component, one.measured)}" for one in found]
        told: list[Json] = [_cost(component, one) for one in found]
        return Told(told, lines or ["Không hồ sơ nào làm mất điểm ở thành phần này."])
    page = queries.page(of)
    return Told(_as_json(page), list(_lines(page)))


def _every(of: IndexQuestion, key: str) -> Iterator[CostLine]:
    after = 0
    while page := queries.costing(of, key, after=after):
        yield from page
        after = page[-1].measured.dossier


def _lines(page: IndexPage) -> Iterator[str]:
    points, counted = words.number(page.points), words.number(page.counted)
    name, month = page.unit_name or words.PROVINCE, words.month(page.question.month)
    yield f"{name}, {month}: {points} trên {counted} điểm tính được."
    if page.is_provisional:
        yield words.PROVISIONAL
    for group in page.groups:
        yield f"{group.group.name} (tối đa {words.number(group.group.most)})"
        for component, score in group.components:
            yield f"  {component.key:<5} {component.name}: {_said(component, score)}"
    for score in page.raising:
        if score.component.most:
            lost = words.number(score.lost)
            yield f"Tăng được {lost} điểm ở {score.component.key}: {score.behind} hồ sơ. {score.component.mend}"


def _said(component: IndexComponent, score: Score | None) -> str:
    if score is None:
        return words.NOT_COUNTED
    if score.points is None:
        return words.NOTHING_TO_COUNT
    share = words.share(score.fulfilled, score.of)
    return f"{words.number(score.points)} điểm, {share}" if component.most else share


def _as_json(page: IndexPage) -> Json:
    of = page.question
    return {
        "index": of.index.key,
        "unit": of.unit,
        "unit_name": page.unit_name,
        "month": of.month,
        "from": encode(of.start),
        "until": encode(of.end),
        "known_at": encode(of.known_at),
        "is_provisional": page.is_provisional,
        "dossiers": page.dossiers,
        "points": _plain(page.points),
        "counted": _plain(page.counted),
        "components": [
            _component(component, score)
            for group in page.groups
            for component, score in group.components
        ],
        "raising": [score.component.key for score in page.raising],
        "offices": [
            {
                "office": line.office,
                "dossiers": line.dossiers,
                "points": _plain(line.points),
                "counted": _plain(line.counted),
            }
            for line in page.offices
        ],
    }


def _component(component: IndexComponent, score: Score | None) -> Json:
    """A component for machines; what was not counted is null, never zero."""
    told: dict[str, Json] = {
        "key": component.key,
        "group": component.group,
        "name": component.name,
        "most": _plain(component.most),
        "certainty": component.certainty.value,
        "source": component.source,
        "points": None,
        "fulfilled": None,
        "of": None,
        "lost": None,
        "behind": None,
    }
    if score is None or score.points is None:
        return told
    return told | {
        "points": _plain(score.points),
        "fulfilled": score.fulfilled,
        "of": score.of,
        "lost": _plain(score.lost),
        "behind": score.behind,
    }


def _cost(component: IndexComponent, one: CostLine) -> Json:
    return {
        "code": one.code,
        "procedure": one.procedure,
        "office": one.measured.office,
        "received_at": encode(one.measured.received_at),
        "due_at": encode(one.measured.progress.due_at),
        "why": words.costs(component, one.measured),
    }


def _plain(value: Fraction) -> Json:
    """A number of points, of which there are two decimals at most."""
    return int(value) if value.denominator == 1 else float(value)
