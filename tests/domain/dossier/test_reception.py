"""The counter takes a dossier in, or does not, and always says when and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import builders, cast
from tests.builders import CALENDAR, POLICIES, counter, procedure, process, submission
from tests.cast import MONDAY, moment
from thongsuot.domain.catalogue import Channel, NoSuchChannel, Procedure
from thongsuot.domain.dossier import Dossier, Status
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.clock import receive_supplement
from thongsuot.domain.dossier.reasons import ReasonNeeded, ReorganisationIsNoReason
from thongsuot.domain.dossier.reception import Reported, decline, digitise, receive, take_over
from thongsuot.domain.dossier.refusals import (
    ApplicantNeeded,
    AppointmentInThePast,
    AppointmentNeeded,
    AppointmentNotAllowed,
    DossierEnded,
    LateEntryNeedsReason,
    NotDigitisable,
    ProxyPaperNeeded,
    ReceivedInTheFuture,
    RepresentativeNeeded,
)
from thongsuot.domain.dossier.state import Outcome
from thongsuot.domain.dossier.submission import Counter, Submission
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import MomentWithoutZone, NoCalendarForYear


def take_in(
    what: Submission | None = None,
    *,
    of: Procedure | None = None,
    at: datetime = MONDAY,
    where: Counter | None = None,
) -> e.Received:
    return receive(
        what or submission(received_at=at),
        code="H99.101-250908-0001",
        counter=where or counter(),
        procedure=of or procedure(),
        process=process(),
        calendar=CALENDAR,
        policies=POLICIES,
        home_system="provincial",
        at=at,
    )


def turn_away(reason: str, *, of: Procedure | None = None) -> e.Declined:
    return decline(
        submission(identifiers=(e.Identifier("national_portal", "G1"),)),
        code="H99.101-250908-0001",
        counter=counter(),
        procedure=of or procedure(),
        reason=reason,
        phrases=builders.PHRASES,
        home_system="provincial",
        at=MONDAY,
    )


@pytest.mark.parametrize("channel", list(Channel))
def test_a_dossier_is_received_by_each_of_the_three_channels(channel: Channel) -> None:
    told = take_in(submission(channel=channel))

    assert told.channel is channel
    assert told.stage == "reception"


def test_received_where_it_is_resolved_the_clock_runs_from_the_receipt() -> None:
    told = take_in()

    assert told.competent_received_at == told.received_at == MONDAY
    assert told.promised_at == told.due_at == moment("2025-09-15 08:00")
    assert told.calendar_version == CALENDAR.version


def test_received_elsewhere_the_appointment_allows_for_the_transfer() -> None:
    told = take_in(where=counter(competent=cast.DEPARTMENT))

    assert told.competent_received_at is None
    assert told.promised_at == moment("2025-09-15 17:00")  # from closing time of the same day


def test_received_elsewhere_after_three_the_transfer_is_next_morning() -> None:
    late = moment("2025-09-08 15:00")

    told = take_in(at=late, where=counter(competent=cast.DEPARTMENT))

    assert told.promised_at == moment("2025-09-15 17:00")  # from 07:30 of the next day


def test_the_four_places_of_a_dossier_are_kept_apart() -> None:
    where = replace(
        counter(competent=cast.DEPARTMENT), return_point=cast.AT_CENTRE, return_office=cast.CENTRE
    )

    dossier = builders.after(None, take_in(where=where))

    assert dossier.receiving_point == cast.AT_BAN_MAY
    assert dossier.receiving_official == cast.HOA.account
    assert dossier.competent_office == cast.DEPARTMENT
    assert dossier.return_point == cast.AT_CENTRE
    assert dossier.office == cast.BAN_MAY


def test_a_procedure_that_says_so_counts_from_the_next_day_after_three() -> None:
    late = moment("2025-09-08 15:00")

    assert take_in(at=late).promised_at == moment("2025-09-15 15:00")
    assert take_in(at=late, of=procedure(after_15h=True)).promised_at == moment("2025-09-15 17:00")


def test_without_a_legal_term_the_official_gives_an_appointment_with_its_basis() -> None:
    by_hand = procedure(term=None)
    chosen = moment("2025-10-01 16:00")

    told = take_in(submission(appointment=chosen, appointment_basis="CV 12/UBND"), of=by_hand)

    assert told.term == ""
    assert told.promised_at == told.due_at == chosen
    assert told.appointment_basis == "CV 12/UBND"
    with pytest.raises(AppointmentNeeded):
        take_in(of=by_hand)
    with pytest.raises(AppointmentNeeded):
        take_in(submission(appointment=chosen, appointment_basis=" "), of=by_hand)


def test_an_appointment_by_hand_lies_after_the_receipt_and_in_a_zone() -> None:
    by_hand = procedure(term=None)

    with pytest.raises(AppointmentInThePast):
        take_in(submission(appointment=MONDAY, appointment_basis="CV 12"), of=by_hand)
    with pytest.raises(MomentWithoutZone):
        wall = datetime(2025, 10, 1, 16)  # noqa: DTZ001 - what must be refused
        take_in(submission(appointment=wall, appointment_basis="CV 12"), of=by_hand)


def test_where_the_law_gives_a_term_nobody_enters_an_appointment() -> None:
    with pytest.raises(AppointmentNotAllowed):
        take_in(submission(appointment=moment("2025-10-01 16:00"), appointment_basis="CV"))


def test_a_receipt_entered_later_needs_a_reason_and_keeps_its_own_moment() -> None:
    earlier, now = moment("2025-09-05 16:00"), MONDAY

    with pytest.raises(LateEntryNeedsReason):
        take_in(submission(received_at=earlier), at=now)
    told = take_in(submission(received_at=earlier, late_entry_reason="mất điện"), at=now)

    assert told.received_at == earlier
    assert told.promised_at == moment("2025-09-12 16:00")
    assert told.late_entry_reason == "mất điện"


def test_a_receipt_in_the_future_is_refused_whatever_its_reason() -> None:
    tomorrow = MONDAY + timedelta(days=1)

    with pytest.raises(ReceivedInTheFuture):
        take_in(submission(received_at=tomorrow, late_entry_reason="nhầm"), at=MONDAY)


def test_a_receipt_is_a_moment_and_has_an_applicant() -> None:
    with pytest.raises(ApplicantNeeded):
        take_in(submission(applicant=e.Applicant(name="  ")))
    with pytest.raises(MomentWithoutZone):
        take_in(submission(received_at=datetime(2025, 9, 8, 8)))  # noqa: DTZ001 - what must be refused


def test_a_channel_that_the_procedure_does_not_know_is_refused() -> None:
    with pytest.raises(NoSuchChannel):
        take_in(submission(channel=Channel.POST), of=procedure(channels=[Channel.ONLINE]))


def test_a_year_without_a_calendar_gives_no_appointment() -> None:
    then = moment("2031-09-08 08:00")

    with pytest.raises(NoCalendarForYear):
        take_in(submission(received_at=then), at=then)


def test_a_dossier_turned_away_keeps_the_reason_and_all_that_was_given() -> None:
    dossier = builders.after(None, turn_away("Không thuộc thẩm quyền"))

    assert dossier.status is Status.NOT_RECEIVED
    assert dossier.outcome is Outcome.NOT_RECEIVED
    assert not dossier.is_open
    assert dossier.promised_at is None
    assert dossier.identifiers == (e.Identifier("national_portal", "G1"),)
    assert dossier.papers == (e.PaperGiven("Tờ khai", originals=1),)


def test_a_dossier_is_not_turned_away_for_a_reorganisation_or_for_nothing() -> None:
    with pytest.raises(ReorganisationIsNoReason):
        turn_away("Đang sắp xếp lại bộ máy, mời quay lại sau")
    with pytest.raises(ReasonNeeded):
        turn_away("  ")


def test_a_procedure_about_reorganisation_may_speak_of_it() -> None:
    told = turn_away(
        "Đề án sáp nhập xã chưa có nghị quyết", of=procedure(about_reorganisation=True)
    )

    assert told.reason == "Đề án sáp nhập xã chưa có nghị quyết"


def test_only_a_paper_of_an_open_dossier_is_scanned() -> None:
    dossier = builders.received()

    assert digitise(dossier, paper="Tờ khai", content_hash="ab").paper == "Tờ khai"
    with pytest.raises(NotDigitisable):
        digitise(dossier, paper="Giấy khác", content_hash="")
    with pytest.raises(DossierEnded):
        digitise(_ended(dossier), paper="Tờ khai", content_hash="")


IN_2031 = moment("2031-09-08 08:00")
REPORTED = Reported("old_portal", "000.00.01.H99-310908-0007", moment("2031-09-22 17:00"))


def taken_over(reported: Reported = REPORTED) -> Dossier:
    told = take_over(
        submission(received_at=IN_2031, late_entry_reason="chuyển từ hệ thống cũ"),
        reported=reported,
        counter=counter(),
        procedure=procedure(),
        process=process(),
        calendar_version=CALENDAR.version,
        home_system="provincial",
        at=moment("2031-09-09 08:00"),
    )
    return builders.after(None, told, IN_2031)


def test_a_dossier_taken_over_keeps_its_code_and_its_due_moment_even_without_a_calendar() -> None:
    dossier = taken_over()

    assert dossier.code == REPORTED.code
    assert dossier.promised_at == dossier.due_at == REPORTED.due_at
    assert dossier.reported_by == "old_portal"


def test_what_was_reported_stays_after_a_pause_in_a_year_without_a_calendar() -> None:
    asked = builders.after(taken_over(), e.SupplementAsked(("Ảnh",), "thiếu"), IN_2031)

    told = receive_supplement(asked, papers=(), at=moment("2031-09-12 08:00"), calendar=CALENDAR)

    assert told.due_at == REPORTED.due_at


def test_a_dossier_taken_over_is_not_due_before_it_was_received() -> None:
    with pytest.raises(AppointmentInThePast):
        taken_over(replace(REPORTED, due_at=IN_2031))


def _ended(dossier: Dossier) -> Dossier:
    return builders.after(dossier, e.Stopped("không cần", Channel.IN_PERSON))


@pytest.mark.parametrize(
    ("who", "given", "refusal"),
    [
        ({"proxy": "Lò A Pó"}, (), ProxyPaperNeeded),
        ({"proxy": "Lò A Pó"}, ("Giấy ủy thác",), ProxyPaperNeeded),
        ({"proxy": "Lò A Pó", "proxy_paper": " "}, (), ProxyPaperNeeded),
        ({"kind": e.ApplicantKind.ORGANISATION}, (), RepresentativeNeeded),
    ],
)
def test_who_brings_it_for_another_shows_the_authority(
    who: dict[str, Any], given: tuple[str, ...], refusal: type[Refusal]
) -> None:
    brought = replace(cast.MY, **who)
    papers = tuple(e.PaperGiven(name) for name in given)

    with pytest.raises(refusal):
        take_in(replace(submission(), applicant=brought, papers=papers))


@pytest.mark.parametrize(
    ("who", "given"),
    [
        ({"proxy": "Lò A Pó"}, ("Văn bản ỦY QUYỀN có chứng thực",)),
        ({"proxy": "Lò A Pó", "proxy_paper": "số 12"}, ()),
        ({"proxy": "Lò A Pó", "proxy_exception": "mẹ nộp thay con"}, ()),
        ({"kind": e.ApplicantKind.ORGANISATION, "representative": "Lò A Pó"}, ()),
    ],
)
def test_a_written_authority_or_the_rule_that_needs_none_lets_a_proxy_through(
    who: dict[str, Any], given: tuple[str, ...]
) -> None:
    brought = replace(cast.MY, **who)
    papers = tuple(e.PaperGiven(name) for name in given)

    assert take_in(replace(submission(), applicant=brought, papers=papers)).applicant == brought
