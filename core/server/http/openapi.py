"""The API's own description, generated from the same Structs that it speaks."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Components, SecurityRequirement, SecurityScheme

from core.domain.customer import Document
from core.domain.indicator import Indicator
from core.domain.task import Task
from core.wire.pull import ContentDocument, Kind
from core.wire.push import Answers, Batch
from core.wire.screening import Factors, JudgedRule, RuleHistory, RulePreview, Rules
from core.wire.session import Problem

SIGNED_IN: Sequence[SecurityRequirement] = [{"bearer": []}]
PROBLEMS = {
    status: ResponseSpec(data_container=Problem, description=words, generate_examples=False)
    for status, words in {
        400: "The request cannot be read",
        401: "Not signed in, or the account is disabled",
        403: "Not permitted",
        404: "Not found",
        413: "Too large",
        429: "Throttled; Retry-After says for how long",
        503: "Busy; Retry-After says for how long",
    }.items()
}
COMPONENTS = Components(security_schemes={"bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")})


class _Change(msgspec.Struct, kw_only=True):
    """wire.pull.Change; its body, raw there, is added below."""

    kind: Kind
    key: str
    deleted: bool = False


class _PullPage(msgspec.Struct, kw_only=True):
    changes: list[_Change]
    cursor: str
    more: bool
    server_time: datetime


_REF = "#/components/schemas/{name}"
_RAW_BODIES = {("/v1/push", "post"): Batch}
_RAW_ANSWERS: dict[tuple[str, str], Any] = {
    ("/v1/pull", "get"): _PullPage,
    ("/v1/push", "post"): Answers,
    ("/v1/customers/{customer_id}", "get"): Document,
    ("/v1/screening/factors", "get"): Factors,
    ("/v1/screening/rules", "get"): Rules,
    ("/v1/screening/counts", "get"): dict[str, int],
    ("/v1/screening/rules/{rule_id}/versions", "get"): RuleHistory,
    ("/v1/screening/preview", "post"): RulePreview,
    ("/v1/screening/rules/judged", "post"): JudgedRule,
}
_CHANGED: tuple[Any, ...] = (Task, Document, ContentDocument, list[Indicator])
"""what the body of a change may be, in the order of `Kind`"""


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """The framework's document with what it cannot see: bodies that are read or written as bytes."""
    types = [*_RAW_BODIES.values(), *_RAW_ANSWERS.values(), *_CHANGED]
    refs, schemas = msgspec.json.schema_components(types, ref_template=_REF)
    ref_of = dict(zip(types, refs, strict=True))
    schemas["_Change"]["properties"]["body"] = {"anyOf": [*(ref_of[kind] for kind in _CHANGED), {"type": "null"}]}
    components = document.setdefault("components", {}).setdefault("schemas", {})
    components.update({name: schema for name, schema in schemas.items() if name not in components})
    for (path, method), kind in _RAW_BODIES.items():
        document["paths"][path][method]["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": ref_of[kind]}},
        }
    for (path, method), kind in _RAW_ANSWERS.items():
        document["paths"][path][method]["responses"]["200"]["content"] = {"application/json": {"schema": ref_of[kind]}}
    for methods in document["paths"].values():
        for operation in methods.values():
            # The framework names some after its own wrapper.
            operation["summary"] = _in_words(operation["operationId"])
    return document


def _in_words(operation_id: str) -> str:
    """`signIn` as "Sign in"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", operation_id).capitalize()
