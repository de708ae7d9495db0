"""What is the API: its promise, its errors, and the rooms behind it?

OpenAPI 3.1, following the Dutch API Design Rules (tests/architecture/test_api_rules.py holds each rule as a check).
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from valley.applications.api import router as applications
from valley.careers.api import router as careers
from valley.core.errors import ValleyError
from valley.curriculum.api import router as curriculum
from valley.dossiers.api import router as dossiers
from valley.evidence.api import router as evidence
from valley.field.api import router as field
from valley.foundation import doors, once, problems
from valley.mobility.api import router as mobility
from valley.people.api import router as people
from valley.placement.api import router as placement
from valley.reading.api import router as reading
from valley.routes.api import router as routes
from valley.skills.api import router as skills
from valley.thread.api import router as thread
from valley.vacancies.api import router as vacancies
from valley.work.api import router as work

DESCRIPTION = (
    "The same questions and changes as on the web and at the terminal. Sign in with a session or a key "
    "(`Authorization: Bearer valley_...`). Errors are `application/problem+json` with what was expected, what was "
    "found and the next step. Writes accept an `Idempotency-Key`."
)


class JsonBody(Parser):
    """Reads a body as JSON Schema means it: 2.0 is the integer 2, and NaN and Infinity are no numbers."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(request.body, parse_float=_number, parse_constant=_no_number)


def _number(written: str) -> float | int:
    read = float(written)
    return int(read) if read.is_integer() else read


def _no_number(written: str) -> float:
    raise ValueError(f"{written} is not JSON")


class ValleyAPI(NinjaAPI):
    """The API with the shape of our problems declared on every operation."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> Any:
        found = super().get_openapi_schema(path_prefix="", path_params=path_params)
        return _with_promises(found)


api = ValleyAPI(
    title="Valley",
    version=problems.api_version(),
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
    auth=[doors.Bearer(), doors.Session()],
    parser=JsonBody(),
    servers=[{"url": "/api/v1", "description": "This valley"}],
    openapi_extra={
        "info": {
            "contact": {"name": "Valley", "url": "https://valley.invalid/contact", "email": "contact@valley.invalid"},
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        }
    },
)
api.add_router("/skills", skills, tags=["skills"])
api.add_router("/people", people, tags=["people"])
api.add_router("/work", work, tags=["work"])
api.add_router("/vacancies", vacancies, tags=["vacancies"])
api.add_router("/mobility", mobility, tags=["mobility"])
api.add_router("/applications", applications, tags=["applications"])
api.add_router("/careers", careers, tags=["careers"])
api.add_router("/relay-routes", routes, tags=["relay-routes"])
api.add_router("/placements", placement, tags=["placements"])
api.add_router("/dossiers", dossiers, tags=["dossiers"])
api.add_router("/reading", reading, tags=["reading"])
api.add_router("/evidence", evidence, tags=["evidence"])
api.add_router("/curriculum", thread, tags=["thread"])
api.add_router("/curriculum", curriculum, tags=["curriculum"])
api.add_router("/curriculum", field, tags=["field"])


@api.exception_handler(ValleyError)
def _valley_error(request: HttpRequest, error: ValleyError) -> HttpResponse:
    return problems.answer_to(error, request)


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = error.errors[:MOST_ERRORS]
    wrong = [{"field": ".".join(str(part) for part in e["loc"][1:]), "message": e["msg"]} for e in found]
    return problems.problem(status=400, code="unreadable", detail="Some fields do not fit the schema.", errors=wrong)


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.problem(status=401, code="sign-in-needed", detail="Sign in, or send a valid key.")


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.problem(status=error.status_code, code="unreadable", detail=str(error))


MOST_ERRORS = 200
PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "maxLength": 200},
        "title": {"type": "string", "maxLength": 200},
        "status": {"type": "integer", "format": "int32", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "maxLength": problems.LONGEST["detail"]},
        "expected": {"type": "string", "maxLength": problems.LONGEST["expected"]},
        "found": {"type": "string", "maxLength": problems.LONGEST["found"]},
        "nextStep": {"type": "string", "maxLength": problems.LONGEST["nextStep"]},
        "facts": {"type": "object"},
        "reference": {"type": "string", "maxLength": 20},
        "errors": {"type": "array", "maxItems": MOST_ERRORS, "items": {"type": "object"}},
    },
}
PROBLEM_STATUSES = {
    "400": "The request could not be read",
    "401": "Sign in first",
    "403": "Not open to you",
    "404": "Does not exist for you",
    "405": "Not a method of this address",
    "409": "Someone else changed this",
    "410": "Is gone for good",
    "413": "Too large",
    "422": "Something does not fit",
    "429": "Too many requests",
}


ONCE: dict[str, Any] = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "title": "Idempotency-Key", "pattern": once.KEY, "minLength": 1, "maxLength": 100},
    "description": "A key of your own for this write; sent again within a day it is done once and answered alike.",
}


def _with_promises(found: Any) -> Any:
    """Add the problem answers and the API-Version header to every operation."""
    found["openapi"] = "3.1.0"
    found.setdefault("components", {}).setdefault("schemas", {})["ProblemDocument"] = PROBLEM
    body = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    header = {"API-Version": {"schema": {"type": "string", "maxLength": 20}, "description": "Version of this API"}}
    for path in found["paths"].values():
        for method, operation in path.items():
            if method.upper() in once.WRITES:
                operation.setdefault("parameters", []).append(ONCE)
            answers = operation["responses"]
            for status, words in PROBLEM_STATUSES.items():
                answers.setdefault(status, {"description": words, "content": body})
            for answer in answers.values():
                answer.setdefault("headers", {}).update(header)
    found["paths"] = {path.removeprefix("/api/v1"): item for path, item in found["paths"].items()}
    return found
