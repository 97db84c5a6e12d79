"""Lai Châu on the eve of 01/07/2025: the shipped directory as it was known then, people made up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tests import builders, cast, rows
from thongsuot import env
from thongsuot.actions.load import Subject, load_shipped
from thongsuot.actions.reorganisation.building import build_plan
from thongsuot.domain.directory import Level
from thongsuot.domain.spans import Span
from thongsuot.records.access import AccountRow, GrantRow, RoleRow
from thongsuot.records.calendar import MarkRow
from thongsuot.records.catalogue import ProcessUseRow
from thongsuot.records.directory import OfficeRow, ReceptionPointRow, SuccessionRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.spans import to_range, to_span
from thongsuot.words import plans

DATA = env.ROOT / "data"
DAY = date(2025, 7, 1)
KEY = "lai-chau-2025-07-01"
EVE = cast.moment("2025-06-20 09:00")
SINCE = Span(date(2020, 1, 1))
ROLES = ("counter", "handler", "leader")
STATUSES = ("2", "4", "5")


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


def text() -> str:
    """The plan of the real province, built from the data."""
    built = build_plan(province="lai-chau", on=DAY, data=DATA)
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
            office=code or "H35.001",
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
    known = OfficeRow.objects.filter(code__startswith="H35", valid__contains=DAY - timedelta(1))
    return dict(known.values_list("code", "place"))


def dossiers(many: int, *, closed: int = 0) -> None:
    """So many open dossiers, spread over the bodies; only as lists know them, without events."""
    held = sorted(bodies().items())
    places = [place for _, place in held if len(place) == 5]
    DossierRow.objects.bulk_create(
        _rows(held, places, many, closed), batch_size=5000, ignore_conflicts=True
    )


def _rows(
    held: list[tuple[str, str]], places: list[str], many: int, closed: int
) -> Iterable[DossierRow]:
    for number in range(many + closed):
        office, own = held[number % len(held)]
        place = own if len(own) == 5 else places[number % len(places)]
        received = EVE - timedelta(minutes=number % 40000)
        yield DossierRow(
            code=f"{office}-250601-{number:07d}",
            version=1,
            procedure="1.000101",
            procedure_version=1,
            procedure_name="Thủ tục để thử",
            channel="in_person",
            applicant_name="Người thử",
            place_given=place,
            place_today=place,
            receiving_point=f"MC-{office}",
            receiving_official="thu",
            receiving_office=office,
            competent_office=office,
            return_point=f"MC-{office}",
            return_office=office,
            received_at=received,
            due_at=received + timedelta(days=20),
            ended_at=None if number < many else EVE,
            home_system="local",
            status=STATUSES[number % len(STATUSES)],
            office=office,
            standing="on_time",
            is_paused=False,
            is_handed_over=False,
        )
