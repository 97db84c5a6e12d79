"""Dossiers that live in the database as reports count them: acts of people, and late entries."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from tests import builders, cast
from tests.domain.reporting.histories import BEGIN, OFFICES
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Entry, Event
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.state import Dossier, evolve
from thongsuot.records.bulk import Whole, copy_in
from thongsuot.records.reporting import StretchRow


def live_a_while(chance: random.Random, *, dossiers: int) -> None:
    """Dossiers with random histories, some facts recorded days after they happened."""
    copy_in([_whole(chance) for _ in range(dossiers)])


def reckoned_now() -> list[tuple[object, ...]]:
    """Every stretch that is kept, in order."""
    fields = [field.name for field in StretchRow._meta.concrete_fields if field.name != "id"]
    return list(StretchRow.objects.order_by("dossier", "number").values_list(*fields))


def _whole(chance: random.Random) -> Whole:
    at = BEGIN + timedelta(hours=3 * chance.randint(0, 480))
    due = at + timedelta(hours=chance.randint(1, 400))
    first = e.Received(
        code=f"H99.101-{at:%y%m%d}-{chance.randint(0, 10**9):010}",
        procedure="1.000101",
        procedure_version=1,
        procedure_name="Thử",
        process_version="chung@1",
        case="",
        channel=chance.choice(tuple(Channel)),
        applicant=cast.MY,
        place=e.PlaceGiven(cast.PLACE, cast.PLACE),
        receiving_point=cast.AT_BAN_MAY,
        receiving_official="hoa",
        receiving_office=cast.BAN_MAY,
        competent_office=chance.choice(OFFICES),
        return_point=cast.AT_BAN_MAY,
        return_office=cast.BAN_MAY,
        received_at=at,
        competent_received_at=at,
        term="5 ngày làm việc",
        counts_from_next_day_after_15h=False,
        calendar_version="thu-1",
        promised_at=due,
        due_at=due,
        stage="reception",
        home_system=chance.choice(("provincial", "bo-thu")),
        parent=chance.choice(("", "", "", "H99.101-250908-0001")),
    )
    entries = [_entry(first, at, chance)]
    for event in chance.sample(_later(at, due, chance), chance.randint(0, 7)):
        at += timedelta(hours=chance.randint(0, 150))
        entries.append(_entry(event, at, chance))
    return Whole(_after(entries), tuple(entries), None)


def _later(at: datetime, due: datetime, chance: random.Random) -> list[Event]:
    moment = due + timedelta(hours=chance.randint(1, 100))
    office = chance.choice(OFFICES)
    return [
        e.Arrived(at, moment),
        e.SupplementAsked(("Ảnh",), "thiếu"),
        e.SupplementReceived((), moment),
        e.OpinionAsked(1, cast.CONSTRUCTION, "?", stops_clock=chance.random() < 0.5),
        e.OpinionGiven(1, "được", moment),
        e.FinancialDutyRaised(1000, "phí"),
        e.Apologised("đông", moment, chance.choice((None, moment)), moment, too_late=False),
        e.CustodyPassed("p", 1, "r", office, office, office, office, cast.AT_BAN_MAY),
        e.CustodyPassed(
            "p",
            1,
            "r",
            office,
            office,
            office,
            office,
            cast.AT_BAN_MAY,
            is_undo=True,
            due_at=due,
            extended_to=chance.choice((None, moment)),
        ),
        e.ProgressReported("he-thong-cu", "đã nhận"),
        e.ProgressReported(
            "he-thong-cu", "đang làm", status="4", due_at=chance.choice((None, moment))
        ),
        e.ProgressReported("he-thong-cu", "chờ bổ sung", status="5"),
        e.ProgressReported(
            "he-thong-cu",
            "xong",
            status="9",
            outcome="granted",
            ended_at=at + timedelta(hours=chance.randint(1, 200)),
        ),
        e.Assigned("tam", "work"),
        chance.choice(
            (
                e.ResultIssued("end", "12"),
                e.Refused("không đủ", "Luật", "end"),
                e.Stopped("thôi", Channel.IN_PERSON),
                e.TakenBySystem(1, "bo-x", "Hệ thống của bộ X"),
            )
        ),
    ]


def _entry(event: Event, at: datetime, chance: random.Random) -> Entry:
    known = at + timedelta(hours=chance.choice((0, 0, 0, 6, 500)))
    return Entry(event, at, known, "hoa", cast.BAN_MAY, "provincial")


def _after(entries: list[Entry]) -> Dossier:
    dossier: Dossier | None = None
    for entry in entries:
        dossier = evolve(dossier, entry)
    return dossier or builders.received()
