"""What passes through a body that is gone is found, and led from province to commune."""

from __future__ import annotations

from datetime import date

import pytest

from thongsuot.domain.directory import Level, Office, OfficeKind, Succession, SuccessionKind
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.shared_systems import (
    Directory,
    EntryKind,
    EntryLeadsNowhere,
    FindingState,
    FindingStep,
    FindingStepNotNow,
    NewWay,
    Passage,
    Remedy,
    SharedSystem,
    SystemEntry,
    SystemKind,
    Trouble,
    passages,
    steps_now,
    take,
)
from thongsuot.domain.spans import Span

DAY = date(2025, 7, 1)
BEFORE, SINCE, ALWAYS = Span(date(2020, 1, 1), DAY), Span(DAY), Span(date(2020, 1, 1))
PROVINCE, DISTRICT, OLD, NEW, OTHER = "H99", "H99.20", "H99.20.31", "H99.101", "H99.102"
SYSTEM = SharedSystem("bc", "Báo cáo", SystemKind.REPORT, PROVINCE, DAY, "bịa")


def office(code: str, level: Level, valid: Span) -> Office:
    kind = OfficeKind(level.value)
    return Office(OfficeCode.parse(code), code, kind, level, None, "", valid, "bịa")


OFFICES = (
    office(PROVINCE, Level.PROVINCE, ALWAYS),
    office(DISTRICT, Level.DISTRICT, BEFORE),
    office(OLD, Level.COMMUNE, BEFORE),
    office(NEW, Level.COMMUNE, SINCE),
    office(OTHER, Level.COMMUNE, SINCE),
)
LINES = (
    Succession(SuccessionKind.ABOLISHED, DISTRICT, PROVINCE, DAY, "NQ"),
    Succession(SuccessionKind.SPLIT, OLD, NEW, DAY, "NQ"),
    Succession(SuccessionKind.SPLIT, OLD, OTHER, DAY, "NQ"),
)


def entry(
    kind: EntryKind, office: str, other: str = "", via: tuple[str, ...] = (), key: str = "k"
) -> SystemEntry:
    return SystemEntry("bc", kind, key, "", office, other, via)


def found(
    *entries: SystemEntry, on: date = DAY, offices: tuple[Office, ...] = OFFICES
) -> list[Passage]:
    return list(passages(entries, {"bc": SYSTEM}, Directory(offices, LINES, on=on)))


def test_a_flow_without_another_end_is_no_flow() -> None:
    with pytest.raises(EntryLeadsNowhere):
        entry(EntryKind.FLOW, NEW)
    with pytest.raises(EntryLeadsNowhere):
        entry(EntryKind.ACCOUNT, NEW, PROVINCE)


def test_a_flow_through_a_district_goes_directly() -> None:
    (passage,) = found(entry(EntryKind.FLOW, NEW, PROVINCE, (DISTRICT,)))

    assert passage.remedy is Remedy.DIRECT
    assert passage.ways == (NewWay(NEW, PROVINCE),)
    assert [(g.code, g.trouble, g.heirs) for g in passage.gone] == [
        (DISTRICT, Trouble.CLOSED, (PROVINCE,))
    ]


def test_a_flow_whose_direct_way_is_there_already_is_closed() -> None:
    (passage,) = found(
        entry(EntryKind.FLOW, NEW, PROVINCE, (DISTRICT,)),
        entry(EntryKind.FLOW, NEW, PROVINCE, key="direct"),
    )

    assert (passage.remedy, passage.ways) == (Remedy.CLOSE, ())


def test_an_end_that_is_gone_becomes_each_of_its_heirs() -> None:
    (passage,) = found(entry(EntryKind.LINK, OLD, PROVINCE, (DISTRICT,)))

    assert passage.remedy is Remedy.REPLACE
    assert passage.ways == (NewWay(NEW, PROVINCE), NewWay(OTHER, PROVINCE))


def test_a_way_that_would_lead_from_a_body_to_itself_is_closed() -> None:
    (passage,) = found(entry(EntryKind.LINK, DISTRICT, PROVINCE))

    assert passage.remedy is Remedy.CLOSE


def test_an_account_of_a_body_without_an_heir_is_closed_and_says_so() -> None:
    lonely = office("H99.55", Level.COMMUNE, BEFORE)

    (passage,) = found(entry(EntryKind.ACCOUNT, "H99.55"), offices=(*OFFICES, lonely))

    assert (passage.remedy, passage.gone[0].heirs) == (Remedy.CLOSE, ())


def test_a_district_that_still_stands_is_found_from_the_day_on_which_none_is_passed_through() -> (
    None
):
    standing = (office(PROVINCE, Level.PROVINCE, ALWAYS), office(DISTRICT, Level.DISTRICT, ALWAYS))
    flow = entry(EntryKind.FLOW, PROVINCE, DISTRICT)

    assert found(flow, on=date(2025, 6, 30), offices=standing) == []
    (passage,) = found(flow, offices=standing)
    assert passage.gone[0].trouble is Trouble.DISTRICT


def test_a_body_of_which_nobody_knows_is_found_and_one_yet_to_open_is_not() -> None:
    later = office("H99.103", Level.COMMUNE, Span(date(2026, 1, 1)))

    assert found(entry(EntryKind.UNIT, "H99.103"), offices=(*OFFICES, later)) == []
    (passage,) = found(entry(EntryKind.UNIT, "H99.777"))
    assert passage.gone[0].trouble is Trouble.UNKNOWN


def test_what_stands_is_not_found() -> None:
    assert found(entry(EntryKind.FLOW, NEW, PROVINCE), entry(EntryKind.UNIT, PROVINCE)) == []


def test_a_finding_is_followed_step_by_step_and_no_step_is_skipped() -> None:
    state = FindingState.FOUND
    for step in (FindingStep.PROPOSE, FindingStep.ACCEPT, FindingStep.FINISH):
        state = take(state, step)

    assert state is FindingState.DONE
    assert steps_now(state) == (FindingStep.FIND,)
    with pytest.raises(FindingStepNotNow):
        take(FindingState.FOUND, FindingStep.FINISH)
