"""Each dossier is counted once as received and once as resolved or open, as of the cut-off."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders, cast
from tests.domain.reporting.histories import BEGIN, II06, Life, lives, moments, reckoned
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.state import Outcome
from thongsuot.domain.reporting.figures import (
    Compare,
    Counted,
    Fact,
    FactKind,
    Intake,
    Result,
    at_cut_off,
    counted,
    fact_of,
    stretches,
)

OPEN = (Result.OPEN_IN_TIME, Result.OPEN_LATE)

RECEIVED = cast.moment("2025-06-02 08:00")
DUE = cast.moment("2025-06-12 17:00")
RECEPTION = Fact(FactKind.RECEIVED, RECEIVED, RECEIVED, DUE, cast.BAN_MAY)
START, END = cast.moment("2025-06-09 00:00"), cast.moment("2025-06-13 15:00")


def then(kind: FactKind, at: str, **told: object) -> Fact:
    moment = cast.moment(at)
    return replace(Fact(kind, moment, moment), **told)  # type: ignore[arg-type] # fields by their names


def place(
    *later: Fact, start: datetime = START, end: datetime = END, compare: Compare = Compare.DAYS
) -> Counted | None:
    life = (RECEPTION, *later)
    seen = at_cut_off(stretches(life), end)
    if seen is None:
        return None
    rules = replace(II06, compare=compare)
    return counted(reckoned(life, is_online=True), seen, start=start, end=end, counting=rules)


def tally(given_lives: list[Life], start: datetime, end: datetime) -> Counter[Counted]:
    found = Counter[Counted]()
    for dossier, life in given_lives:
        seen = at_cut_off(stretches(life), end)
        if seen and (one := counted(dossier, seen, start=start, end=end, counting=II06)):
            found[one] += 1
    return found


def test_what_ended_before_the_window_or_came_after_it_is_not_in_it() -> None:
    over = then(FactKind.ENDED, "2025-06-08 23:59", outcome=Outcome.GRANTED)

    assert place(over) is None
    assert place(end=RECEIVED, start=cast.moment("2025-06-01 00:00")) is None


@pytest.mark.parametrize(
    ("at", "by_day", "by_moment"),
    [
        ("2025-06-11 09:00", Result.EARLY, Result.EARLY),
        ("2025-06-12 09:00", Result.ON_TIME, Result.EARLY),
        ("2025-06-12 17:00", Result.ON_TIME, Result.ON_TIME),
        ("2025-06-12 18:00", Result.ON_TIME, Result.LATE),
        ("2025-06-13 08:00", Result.LATE, Result.LATE),
    ],
)
def test_an_end_is_held_against_the_appointment_by_the_day_or_by_the_moment(
    at: str, by_day: Result, by_moment: Result
) -> None:
    ended = then(FactKind.ENDED, at, outcome=Outcome.GRANTED)

    assert place(ended) == Counted(Intake.BEFORE, by_day, by_day)
    assert place(ended, compare=Compare.MOMENTS) == Counted(Intake.BEFORE, by_moment, by_moment)


def test_what_was_withdrawn_is_on_time_when_it_ended() -> None:
    late = then(FactKind.ENDED, "2025-06-13 08:00", outcome=Outcome.WITHDRAWN)

    assert place(late) == Counted(Intake.BEFORE, Result.ON_TIME, Result.ON_TIME)


def test_what_is_open_is_late_once_its_day_has_passed_unless_it_waits() -> None:
    waits = then(FactKind.WAITS, "2025-06-10 08:00", about="supplement")
    later = cast.moment("2025-06-20 15:00")

    assert place() == Counted(Intake.BEFORE, Result.OPEN_LATE, Result.OPEN_LATE)
    assert place(end=cast.moment("2025-06-13 00:00")) == Counted(
        Intake.BEFORE, Result.OPEN_IN_TIME, Result.OPEN_IN_TIME
    )
    assert place(waits, end=later) == Counted(
        Intake.BEFORE, Result.OPEN_IN_TIME, Result.OPEN_IN_TIME
    )


def test_an_extension_is_a_second_result_beside_the_one_by_the_appointment() -> None:
    until = cast.moment("2025-06-20 17:00")
    extended = then(FactKind.EXTENDED, "2025-06-10 08:00", due_at=until)
    ended = then(FactKind.ENDED, "2025-06-13 08:00", outcome=Outcome.GRANTED)

    assert place(extended, ended) == Counted(Intake.BEFORE, Result.LATE, Result.EARLY)


def test_a_pause_after_an_extension_moves_the_appointment_as_much() -> None:
    until = cast.moment("2025-06-20 17:00")
    extended = then(FactKind.EXTENDED, "2025-06-10 08:00", due_at=until)
    waits = then(FactKind.WAITS, "2025-06-11 08:00", about="supplement")
    back = then(
        FactKind.RESUMED, "2025-06-12 08:00", due_at=until + timedelta(days=1), about="supplement"
    )

    last = stretches((RECEPTION, extended, waits, back))[-1]

    assert last.due_at == DUE + timedelta(days=1)
    assert last.extended_to == until + timedelta(days=1)
    assert not last.is_waiting


def test_the_last_word_of_another_system_counts_and_makes_known_late_what_it_corrects() -> None:
    at = cast.moment("2025-06-10 08:00")
    first = Fact(FactKind.TOLD, at, at, outcome=Outcome.GRANTED)
    corrected_at = cast.moment("2025-07-01 08:00")
    ended_at = cast.moment("2025-06-20 08:00")
    second = Fact(FactKind.TOLD, ended_at, corrected_at, outcome=Outcome.GRANTED)

    then = at_cut_off(stretches((RECEPTION, first)), END)
    now = at_cut_off(stretches((RECEPTION, first, second)), END)

    assert then is not None
    assert now is not None
    assert (then.ended_at, now.ended_at) == (at, None)
    assert now.known_at == corrected_at  # whoever asks what was known before counts it one by one


def test_what_comes_after_the_end_counts_nowhere() -> None:
    ended = then(FactKind.ENDED, "2025-06-11 08:00", outcome=Outcome.GRANTED)
    passed = then(FactKind.PASSED, "2025-07-01 00:00", office=cast.NAM_SUONG)

    assert stretches((RECEPTION, ended, passed))[-1].office == cast.BAN_MAY


def test_a_dossier_that_was_not_received_is_outside() -> None:
    assert stretches((then(FactKind.ENDED, "2025-06-11 08:00"),)) == ()


@given(lives, moments, moments)
def test_columns_agree_over_random_histories(
    given_lives: list[Life], one: datetime, other: datetime
) -> None:
    start, end = min(one, other), max(one, other) + timedelta(hours=1)

    found = tally(given_lives, start, end)

    received = sum(found.values())
    resolved = sum(many for at, many in found.items() if at.result not in OPEN)
    still_open = sum(many for at, many in found.items() if at.result in OPEN)
    assert received == resolved + still_open


@given(lives, st.lists(moments, min_size=3, max_size=6, unique=True))
def test_what_a_window_leaves_open_is_what_the_next_takes_over(
    given_lives: list[Life], cuts: list[datetime]
) -> None:
    edges = sorted(cuts)
    windows = [tally(given_lives, start, end) for start, end in pairwise(edges)]

    for before, after in pairwise(windows):
        left = sum(many for at, many in before.items() if at.result in OPEN)
        taken = sum(many for at, many in after.items() if at.intake is Intake.BEFORE)
        assert left == taken


@given(lives, moments, moments)
def test_what_happens_later_never_changes_a_window_that_is_over(
    given_lives: list[Life], one: datetime, other: datetime
) -> None:
    start, end = min(one, other), max(one, other) + timedelta(hours=1)
    # What another system tells last goes back in time: it restates, and the test below says how.
    given_lives = [
        (dossier, life)
        for dossier, life in given_lives
        if all(fact.kind is not FactKind.TOLD for fact in life)
    ]
    known_then = [
        (dossier, tuple(fact for fact in life if fact.occurred_at < end))
        for dossier, life in given_lives
    ]
    was_received = [(dossier, life) for dossier, life in known_then if life]

    assert tally(given_lives, start, end) == tally(was_received, start, end)


@given(lives)
def test_a_life_goes_on_without_a_gap_and_ends_once(given_lives: list[Life]) -> None:
    for _, life in given_lives:
        found = stretches(life)

        assert [s.from_at for s in found] == sorted({s.from_at for s in found})
        assert all(s.ended_at is None for s in found[:-1])
        assert [s.known_at for s in found] == sorted(s.known_at for s in found)
        assert found[0].from_at >= BEGIN


def test_what_reports_count_comes_from_the_events_of_the_dossier() -> None:
    moment = cast.moment("2025-06-10 08:00")
    told: dict[FactKind, e.Event] = {
        FactKind.RECEIVED: builders.receipt(),
        FactKind.DUE: e.Arrived(moment, moment),
        FactKind.WAITS: e.SupplementAsked(("Ảnh",), "thiếu"),
        FactKind.RESUMED: e.SupplementReceived((), moment),
        FactKind.EXTENDED: e.Apologised("đông việc", moment, moment, moment, too_late=False),
        FactKind.TOLD: e.ProgressReported("cu", "đang làm", status="4"),
        FactKind.TAKEN_BACK: e.CustodyPassed(
            "p",
            1,
            "r",
            cast.BAN_CU,
            cast.BAN_MAY,
            cast.BAN_MAY,
            cast.BAN_MAY,
            cast.AT_BAN_MAY,
            is_undo=True,
            due_at=moment,
        ),
        FactKind.ENDED: e.Stopped("thôi", Channel.IN_PERSON),
        FactKind.PASSED: e.CustodyPassed(
            "p", 1, "r", cast.BAN_CU, cast.BAN_MAY, cast.BAN_MAY, cast.BAN_MAY, cast.AT_BAN_MAY
        ),
    }

    found = {kind: fact_of(builders.entry(event, moment)) for kind, event in told.items()}

    assert [fact.kind for fact in found.values() if fact] == list(told)
    too_late = e.Apologised("đông việc", moment, None, moment, too_late=True)
    goes_on = e.OpinionAsked(1, cast.CONSTRUCTION, "?", stops_clock=False)
    assert fact_of(builders.entry(too_late)) is None
    assert fact_of(builders.entry(goes_on)) is None


def test_what_a_ministry_took_is_counted_until_then_and_by_the_ministry_after() -> None:
    taken = fact_of(
        builders.entry(e.TakenBySystem(1, "bo-x", "Bộ X"), cast.moment("2025-06-11 09:00"))
    )
    assert taken is not None
    before = place(
        taken, start=cast.moment("2025-06-01 00:00"), end=cast.moment("2025-06-11 00:00")
    )

    assert before is not None
    assert before.result is Result.OPEN_IN_TIME
    assert place(taken) is None
    assert place(taken, start=END, end=END + timedelta(days=7)) is None
