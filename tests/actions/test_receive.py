"""A dossier comes in at a counter, or is refused with the name of the rule."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import builders, cast, life, rows
from tests.cast import MONDAY, moment
from thongsuot.actions import dossier as actions
from thongsuot.actions.dossier.reception import LevelNotCompetent
from thongsuot.domain.catalogue import (
    Channel,
    NoSuchChannel,
    NoSuchProcedure,
    ProcedureNotYetInForce,
    ProcedureRepealed,
)
from thongsuot.domain.directory import NoSuchOffice, NoSuchPlace, NoSuchReceptionPoint, OfficeClosed
from thongsuot.domain.dossier import Dossier, Status
from thongsuot.domain.dossier.events import Applicant, Identifier
from thongsuot.domain.dossier.reasons import ReorganisationIsNoReason
from thongsuot.domain.dossier.reception import Reported
from thongsuot.domain.dossier.refusals import (
    ApplicantNeeded,
    Conflict,
    LateEntryNeedsReason,
    ReceivedInTheFuture,
)
from thongsuot.domain.dossier.submission import Submission
from thongsuot.domain.duties import NotYourDuty, Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.routing import CompetentOfficeNeeded
from thongsuot.domain.workdays import NoCalendarForYear
from thongsuot.records.calendar import CalendarDayRow, CalendarRow, NoCalendar
from thongsuot.records.dossier import DossierRow, IdentifierRow, IdentifierTaken, code_gaps

pytestmark = pytest.mark.usefixtures("province")


def take_in(
    what: Submission | None = None,
    *,
    procedure: str = rows.FIVE_DAYS,
    point: str = cast.AT_BAN_MAY,
    competent: str = "",
    by: Person = cast.HOA,
) -> Dossier:
    asked = life.request(procedure, submission=what, point=point, competent=competent)
    return actions.receive(request=asked, by=by, at=MONDAY)


def late(text: str) -> Submission:
    """Something handed in earlier, entered on the Monday of the tests."""
    return builders.submission(received_at=moment(text), late_entry_reason="mất điện")


def test_a_dossier_gets_the_code_of_the_resolving_body_and_the_day() -> None:
    here = take_in()
    elsewhere = take_in(procedure=rows.AT_PROVINCE, competent=cast.DEPARTMENT)

    assert here.code == "H99.101-250908-0001"
    assert elsewhere.code == "H99.007-250908-0001"
    assert take_in().code == "H99.101-250908-0002"


def test_a_dossier_entered_late_is_numbered_on_the_day_it_came() -> None:
    assert take_in(late("2025-09-05 16:00")).code == "H99.101-250905-0001"
    assert take_in().code == "H99.101-250908-0001"


def test_the_row_of_a_new_dossier_is_what_its_event_says() -> None:
    dossier = take_in()

    row = DossierRow.objects.get(code=dossier.code)
    assert row.promised_at == dossier.promised_at == moment("2025-09-15 08:00")
    assert row.office == cast.BAN_MAY
    assert row.status == Status.RECEIVED
    assert row.events.count() == 1


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_leads_to_the_same_counter(channel: Channel) -> None:
    assert take_in(builders.submission(channel=channel)).channel is channel


def test_a_commune_takes_in_what_a_department_resolves() -> None:
    dossier = take_in(procedure=rows.AT_PROVINCE, competent=cast.DEPARTMENT)

    assert dossier.competent_office == cast.DEPARTMENT
    assert dossier.competent_received_at is None


def test_an_old_code_of_an_office_still_finds_it() -> None:
    assert take_in(competent="000.01.01.H99").competent_office == cast.BAN_MAY


def test_the_commune_given_is_kept_beside_the_one_that_stands_there_today() -> None:
    dossier = take_in(builders.submission(place=cast.OLD_PLACE))

    assert (dossier.place.given, dossier.place.today) == (cast.OLD_PLACE, cast.PLACE)
    with pytest.raises(NoSuchPlace):
        take_in(builders.submission(place="99999"))


REFUSED: dict[str, tuple[type[Refusal], dict[str, object]]] = {
    "an unknown procedure": (NoSuchProcedure, {"procedure": "9.999999"}),
    "a repealed procedure": (ProcedureRepealed, {"procedure": rows.REPEALED}),
    "a procedure to come": (ProcedureNotYetInForce, {"procedure": rows.FUTURE}),
    "an unknown counter": (NoSuchReceptionPoint, {"point": "MC-X"}),
    "a counter of a closed office": (OfficeClosed, {"point": "MC-H99.091"}),
    "a closed competent office": (OfficeClosed, {"competent": cast.BAN_CU}),
    "an unknown competent office": (NoSuchOffice, {"competent": "H99.999"}),
    "no competent office where one must be chosen": (
        CompetentOfficeNeeded,
        {"procedure": rows.AT_PROVINCE},
    ),
    "a competent office of the wrong level": (LevelNotCompetent, {"competent": cast.DEPARTMENT}),
    "a counter where one has no duty": (NotYourDuty, {"by": cast.SUNG}),
    "someone without any duty": (NotYourDuty, {"by": cast.KHACH}),
    "an official who does not receive": (NotYourDuty, {"by": cast.TAM}),
    "a channel that the procedure does not have": (
        NoSuchChannel,
        {"procedure": rows.NO_TERM, "what": builders.submission(channel=Channel.POST)},
    ),
    "nobody's request": (
        ApplicantNeeded,
        {"what": builders.submission(applicant=Applicant(name=""))},
    ),
    "a receipt in the future": (
        ReceivedInTheFuture,
        {"what": builders.submission(received_at=MONDAY + timedelta(days=1))},
    ),
    "a late entry without a reason": (
        LateEntryNeedsReason,
        {"what": builders.submission(received_at=MONDAY - timedelta(minutes=1))},
    ),
    "a year without a calendar": (
        NoCalendarForYear,
        {
            "what": late("2022-09-05 16:00"),
            "point": cast.AT_CENTRE,
            "by": cast.HA,
            "procedure": rows.AT_PROVINCE,
            "competent": cast.DEPARTMENT,
        },
    ),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_at_the_counter_what_the_rules_forbid_is_refused_and_takes_no_number(what: str) -> None:
    refusal, given = REFUSED[what]

    with pytest.raises(refusal):
        take_in(**given)  # type: ignore[arg-type]  # each line names the arguments it needs

    assert not DossierRow.objects.exists()
    assert list(code_gaps()) == []


def test_a_code_of_another_system_names_one_dossier() -> None:
    theirs = (Identifier("national_portal", "G01-1"),)
    take_in(builders.submission(identifiers=theirs))

    with pytest.raises(IdentifierTaken):
        take_in(builders.submission(identifiers=theirs))

    assert DossierRow.objects.count() == IdentifierRow.objects.count() == 1


def test_a_preview_shows_the_appointment_and_keeps_nothing() -> None:
    told = actions.preview(request=life.request(), by=cast.HOA, at=MONDAY)

    assert told.promised_at == moment("2025-09-15 08:00")
    assert rows.count("records_dossierrow") == 0
    assert take_in().code == "H99.101-250908-0001"


def test_a_dossier_turned_away_is_numbered_by_who_turned_it_away() -> None:
    asked = life.request(rows.AT_PROVINCE)  # nobody was chosen: it belongs elsewhere

    dossier = actions.decline(request=asked, reason="Không thuộc tỉnh", by=cast.HOA, at=MONDAY)

    assert dossier.code == "H99.101-250908-0001"
    assert dossier.status is Status.NOT_RECEIVED
    with pytest.raises(ReorganisationIsNoReason):
        actions.decline(request=asked, reason="Đang sáp nhập xã", by=cast.HOA, at=MONDAY)


def taken_over(code: str = "000.00.01.H99-220905-0007") -> Dossier:
    return actions.take_over(
        request=life.request(
            rows.AT_PROVINCE,
            submission=late("2022-09-05 16:00"),
            point=cast.AT_CENTRE,
            competent=cast.DEPARTMENT,
        ),
        reported=Reported("old_portal", code, moment("2022-10-05 16:00")),
        by=cast.HA,
        at=MONDAY,
    )


def test_a_dossier_of_another_system_is_taken_over_as_reported_in_any_year() -> None:
    dossier = taken_over()

    assert dossier.code == "000.00.01.H99-220905-0007"
    assert dossier.due_at == dossier.promised_at == moment("2022-10-05 16:00")
    assert list(code_gaps()) == []
    with pytest.raises(Conflict):
        taken_over()


def test_without_a_calendar_at_all_nothing_is_received() -> None:
    CalendarDayRow.objects.all().delete()
    CalendarRow.objects.all().delete()

    with pytest.raises(NoCalendar):
        take_in()
