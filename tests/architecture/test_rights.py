"""Every address lets in those whom the matrix names, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests import everyone, scans
from tests.architecture.rights import ANONYMOUS, Right, calls, rights, roles
from tests.everyone import NOW
from thongsuot.actions.access import issue_token
from thongsuot.records.access import AccountRow
from thongsuot.web import gate

Answer = tuple[int, str]  # a status, and where it leads


@pytest.fixture
def samples(db: None, store: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """The province, someone for each role with the shipped rights, and a dossier at the counter."""
    monkeypatch.setattr("thongsuot.web.door.now", lambda: NOW)
    return everyone.province()


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


def _call(right: Right, samples: Mapping[str, str], who: str) -> Answer:
    """One call, of which nothing is kept."""
    client, headers = Client(), dict[str, str]()
    path = right.path(samples)
    with transaction.atomic():
        if who != ANONYMOUS and path.startswith("/api/"):
            token = issue_token(account=everyone.account(who), name="thu", at=NOW)
            headers = {"Authorization": f"Bearer {token}"}
        elif who != ANONYMOUS:
            client.force_login(AccountRow.objects.get(username=everyone.account(who)))
        session = client.session
        session[gate.FACTOR] = gate.VERIFIED
        session.save()
        response = client.generic(right.method, path, headers=headers, **_body(right, path))
        transaction.set_rollback(True)
    return response.status_code, response.headers.get("Location", "")


def _body(right: Right, path: str) -> dict[str, Any]:
    if right.method == "GET":
        return {"QUERY_STRING": urlencode(right.fill)}
    if "files" in right.fill:
        scan = SimpleUploadedFile(right.fill["files"], scans.picture())
        data = encode_multipart(BOUNDARY, {**right.fill, "files": scan})
        return {"data": data, "content_type": MULTIPART_CONTENT}
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
