"""Does the API keep the Dutch API Design Rules and its own promise (the committed description)?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from valley.site.api import api

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "docs" / "reference" / "openapi.json"


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def _operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_it_is_openapi_3_1_with_semver_contact_and_licence(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert re.fullmatch(r"\d+\.\d+\.\d+", described["info"]["version"])
    assert {"name", "email", "url"} <= set(described["info"]["contact"])
    assert described["info"]["license"]["identifier"] == "Apache-2.0"


def test_the_version_is_in_the_server_address_and_paths_are_relative(described: dict[str, Any]) -> None:
    assert described["servers"][0]["url"] == "/api/v1"
    assert not [path for path in described["paths"] if path.startswith("/api")]


def test_paths_are_kebab_case_without_trailing_slash(described: dict[str, Any]) -> None:
    pattern = re.compile(r"^(/([a-z0-9]+(-[a-z0-9]+)*|\{[a-z_]+\}))+$")
    assert not [path for path in described["paths"] if not pattern.match(path)]


def test_query_keys_are_camel_case_and_bounded(described: dict[str, Any]) -> None:
    loose = []
    for path, method, operation in _operations(described):
        for parameter in operation.get("parameters", []):
            if parameter["in"] != "query":
                continue
            if not re.fullmatch(r"[a-z][a-zA-Z0-9]*", parameter["name"]):
                loose.append(f"{method} {path} {parameter['name']}: not camelCase")
            if not _bounded(parameter["schema"], described):
                loose.append(f"{method} {path} {parameter['name']}: no bounds")
    assert not loose


def _bounded(schema: dict[str, Any], described: dict[str, Any]) -> bool:
    if "$ref" in schema:
        return _bounded(described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], described)
    options = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
    return all(_option_bounded(part, described) for part in options)


def _option_bounded(part: dict[str, Any], described: dict[str, Any]) -> bool:
    if "$ref" in part:
        return _bounded(part, described)
    if part.get("type") == "string":
        closed = part.get("pattern", "").startswith("^") and not re.search(r"[*+]", part["pattern"])
        return (
            closed or "maxLength" in part or "enum" in part or "const" in part or part.get("format") in ("date", "uuid")
        )
    if part.get("type") in ("integer", "number"):
        return "maximum" in part and "minimum" in part
    if part.get("type") == "array":
        return "maxItems" in part
    return part.get("type") == "boolean" or "enum" in part or "const" in part


def test_input_fields_are_bounded_and_unknown_fields_refused(described: dict[str, Any]) -> None:
    loose = []
    for path, method, operation in _operations(described):
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            if media != "application/json":
                continue
            for name in _schemas(content["schema"], described):
                schema = described["components"]["schemas"][name]
                if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
                    loose.append(f"{method} {path} {name}: accepts unknown fields")
                for field, part in schema.get("properties", {}).items():
                    if not _bounded(part, described) and not list(_schemas(part, described)):
                        loose.append(f"{method} {path} {name}.{field}: no bounds")
    assert not loose


def _schemas(part: Any, described: dict[str, Any]) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            name = part["$ref"].rsplit("/", 1)[-1]
            yield name
            yield from _schemas(described["components"]["schemas"][name].get("properties", {}), described)
        for key, value in part.items():
            if key != "$ref":
                yield from _schemas(value, described)
    elif isinstance(part, list):
        for value in part:
            yield from _schemas(value, described)


def test_every_operation_has_a_camel_case_id_of_its_own_a_summary_and_a_tag(described: dict[str, Any]) -> None:
    operations = list(_operations(described))
    ids = [operation["operationId"] for _path, _method, operation in operations]
    assert len(set(ids)) == len(ids)
    assert not [name for name in ids if not re.fullmatch(r"[a-z][a-zA-Z0-9]*", name)]
    assert not [path for path, _method, operation in operations if not operation.get("summary")]
    assert not [path for path, _method, operation in operations if not operation.get("tags")]


def test_every_answer_declares_the_version_header_and_problems(described: dict[str, Any]) -> None:
    for path, method, operation in _operations(described):
        for status, answer in operation["responses"].items():
            assert "API-Version" in answer["headers"], (method, path, status)
            if int(status) >= 400:
                assert "application/problem+json" in answer["content"], (method, path, status)
        assert {"400", "401", "403", "404", "429"} <= set(operation["responses"])


def test_only_standard_methods(described: dict[str, Any]) -> None:
    assert {method for _p, method, _o in _operations(described)} <= {"get", "post", "put", "patch", "delete"}


def test_field_names_are_camel_case(described: dict[str, Any]) -> None:
    bad = []
    for name, schema in described["components"]["schemas"].items():
        bad += [f"{name}.{key}" for key in schema.get("properties", {}) if not re.fullmatch(r"[a-z][a-zA-Z0-9]*", key)]
    assert not bad


def test_the_description_is_the_committed_one(described: dict[str, Any]) -> None:
    """When the API changes on purpose: ``python docs/reference/snapshot.py``, and say so in the changelog."""
    assert described == json.loads(SNAPSHOT.read_text())


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/v1/people/me/passport"])
def test_errors_are_problem_documents_with_the_version(client, path: str) -> None:  # type: ignore[no-untyped-def]
    answer = client.get(path)
    assert answer.status_code in (401, 404)
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer["API-Version"] == api.version
    assert {"type", "title", "status", "detail"} <= set(answer.json())


def test_answers_carry_the_version(client) -> None:  # type: ignore[no-untyped-def]
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer["API-Version"] == api.version
