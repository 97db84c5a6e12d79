"""What the OpenAPI file says beyond what the functions' types say: bodies, queries, problems."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ninja import NinjaAPI, Schema
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from thongsuot.api.door import FILES, FORM, IDEMPOTENCY_KEY, JSON
from thongsuot.api.problems import MEDIA_TYPE
from thongsuot.api.v1 import schemas
from thongsuot.domain.files import MediaType

# Read by our own readers, so that every door refuses alike; here they are only shown.
SHOWN: list[tuple[type[BaseModel], JsonSchemaMode]] = [
    (schemas.TakingIn, "validation"),
    (schemas.DeclineIn, "validation"),
    (schemas.MoveIn, "validation"),
    (schemas.ProblemOut, "validation"),
]

REFUSED = (400, 401, 403, 404, 409, 413, 415, 422)


class Contract(NinjaAPI):
    """An API whose file also shows what is read by our own readers."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The subject and the act: `dossiers_receive`."""
        function = operation.view_func
        return f"{function.__module__.rpartition('.')[2]}_{function.__name__}"

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The OpenAPI document."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        _, found = models_json_schema(SHOWN, ref_template=REF_TEMPLATE)
        document["components"]["schemas"].update(found["$defs"])
        return document


def taking(body: type[Schema]) -> dict[str, Any]:
    """An operation that takes this body, and a key against sending twice."""
    reference = {"$ref": REF_TEMPLATE.format(model=body.__name__)}
    content = {JSON: {"schema": reference}}
    return {
        "parameters": [_once()],
        "requestBody": {"required": True, "content": content},
        "responses": problems(),
    }


def taking_files(*, needed: Collection[str], **names: str) -> dict[str, Any]:
    """An operation that takes files with these fields beside them, and a key as `taking` does."""
    fields = {name: {"type": "string", "description": meaning} for name, meaning in names.items()}
    files = {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}
    schema = {
        "type": "object",
        "properties": {**fields, FILES: files},
        "required": [*needed, FILES],
        "additionalProperties": False,
    }
    return {
        "parameters": [_once()],
        "requestBody": {"required": True, "content": {FORM: {"schema": schema}}},
        "responses": problems(),
    }


def giving_files(told: dict[str, Any]) -> dict[str, Any]:
    """An operation that answers with a file."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    papers = [kind.value for kind in MediaType if kind is not MediaType.JSON]
    given = {"description": "the file", "content": dict.fromkeys(papers, binary)}
    return told | {"responses": {200: given, **told["responses"]}}


def asking(**names: str) -> dict[str, Any]:
    """An operation with these names after the question mark."""
    parameters = [
        {"name": name, "in": "query", "description": meaning, "schema": {"type": "string"}}
        for name, meaning in names.items()
    ]
    return {"parameters": parameters, "responses": problems()}


def _once() -> dict[str, Any]:
    return {
        "name": IDEMPOTENCY_KEY,
        "in": "header",
        "description": "the same key and body get the same answer; another body is refused",
        "schema": {"type": "string", "minLength": 1, "maxLength": 120},
    }


def problems() -> dict[int, Any]:
    """What every operation may answer instead."""
    schema = {"$ref": REF_TEMPLATE.format(model=schemas.ProblemOut.__name__)}
    refused = {"description": "refused", "content": {MEDIA_TYPE: {"schema": schema}}}
    return dict.fromkeys(REFUSED, refused)
