"""Values of the domain come back from JSON as they went in."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.dossier import EVENTS, Event
from thongsuot.domain.dossier import events as e
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import Process
from thongsuot.records.codec import decode, encode

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001 - bounds of moments in Vietnam
EVENT = st.one_of(
    *(
        st.builds(
            kind,
            **{
                field.name: MOMENTS
                for field in fields(kind)
                if field.type in ("datetime", "datetime | None")
            },
        )
        for kind in get_args(e.Event)
    )
)


@settings(max_examples=300, deadline=None)
@given(EVENT)
def test_every_event_comes_back_as_it_went_in(event: Event) -> None:
    kept = json.loads(json.dumps(encode(event)))

    assert decode(type(event), kept) == event


def test_moments_are_kept_in_the_time_of_the_office() -> None:
    told = e.Arrived(datetime(2025, 9, 8, 1, tzinfo=UTC), datetime(2025, 9, 15, 1, tzinfo=UTC))

    assert encode(told) == {
        "competent_received_at": "2025-09-08T08:00:00+07:00",
        "due_at": "2025-09-15T08:00:00+07:00",
    }


@pytest.mark.parametrize("term", ["0,5 ngày làm việc", "8 giờ làm việc", "1 tháng", None])
def test_a_procedure_comes_back_with_its_terms(term: str | None) -> None:
    value = builders.procedure(term=term)

    assert decode(Procedure, json.loads(json.dumps(encode(value)))) == value


def test_a_process_comes_back_with_its_branches() -> None:
    value = builders.branching_process()

    assert decode(Process, json.loads(json.dumps(encode(value)))) == value


def test_a_set_is_always_the_same_text() -> None:
    assert encode(frozenset({"province", "commune"})) == ["commune", "province"]


def test_what_no_type_declares_is_not_kept() -> None:
    @dataclass
    class Odd:
        what: object

    with pytest.raises(TypeError):
        encode({"a": 1})
    with pytest.raises(TypeError):
        encode(Odd(object()))


def test_an_event_that_lacks_what_it_must_say_is_not_read() -> None:
    with pytest.raises(TypeError):
        decode(EVENTS["assigned"], {"official": "tam"})
