"""Every address lets in those whom the matrix names, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests import builders, cast, life, rows, scans
from tests.architecture.rights import ANONYMOUS, Right, calls, rights, roles, written
from thongsuot.actions import catalogue
from thongsuot.actions.access import issue_token
from thongsuot.actions.dossier.papers import add_scans
from thongsuot.actions.files import Upload
from thongsuot.domain.decisions import Decision
from thongsuot.domain.duties import Person
from thongsuot.domain.simplification import Burden, PlanLine
from thongsuot.records.access import AccountRow, RoleRow
from thongsuot.web import gate

Answer = tuple[int, str]  # a status, and where it leads

NOW = cast.moment("2025-09-10 09:00")
EVERYWHERE = {"office", "inspector", "admin", "operator"}


@pytest.fixture
def samples(db: None, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """The province, someone for each role with the shipped rights, and a dossier at the counter."""
    monkeypatch.setattr("thongsuot.web.door.now", lambda: NOW)
    rows.province()
    for role in roles():
        _somebody(role)
    return {**written()["samples"], **_decided(), **_scanned()}


def _decided() -> dict[str, str]:
    """A proposal of the body, and a plan of the Office."""
    proposal = catalogue.draft_process(
        office=cast.BAN_MAY,
        process=builders.process("moi", decision=""),
        uses=(),
        by=cast.SON,
        at=NOW,
    )
    decision = Decision("QĐ 1", NOW.date(), "Chủ tịch UBND tỉnh", "", NOW.date())
    line = PlanLine(rows.FIVE_DAYS, Burden(papers=2), Burden(papers=1), "Bỏ bản sao")
    plan = catalogue.decide_plan(
        title="Phương án", lines=(line,), decision=decision, by=cast.NHUNG, at=NOW
    )
    return {"proposal": str(proposal), "plan": str(plan)}


def test_every_address_and_method_stands_in_the_matrix() -> None:
    known = {(right.address, right.method) for right in rights()}

    assert sorted(set(calls()) - known) == [], "add a line to tests/architecture/rights.toml"
    assert sorted(known - set(calls())) == [], "nothing answers there any more"


def test_the_matrix_names_only_roles_that_exist() -> None:
    named = {name for right in rights() for name in right.may}

    assert named <= {*roles(), ANONYMOUS}


def test_those_may_whom_the_matrix_names_and_nobody_else(samples: Mapping[str, str]) -> None:
    really = {
        f"{right.method} {right.address}": frozenset(
            who for who in (*roles(), ANONYMOUS) if _is_let_in(_call(right, samples, who), right)
        )
        for right in rights()
    }

    named = {f"{right.method} {right.address}": right.may for right in rights()}
    assert {call: sorted(may ^ named[call]) for call, may in really.items()} == {
        call: [] for call in named
    }


def _scanned() -> dict[str, str]:
    """A dossier at the counter, one of its papers scanned."""
    dossier = add_scans(
        code=life.received().code,
        paper="Tờ khai",
        uploads=[Upload("to-khai.pdf", scans.pdf())],
        is_checked=True,
        by=cast.HOA,
        at=NOW,
    )
    kept = next(scan.file for scan in dossier.scans if scan.file)
    return {"dossier": dossier.code, "file": kept.sha256}


def _somebody(role: str) -> None:
    person = Person(f"vai.{role}", role)
    AccountRow.objects.create(
        username=person.account,
        name=person.name,
        office=cast.BAN_MAY,
        reception_point=cast.AT_BAN_MAY if role == "counter" else "",
    )
    shipped = roles()[role]
    held = {"acts": shipped["acts"].split(), "rights": shipped["rights"].split()}
    RoleRow.objects.update_or_create(
        code=role, defaults=held, create_defaults={"name": role, "source": rows.SOURCE, **held}
    )
    rows.grant(person, role, "" if role in EVERYWHERE else cast.BAN_MAY)


def _call(right: Right, samples: Mapping[str, str], who: str) -> Answer:
    """One call, of which nothing is kept."""
    client, headers = Client(), dict[str, str]()
    path = right.path(samples)
    with transaction.atomic():
        if who != ANONYMOUS and path.startswith("/api/"):
            token = issue_token(account=f"vai.{who}", name="thu", at=NOW)
            headers = {"Authorization": f"Bearer {token}"}
        elif who != ANONYMOUS:
            client.force_login(AccountRow.objects.get(username=f"vai.{who}"))
        session = client.session
        session[gate.FACTOR] = gate.VERIFIED
        session.save()
        response = client.generic(right.method, path, headers=headers, **_body(right, path))
        transaction.set_rollback(True)
    return response.status_code, response.headers.get("Location", "")


def _body(right: Right, path: str) -> dict[str, Any]:
    if right.method == "GET":
        return {"QUERY_STRING": urlencode(right.fill)}
    if path.startswith("/api/"):
        return {"data": json.dumps(right.fill), "content_type": "application/json"}
    form = "application/x-www-form-urlencoded"
    return {"data": urlencode(right.fill), "content_type": form}


def _is_let_in(answer: Answer, right: Right) -> bool:
    """Refused is who is told so, or is asked to sign in; a page that does not open is refused too."""
    status, leads_to = answer
    assert status < 500
    barred = {401, 403} if right.method != "GET" else {401, 403, 422}
    return status not in barred and "/dang-nhap?" not in leads_to
