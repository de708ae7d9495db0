"""Do the faults that strange input once found in the API stay away?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests import factories

from valley.foundation import once, problems
from valley.foundation.models import IdempotentReply
from valley.site.api import MOST_ERRORS, api
from valley.skills import actions as skills
from valley.work import actions as work

PASSPORT = "/api/v1/people/me/passport"


@pytest.fixture
def worker(db: None) -> Client:
    """Someone with a passport."""
    client = factories.client_of(factories.account())
    assert send(client, "post", PASSPORT, {"name": "Sam"}).status_code == 201
    return client


def send(client: Client, method: str, path: str, body: Any, **headers: str) -> Any:
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return getattr(client, method)(path, text, content_type="application/json", headers=headers)


def is_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["API-Version"] == problems.api_version()
    return answer.json()


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_page_of_two_rows_is_not_taken_for_a_status_and_a_body(client: Client, limit: int) -> None:
    skills.load_starter(factories.operator())
    work.load_starter_roles(factories.operator())
    for _ in range(3):
        factories.organisation()
    for path in ("partners", "role-profiles"):
        assert len(client.get(f"/api/v1/work/{path}?limit={limit}").json()) == limit


@pytest.mark.parametrize("level", ["2", "2.0", "2e0", "20E-1"])
def test_an_integer_is_read_however_json_writes_it(worker: Client, level: str) -> None:
    answer = send(worker, "put", "/api/v1/people/me/languages/fr", f'{{"cefr": {level}}}')
    assert answer.status_code == 200
    assert [line["cefr"] for line in answer.json()["languages"]] == [2]


@pytest.mark.parametrize("level", ["2.5", '"2"', "true", "null", "NaN", "Infinity", "1e999", "9" * 5000, "1e400"])
def test_what_is_no_integer_is_refused(worker: Client, level: str) -> None:
    is_problem(send(worker, "put", "/api/v1/people/me/languages/fr", f'{{"cefr": {level}}}'), 400)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 100_000, b'{"name": "\xff"}'])
def test_a_body_that_cannot_be_read_is_refused_with_a_problem(worker: Client, body: bytes) -> None:
    is_problem(send(worker, "put", "/api/v1/people/me/name", body), 400)


@pytest.mark.parametrize("body", ['{"\\ud800": 1}', '{"name": "\\udfff"}', '{"name": "Sam", "version": "\\ud800"}'])
def test_half_a_surrogate_pair_is_refused_with_a_problem(worker: Client, body: str) -> None:
    is_problem(send(worker, "put", "/api/v1/people/me/name", body), 400)


def test_a_problem_can_repeat_what_utf_8_cannot_write() -> None:
    assert json.loads(problems.problem(status=422, code="x", detail="d", found="\ud800").content)["found"] == "?"


def test_a_problem_is_never_longer_than_declared(worker: Client) -> None:
    wrong = {"statements": [{"competence": 0, "level": 0}] * 300}
    found = is_problem(send(worker, "post", "/api/v1/people/me/claims", wrong), 400)
    assert len(found["errors"]) == MOST_ERRORS
    long = problems.problem(status=422, code="x", detail="d" * 9000, found="f" * 9000)
    assert {key: len(json.loads(long.content)[key]) for key in ("detail", "found")} == {"detail": 2000, "found": 1000}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_another_method_is_refused_with_a_problem_that_says_which_are_allowed(client: Client, method: str) -> None:
    answer = getattr(client, method)("/api/v1/work/partners")
    assert is_problem(answer, 405)["type"] == "urn:valley:method-not-allowed"
    assert answer["Allow"] == "GET"


def test_the_allowed_methods_come_in_one_order(client: Client) -> None:
    assert client.patch("/api/v1/work/openings")["Allow"] == "GET, POST"


def test_head_is_answered_as_get_without_the_body(client: Client) -> None:
    full, head = client.get("/api/v1/work/openings"), client.head("/api/v1/work/openings")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(full.content))
    assert client.head("/api/v1/people/me/passport").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "skills/competences/0",
        f"skills/competences/{2**53}",
        f"skills/occupations/{2**63}",
        "skills/occupations/" + "9" * 5000,
        "skills/titles/title-9999999999999999999999/competences",
        "skills/titles/title-%00/competences",
        "skills/titles/title-²/competences",
        f"skills/titles/{'x' * 3000}/competences",
        "work/openings/%00",
        "work/role-profiles/%0A",
        "mobility/rule?x=%00",
        "work/openings?place=%00",
    ],
)
def test_an_absurd_address_is_refused_without_a_fault_of_ours(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    if path != "mobility/rule?x=%00":
        is_problem(answer, 400)
    assert answer.status_code < 500


def test_an_upload_without_a_readable_form_is_refused_with_a_problem(db: None) -> None:
    recruiter = factories.client("recruiter")
    path = "/api/v1/work/uploads?organisation=partner"
    is_problem(recruiter.post(path, b"x", content_type="multipart/form-data"), 400)
    is_problem(recruiter.post(path, b"x", content_type="multipart/form-data; boundary=b"), 400)
    is_problem(recruiter.post(path, {}), 400)


@pytest.mark.parametrize("key", ["", "k" * 101, "two words", "clé", "tab\tbed"])
def test_an_idempotency_key_that_cannot_be_kept_whole_is_refused(worker: Client, key: str) -> None:
    answer = send(worker, "put", "/api/v1/people/me/name", {"name": "Noor"}, **{"Idempotency-Key": key})
    assert is_problem(answer, 400)["type"] == "urn:valley:idempotency-key-unreadable"
    assert worker.get(PASSPORT).json()["name"] == "Sam"
    assert not IdempotentReply.objects.exists()


def test_two_long_keys_that_begin_alike_are_two_keys(worker: Client) -> None:
    for name, key in (("Noor", "k" * 99 + "1"), ("Ada", "k" * 99 + "2")):
        answer = send(worker, "put", "/api/v1/people/me/name", {"name": name}, **{"Idempotency-Key": key})
        assert answer.json()["name"] == name
    assert IdempotentReply.objects.count() == 2


def test_every_write_declares_its_idempotency_key_and_every_operation_its_refusals() -> None:
    for item in api.get_openapi_schema()["paths"].values():
        for method, operation in item.items():
            keys = [one for one in operation.get("parameters", []) if one["in"] == "header"]
            assert bool(keys) is (method.upper() in once.WRITES)
            assert {"405", "409", "410", "422"} <= set(operation["responses"])


def test_the_form_of_our_problems_does_not_replace_a_form_of_a_room() -> None:
    schemas = api.get_openapi_schema()["components"]["schemas"]
    assert {"type", "title", "status", "detail"} == set(schemas["ProblemDocument"]["required"])
    assert {"sheet", "row", "column", "stops"} <= set(schemas["Problem"]["properties"])


def test_no_two_rooms_give_one_name_to_two_forms() -> None:
    """The router keeps the last of two schemas with one name, and describes the other one wrongly."""
    forms: dict[str, set[str]] = {}
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                inputs = [(model, "validation") for model in operation.models]
                outputs = [(model, "serialization") for model in operation.response_models.values()]
                for model, mode in [pair for pair in inputs + outputs if hasattr(pair[0], "model_json_schema")]:
                    for name, form in model.model_json_schema(mode=mode).get("$defs", {}).items():
                        forms.setdefault(name, set()).add(json.dumps(form, sort_keys=True))
    assert len(forms) > 50
    assert [name for name, different in forms.items() if len(different) > 1] == []
