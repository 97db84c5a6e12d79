"""What the OpenAPI file promises is what is asked for and answered."""

from __future__ import annotations

import runpy
from collections.abc import Collection
from typing import Any

import pytest
from django.test import Client
from ninja import Schema

from tests import cast, life, rows
from tests.api.machines import Machine, machine, request
from thongsuot import env
from thongsuot.actions import dossier as actions
from thongsuot.actions.dossier import entry
from thongsuot.api.v1 import schemas
from thongsuot.api.v1.root import api


def test_the_committed_file_is_current() -> None:
    docs: dict[str, Any] = runpy.run_path(str(env.ROOT / "scripts" / "docs.py"), run_name="docs")

    committed = (env.ROOT / "docs" / "openapi.yaml").read_text()

    assert committed == docs["contract"](), "run `make docs`"


def test_the_document_is_served_to_anyone() -> None:
    served = Client().get("/api/v1/openapi.json")

    assert served.status_code == 200
    assert served.json()["info"]["title"] == "Thông Suốt"


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        (schemas.ReceptionIn, actions.ENTERED),
        (schemas.TakingIn, (*actions.ENTERED, "held_shown")),
        (schemas.DeclineIn, (*actions.ENTERED, "reason")),
        (schemas.ApplicantIn, entry.APPLICANT),
        (schemas.MoveIn, ("move", "fields", "seen_version")),
    ],
)
def test_what_is_shown_is_what_our_readers_know(
    schema: type[Schema], names: Collection[str]
) -> None:
    assert set(schema.model_fields) == set(names)


def test_every_answer_fits_its_schema(hoa: Machine) -> None:
    made = hoa.post("/dossiers", request())
    code = life.handed_over(life.received()).code
    queried = {"term": "3 giờ", "received": "2025-12-31T15:30"}

    schemas.DossierOut.model_validate_json(made.body, strict=False)
    schemas.DossierOut.model_validate_json(hoa.get(f"/dossiers/{code}").body)
    schemas.DossiersOut.model_validate_json(hoa.get("/dossiers").body)
    schemas.DueOut.model_validate_json(hoa.get("/calendar/due", **queried).body)
    schemas.ProcedureOut.model_validate_json(
        hoa.get(f"/catalogue/procedures/{rows.FIVE_DAYS}", on="2025-08-01").body
    )
    for problem in (hoa.get("/nowhere"), machine(cast.KHACH).get(f"/dossiers/{code}")):
        schemas.ProblemOut.model_validate_json(problem.body)


def test_every_operation_says_what_it_may_refuse() -> None:
    document = api.get_openapi_schema()

    for operations in document["paths"].values():
        for operation in operations.values():
            assert {401, 403, 404, 422} <= set(operation["responses"])
            assert operation["security"] == [{"Token": []}]
