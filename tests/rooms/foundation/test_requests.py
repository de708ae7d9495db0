"""What happens to every request: headers, limits, language, keys for machines, one answer per write?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests import factories

from valley.foundation import access, accounts, once, ratelimit
from valley.foundation.models import IdempotentReply


def test_every_page_has_the_safe_headers(client: Client) -> None:
    answer = client.get("/")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert answer["Referrer-Policy"] == "same-origin"


def test_pages_of_someone_signed_in_are_kept_nowhere(db: None) -> None:
    assert factories.client("office").get("/")["Cache-Control"] == "no-store"


def test_dutch_unless_the_visitor_chose(client: Client) -> None:
    assert client.get("/", headers={"Accept-Language": "en"})["Content-Language"] == "nl"
    client.cookies["django_language"] = "en"
    assert client.get("/")["Content-Language"] == "en"


def test_more_than_the_limit_is_answered_with_429_and_a_next_step(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.VALLEY_REQUESTS_PER_MINUTE = 3
    client = Client(REMOTE_ADDR="127.9.9.9")
    answers = [client.get("/robots.txt").status_code for _ in range(5)]
    assert answers.count(429) >= 1
    refused = client.get("/api/v1/openapi.json")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "60"
    assert refused.json()["type"] == "urn:valley:too-many-requests"


@pytest.mark.django_db(databases=["default", "vault", "cache"])
def test_the_count_starts_again_each_minute() -> None:
    at = factories.AT
    assert [ratelimit.hit("ip:127.8.8.8", at=at) for _ in range(3)] == [1, 2, 3]
    assert ratelimit.hit("ip:127.8.8.8", at=at + timedelta(minutes=1)) == 1


def test_an_api_key_speaks_for_its_account_until_its_day(db: None) -> None:
    someone = factories.account()
    caller = factories.caller_of(someone)
    secret = accounts.issue_token(caller, account=someone.pk, label="test", ends_on=date(2027, 1, 1))
    assert accounts.token(secret, on=date(2026, 12, 31)).account == someone  # type: ignore[union-attr]
    assert accounts.token(secret, on=date(2027, 1, 1)) is None
    assert accounts.token(secret + "x", on=date(2026, 12, 31)) is None


def test_a_key_is_refused_without_second_factor_for_another_or_for_too_long(db: None) -> None:
    someone, other = factories.account(), factories.account()
    weak = factories.caller_of(someone, strong=False)
    with pytest.raises(access.SecondFactorNeeded):
        accounts.issue_token(weak, account=someone.pk, label="x", ends_on=factories.ON)
    with pytest.raises(access.SecondFactorNeeded):
        accounts.issue_token(factories.caller_of(other), account=someone.pk, label="x", ends_on=factories.ON)
    with pytest.raises(accounts.TokenRefused):
        accounts.issue_token(factories.caller_of(someone), account=someone.pk, label="x", ends_on=date(2028, 12, 1))


def _write(body: bytes, key: str = "k-1") -> HttpRequest:
    request = RequestFactory().post(
        "/api/v1/x", body, content_type="application/json", headers={"Idempotency-Key": key}
    )
    request.caller = factories.visitor()  # type: ignore[attr-defined]
    return request


def test_a_repeated_write_is_done_once_and_answered_alike(db: None) -> None:
    done = []

    def operation(request: HttpRequest) -> HttpResponse:
        done.append(request.body)
        return HttpResponse(b'{"n": 1}', status=201)

    middleware = once.OnceMiddleware(operation)
    first, second = middleware(_write(b"{}")), middleware(_write(b"{}"))
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, b'{"n": 1}')
    assert len(done) == 1
    assert middleware(_write(b'{"other": 1}')).status_code == 422
    assert middleware(_write(b"{}", key="k-2")).status_code == 201
    assert len(done) == 2


def test_a_refused_write_may_be_tried_again_with_its_key(db: None) -> None:
    answers = iter([HttpResponse(status=422), HttpResponse(b"{}", status=200)])
    middleware = once.OnceMiddleware(lambda request: next(answers))
    assert middleware(_write(b"{}")).status_code == 422
    assert not IdempotentReply.objects.exists()
    assert middleware(_write(b"{}")).status_code == 200


def test_a_write_that_is_still_running_is_a_conflict(db: None) -> None:
    request = _write(b"{}")

    def slow(inner: HttpRequest) -> HttpResponse:
        assert once.OnceMiddleware(lambda _: HttpResponse())(_write(b"{}")).status_code == 409
        return HttpResponse(b"{}")

    assert once.OnceMiddleware(slow)(request).status_code == 200


def test_a_desk_needs_a_second_factor(db: None) -> None:
    caller = factories.caller("office", strong=False)
    with pytest.raises(access.SecondFactorNeeded):
        access.require_desk(caller, access.DeskRole.OFFICE)


def test_demo_accounts_are_listed_only_in_a_demo(db: None, settings) -> None:  # type: ignore[no-untyped-def]
    factories.account("demo@valley.test", demo=True)
    assert accounts.demo_accounts() == ()
    settings.VALLEY_DEMO = True
    assert [demo.email for demo in accounts.demo_accounts()] == ["demo@valley.test"]


def test_the_demo_door_is_shut_outside_a_demo_and_for_other_accounts(client: Client, db: None, settings) -> None:  # type: ignore[no-untyped-def]
    demo, real = factories.account("d@valley.test", demo=True), factories.account("r@valley.test")
    assert client.post("/account/demo/", {"email": demo.email}).status_code == 404
    settings.VALLEY_DEMO = True
    assert client.post("/account/demo/", {"email": real.email}).status_code == 404
    assert client.post("/account/demo/", {"email": demo.email}).status_code == 302
