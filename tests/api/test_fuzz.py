"""Whatever the API is sent, it answers as its contract says, and never with a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests import cast, life, rows
from thongsuot.actions.access import issue_token
from thongsuot.api.v1.root import api

EXAMPLES = 25
# That a value has the form of the contract does not mean that the law accepts it.
NOT_IN_A_SCHEMA = positive_data_acceptance
# What there really is: without it nothing is answered but "no such procedure".
KNOWN: dict[str, Any] = {
    "procedure": rows.FIVE_DAYS,
    "receiving_point": cast.AT_BAN_MAY,
    "office": cast.BAN_MAY,
    "move": "ask_supplement",
    "term": "5 ngày làm việc",
    "received": "2025-09-08T08:00",
    "received_at": "",
    "channel": "in_person",
}
OPERATIONS = [
    (method.upper(), path)
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method in methods
]
PEOPLE = (cast.HOA, cast.PAO, cast.NHUNG)  # a counter, an intake, somebody for every office


@pytest.fixture
def kept_connection(db: None) -> Iterator[None]:
    """A request through WSGI closes its connections; here they carry the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_api_keeps_its_contract_whatever_it_is_sent(
    kept_connection: None, method: str, path: str, mode: GenerationMode
) -> None:
    rows.province()
    code = life.received().code
    tokens = [issue_token(account=p.account, name="thu", at=cast.MONDAY) for p in PEOPLE]
    operation = _operation(method, path)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def keeps_it(case: schemathesis.Case[Any]) -> None:
        _steer(case, {"code": code, **KNOWN})
        headers = {"Authorization": f"Bearer {tokens[len(str(case.body)) % len(tokens)]}"}
        with transaction.atomic():
            case.call_and_validate(headers=headers, excluded_checks=[NOT_IN_A_SCHEMA])
            transaction.set_rollback(True)

    keeps_it()


def _steer(case: schemathesis.Case[Any], known: dict[str, Any]) -> None:
    """Most of the time, what is asked for by a known name is something that exists."""
    parts: list[Any] = [case.path_parameters, case.query, case.body]
    for part in (each for each in parts if isinstance(each, dict)):
        for name in known.keys() & part.keys():
            if len(str(part[name])) % 4:
                part[name] = known[name]


def _operation(method: str, path: str) -> APIOperation[Any, Any, Any, Any]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    found = (each.ok() for each in schema.get_all_operations() if isinstance(each, Ok))
    return next(each for each in found if (each.method.upper(), each.path) == (method, path))
