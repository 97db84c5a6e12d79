"""What holds of every page whatever is on it: light, and asking no more when there is more to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, cast, everyone, life, rows
from tests.architecture.rights import ANONYMOUS, Right, rights
from thongsuot.actions import accounts, catalogue, cutover
from thongsuot.domain.decisions import Decision
from thongsuot.domain.duties import Person
from thongsuot.domain.simplification import Burden, PlanLine
from thongsuot.domain.spans import Span
from thongsuot.records.access import AccountRow, RoleRow
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.feedback import save_feedback
from thongsuot.records.looks import LookRow
from thongsuot.records.spans import to_range
from thongsuot.web import gate

FEW, MANY = 3, 30
HEAVIEST = 100 * 1024
# The roles that see the most on a page come first.
SEES = ("leader", "office", "admin", "inspector", "handler", "counter")
# Its length is what is asked for: each receipt printed is looked up and logged on its own.
GROWS_WITH_WHAT_IS_ASKED = {"/in"}

# Files about procedures, offices and systems, not about people.
NOT_OF_PEOPLE = {
    "/chuyen-he-thong/tep/<str:kind>",
    "/bao-cao/<str:report>/<str:period>/<str:unit>/tep.xlsx",
    "/bao-cao/<str:report>/<str:period>/<str:unit>/tep/<str:kind>",
    "/chi-dao/<int:number>/tong-hop.xlsx",
    "/ket-xuat/<int:number>/tep",
    "/danh-muc/tep.xlsx",
    "/danh-muc/tep.json",
    "/quy-trinh/<str:key>/bpmn",
    "/quy-trinh/<str:key>/json",
    "/de-xuat/<int:number>/bpmn",
    "/thong-bao/<str:code>/pdf",
    "/he-thong/ra-soat/tep.xlsx",
    "/su-co/tep.xlsx",
    "/trao-doi/so/tep.xlsx",
    "/sap-xep/<str:key>/can-doi.xlsx",
    "/chuyen-du-lieu/<int:number>/anh-xa.csv",
    "/chuyen-du-lieu/<int:number>/dong.xlsx",
    "/ban-giao/<int:number>/ho-so.xlsx",
    "/ban-giao/<int:number>/bang-chung.json",
    "/ban-giao/<int:number>/giay/<str:code>/tep",
    "/tiep-nhan/<str:code>/nhieu/mau",
    "/sap-xep/<str:key>/dien-tap.xlsx",
}


@pytest.fixture
def samples(db: None, now: object) -> Mapping[str, str]:
    """The province, everyone in it, and a little of everything."""
    found = everyone.province()
    OfficeRow.objects.filter(code=cast.BAN_MAY).update(place=cast.PLACE)
    _moving()
    _grow(0, FEW)
    return found


def test_a_page_asks_as_much_for_many_as_for_few(samples: Mapping[str, str]) -> None:
    before = {name: _asked(client, path) for name, client, path in _pages(samples)}
    _grow(FEW, MANY)

    after = {name: _asked(client, path) for name, client, path in _pages(samples)}

    grown = {name: (few, after[name]) for name, few in before.items() if after[name] > few}
    assert grown == {}


def test_a_filled_page_weighs_at_most_100_kilobytes_uncompressed(
    samples: Mapping[str, str],
) -> None:
    """Measured: the bytes of the HTML as they leave, not compressed.

    Styles, scripts and typefaces come once and are kept: their names change with their content.
    """
    _grow(FEW, 3 * MANY)

    weights = {
        name: len(client.get(path).content) for name, client, path in _pages(samples) if client
    }

    assert len(weights) > 30
    assert {name: weight for name, weight in weights.items() if weight > HEAVIEST} == {}


def test_no_list_shows_a_personal_number_or_a_telephone(samples: Mapping[str, str]) -> None:
    of_one_dossier = ("/ho-so/", "/tiep-nhan/", "/truc-tuyen/<int:number>")  # under a logged look
    shown = [
        name
        for name, client, path in _pages(samples)
        if not name.startswith(of_one_dossier)
        and any(
            told.encode() in client.get(path).content for told in (cast.MY.number, cast.MY.phone)
        )
    ]

    assert shown == []


def test_every_file_that_tells_of_people_leaves_a_look_in_the_log(
    samples: Mapping[str, str],
) -> None:
    unlogged = []
    for name, client, path in _answers(samples):
        before = LookRow.objects.count()
        answer = client.get(path)
        is_file = not answer["Content-Type"].startswith("text/html")
        if is_file and name not in NOT_OF_PEOPLE and LookRow.objects.count() == before:
            unlogged.append(name)

    assert unlogged == []


def _pages(samples: Mapping[str, str]) -> Iterator[tuple[str, Client, str]]:
    """Each page of the matrix, in the browser of somebody who may open it."""
    for name, client, address in _answers(samples):
        answer = client.get(address)
        if answer["Content-Type"].startswith("text/html"):
            yield name, client, address


def _answers(samples: Mapping[str, str]) -> Iterator[tuple[str, Client, str]]:
    """Each page and file of the matrix that opens for somebody."""
    clients: dict[str, Client] = {}
    for right in rights():
        if right.method != "GET" or right.address.startswith("/api/"):
            continue
        if right.address in GROWS_WITH_WHAT_IS_ASKED:
            continue
        who = _who(right)
        client = clients.setdefault(who, _signed_in(who))
        path = right.path(samples)
        address = f"{path}?{urlencode(right.fill)}" if right.fill else path
        if client.get(address).status_code == 200:
            yield right.address, client, address


def _who(right: Right) -> str:
    if ANONYMOUS in right.may:
        return ANONYMOUS
    return next((role for role in SEES if role in right.may), min(right.may))


def _signed_in(who: str) -> Client:
    client = Client()
    if who != ANONYMOUS:
        client.force_login(AccountRow.objects.get(username=everyone.account(who)))
        session = client.session
        session[gate.FACTOR] = gate.VERIFIED
        session.save()
    return client


def _asked(client: Client, path: str) -> int:
    """How many questions a page asks; the visit before has filled what is remembered."""
    with CaptureQueriesContext(connections["default"]) as asked:
        client.get(path)
    return len(asked)


def _moving() -> None:
    """A field that moves later, exported, and set up there wrongly in everything."""
    rows.reception_system(partner="bo-x")
    rows.moved("2026-01-01 00:00")
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    keeper = Person(everyone.account("operator"), "operator")
    cutover.export(field="Hộ tịch", by=keeper, at=everyone.NOW)
    cutover.read_back(
        field="Hộ tịch", content=b'{"bodies": []}', source="bo.json", by=keeper, at=everyone.NOW
    )


def _grow(first: int, last: int) -> None:
    """More of everything that some page lists."""
    admin = Person(everyone.account("admin"), "admin")
    on = everyone.NOW.date()
    decision = Decision("QĐ 2", on, "Chủ tịch UBND tỉnh", "", on)
    line = PlanLine(rows.FIVE_DAYS, Burden(papers=2), Burden(papers=1), "Bỏ bản sao")
    for number in range(first, last):
        dossier = life.issued(life.received())
        save_feedback(
            DossierRow.objects.get(code=dossier.code), score=3, comment="Được", at=everyone.NOW
        )
        life.forwarded(life.received())
        name = f"them.{number}"
        accounts.open_account(
            username=name,
            name=f"Người thứ {number}",
            office=cast.BAN_MAY,
            reception_point="",
            by=admin,
            at=everyone.NOW,
        )
        accounts.grant(
            account=name,
            role="handler",
            office=cast.BAN_MAY,
            valid=Span(on),
            by=admin,
            at=everyone.NOW,
        )
        rows.procedure(builders.procedure(f"3.{number:06d}"))
        rows.moved("2026-01-01 00:00", field=f"Lĩnh vực {number}")
        catalogue.decide_plan(
            title=f"Phương án {number}",
            lines=(line,),
            decision=decision,
            by=cast.NHUNG,
            at=everyone.NOW,
        )
        catalogue.draft_process(
            office=cast.BAN_MAY,
            process=builders.process(f"moi-{number}", decision=""),
            uses=(),
            by=cast.SON,
            at=everyone.NOW,
        )
        OfficeContactRow.objects.create(
            office=f"H98.{number:03d}", hotline="02", valid=to_range(Span(on)), source=rows.SOURCE
        )
