"""A hand-over goes forward step by step, by two people, and its books always close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.domain.handover import (
    FrozenLine,
    HandoverBooks,
    HandoverNotNow,
    HandoverState,
    HandoverStep,
    LineState,
    SamePersonApproves,
    after,
    digest_of,
    require_other,
    steps_now,
)

LINES = [FrozenLine("A", 3, "fit", "x"), FrozenLine("B", 1, "kept", "")]
STATES = st.dictionaries(st.sampled_from(LineState), st.integers(1, 50))


@pytest.mark.parametrize("state", [HandoverState.SENDING, HandoverState.CLOSED])
def test_once_something_was_sent_nothing_is_withdrawn(state: HandoverState) -> None:
    with pytest.raises(HandoverNotNow):
        after(state, HandoverStep.WITHDRAW)


@pytest.mark.parametrize("state", set(HandoverState) - {HandoverState.CHECKED})
def test_only_what_was_checked_is_approved(state: HandoverState) -> None:
    with pytest.raises(HandoverNotNow):
        after(state, HandoverStep.APPROVE)


@pytest.mark.parametrize(
    "state", set(HandoverState) - {HandoverState.APPROVED, HandoverState.SENDING}
)
def test_only_what_was_approved_is_sent(state: HandoverState) -> None:
    with pytest.raises(HandoverNotNow):
        after(state, HandoverStep.SEND)


@given(st.sampled_from(HandoverState), st.sampled_from(HandoverStep))
def test_what_is_offered_is_what_is_not_refused(state: HandoverState, step: HandoverStep) -> None:
    if step in steps_now(state):
        assert after(state, step) in HandoverState
    else:
        with pytest.raises(HandoverNotNow):
            after(state, step)


def test_whoever_planned_or_checked_does_not_approve() -> None:
    for approver in ("minh", "lan"):
        with pytest.raises(SamePersonApproves):
            require_other(approver, "minh", "lan")
    require_other("nhung", "minh", "lan")


@given(STATES)
def test_every_dossier_is_in_exactly_one_place(states: dict[LineState, int]) -> None:
    told = [(state.value, many) for state, many in states.items()]
    books = HandoverBooks.of(sum(states.values()), told)

    assert books.difference == 0
    assert books.is_settled == (books.pending == 0)
    lost = HandoverBooks.of(sum(states.values()) + 1, told)
    assert lost.difference == 1
    assert not lost.is_settled


@given(st.permutations(LINES))
def test_the_digest_knows_no_order_and_every_change(lines: list[FrozenLine]) -> None:
    head = {"system": "bo-x"}

    assert digest_of(head, lines) == digest_of(head, LINES)
    for changed in (
        [FrozenLine("A", 4, "fit", "x"), LINES[1]],
        [FrozenLine("A", 3, "kept", "x"), LINES[1]],
        [FrozenLine("A", 3, "fit", "y"), LINES[1]],
        LINES[:1],
    ):
        assert digest_of(head, changed) != digest_of(head, LINES)
    assert digest_of({"system": "bo-y"}, LINES) != digest_of(head, LINES)
