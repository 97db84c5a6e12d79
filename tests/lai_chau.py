"""Lai Châu on the eve of 01/07/2025: the shipped directory as it was known then, people made up."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection

from tests import builders, cast, rows
from thongsuot import env
from thongsuot.actions.load import Subject, load_shipped
from thongsuot.actions.reorganisation.building import build_plan
from thongsuot.domain.directory import Level
from thongsuot.domain.spans import Span
from thongsuot.records.access import AccountRow, GrantRow, RoleRow
from thongsuot.records.calendar import MarkRow
from thongsuot.records.catalogue import ProcessUseRow
from thongsuot.records.directory import (
    OfficeRow,
    ReceptionPointRow,
    SuccessionRow,
    save_office,
)
from thongsuot.records.spans import to_range, to_span
from thongsuot.words import plans

DATA = env.ROOT / "data"
DAY = date(2025, 7, 1)
KEY = "lai-chau-2025-07-01"
EVE = cast.moment("2025-06-20 09:00")
SINCE = Span(date(2020, 1, 1))
ROLES = ("counter", "handler", "leader")
STATUSES = ("2", "4", "5")
COMMUNE = 5  # digits of its number


def eve() -> None:
    """The bodies and counters of the districts, and nothing of what came after them."""
    MarkRow.objects.get_or_create(id=1, defaults={"kind": "test"})
    load_shipped(DATA, at=EVE, subjects=frozenset({Subject.DIRECTORY}))
    SuccessionRow.objects.filter(on__gte=DAY).delete()
    for table in (OfficeRow, ReceptionPointRow):
        table.objects.filter(valid__startswith__gte=DAY).delete()
        for row in table.objects.filter(valid__endswith__gte=DAY):
            row.valid = to_range(Span(to_span(row.valid).start))
            row.save(update_fields=["valid"])


def text(province: str = "lai-chau") -> str:
    """The plan of a real province, built from the data."""
    built = build_plan(province=province, on=DAY, data=DATA)
    return plans.write(built.plan, names=built.names)


def provisional(province: str) -> str:
    """A province whose bodies are not known, as the pattern makes them, in place of Lai Châu.

    Its plan, whose codes are those of the bodies.
    """
    eve()
    built = build_plan(province=province, on=DAY, data=DATA)
    OfficeRow.objects.all().delete()
    ReceptionPointRow.objects.all().delete()
    for one in built.ground.before.versions:
        save_office(one, recorded_at=EVE)
    ReceptionPointRow.objects.bulk_create(
        ReceptionPointRow(
            key=f"MC-{one.code}",
            name=one.name,
            office=one.code.canonical,
            valid=to_range(SINCE),
            source="bịa ra để thử",
        )
        for one in built.ground.before.versions
        if one.level is Level.COMMUNE
    )
    return plans.write(built.plan, names=built.names)


def staff(many: int = 1) -> None:
    """So many people, all made up, for each role in each body; and two who plan."""
    roles = {
        code: RoleRow.objects.get_or_create(
            code=code,
            defaults={
                "name": code,
                "acts": ["receive"] if code == "counter" else [],
                "rights": ["systems"] if code == "office" else [],
                "source": "bịa ra để thử",
            },
        )[0]
        for code in (*ROLES, "office")
    }
    common = rows.process(builders.process(), level=Level.COMMUNE)
    ProcessUseRow.objects.create(
        procedure="", level=Level.PROVINCE.value, process=common, valid=to_range(SINCE)
    )
    points = dict(ReceptionPointRow.objects.values_list("office", "key"))
    posts = [
        (f"{code.lower()}.{role}.{number}", code, role)
        for code in sorted(bodies())
        for role in ROLES
        for number in range(many)
    ]
    posts += [("soan", "", "office"), ("duyet", "", "office")]
    accounts = AccountRow.objects.bulk_create(
        AccountRow(
            username=name,
            name=f"Người thử {name}",
            office=code or OfficeRow.objects.earliest("code").code,
            reception_point=points.get(code, "") if role == "counter" else "",
        )
        for name, code, role in posts
    )
    GrantRow.objects.bulk_create(
        GrantRow(account=account, role=roles[role], office=code, valid=to_range(SINCE))
        for account, (_, code, role) in zip(accounts, posts, strict=True)
    )


def bodies() -> dict[str, str]:
    """The bodies of the eve with their places."""
    known = OfficeRow.objects.filter(valid__contains=DAY - timedelta(1))
    return dict(known.values_list("code", "place"))


def dossiers(many: int, *, closed: int = 0) -> None:
    """So many open dossiers, spread over the bodies; only as lists know them, without events."""
    held = sorted(bodies().items())
    communes = [place for _, place in held if len(place) == COMMUNE]
    offices = [office for office, _ in held]
    places = [
        place if len(place) == COMMUNE else communes[number % len(communes)]
        for number, (_, place) in enumerate(held)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_DOSSIERS, [offices, places, [*STATUSES], EVE, many, EVE, many + closed])


# A bench holds a million of them: the database makes them itself.
_DOSSIERS = """
WITH given AS (SELECT %s::text[] AS offices, %s::text[] AS places, %s::text[] AS statuses),
spread AS (
    SELECT n, offices[1 + n %% cardinality(offices)] AS office,
        places[1 + n %% cardinality(places)] AS place,
        statuses[1 + n %% cardinality(statuses)] AS status,
        %s::timestamptz - make_interval(mins => n %% 40000) AS received_at,
        CASE WHEN n >= %s THEN %s::timestamptz END AS ended_at
    FROM given, generate_series(0, %s - 1) AS n
)
INSERT INTO records_dossierrow (
    code, version, procedure, procedure_version, procedure_name, process_version, "case", channel,
    applicant_name, applicant_number, applicant_phone, applicant_email, applicant_address, proxy,
    place_given, place_today, receiving_point, receiving_official, receiving_office,
    competent_office, return_point, return_office, received_at, term, calendar_version, due_at,
    ended_at, home_system, parent, stage, status, office, assignee, outcome, standing, is_paused,
    is_handed_over
)
SELECT office || '-250601-' || lpad(n::text, 7, '0'), 1, '1.000101', 1, 'Thủ tục để thử', '', '',
    'in_person', 'Người thử', '', '', '', '', '', place, place, 'MC-' || office, 'thu', office,
    office, 'MC-' || office, office, received_at, '', '', received_at + interval '20 days',
    ended_at, 'local', '', '', status, office, '', '', 'on_time', false, false
FROM spread
"""


def received_once() -> None:
    """The first event of each dossier, for what counts histories and does not read them."""
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVED)


_RECEIVED = """
INSERT INTO records_eventrow (dossier_id, version, name, body, body_version, occurred_at,
                              recorded_at, by, office, source_system, on_behalf_of)
SELECT id, generate_series(1, version), 'received', '{}', 1, received_at, received_at,
       'bia', office, 'provincial', ''
  FROM records_dossierrow
"""
