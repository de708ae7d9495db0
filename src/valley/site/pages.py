"""Which small pages does every site need: privacy, accessibility, the API, health?"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from valley.foundation import clock
from valley.foundation.privacy import personal

INDEXED = ("home", "handbook", "curriculum:programmes", "skills:search", "accessibility", "privacy", "api-page")
"""Public pages of the site for search engines, beside those of the room of vacancies."""


def api_page(request: HttpRequest) -> HttpResponse:
    """What the API offers and where its description is."""
    return render(request, "pages/api.html", {"schema_url": reverse("api:openapi-json")})


def for_me(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Up the stairs: from a lower room to the openings that fit, or to the explanation of one of them."""
    return redirect("mobility:opening", slug) if slug else redirect("mobility:mine")


def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Up the stairs: from a lower room to the page to apply for an opening."""
    return redirect("applications:apply", slug)


def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the product is, and where to tell us that it is not."""
    return render(request, "pages/accessibility.html")


def privacy_page(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, and for how long: read from the register that export and erasure use."""
    return render(request, "pages/privacy.html", {"tables": personal()})


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be indexed; the rest may not."""
    lines = [
        "User-agent: *",
        "Disallow: /account/",
        "Disallow: /people/",
        "Disallow: /mobility/",
        "Disallow: /applications/",
        "Disallow: /api/",
        "Disallow: /work/desk/",
        "Disallow: /work/import/",
        f"Sitemap: {settings.VALLEY_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    expires = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: mailto:{settings.DEFAULT_FROM_EMAIL}", f"Expires: {expires}", "Preferred-Languages: nl, en"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the process answers and the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})
