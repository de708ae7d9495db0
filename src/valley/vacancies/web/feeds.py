"""How do programs follow what is open: a feed for readers, and a map of the site for search engines?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from valley.foundation import doors
from valley.vacancies import structured
from valley.vacancies.queries import listing
from valley.vacancies.web.forms import Filters
from valley.vacancies.web.tongues import ASKED, either_language
from valley.work import queries as work

NEWEST = 100
MOST_ADDRESSES = 50_000
"""A site map holds at most so many addresses (sitemaps.org, protocol 0.9)."""
SITEMAP = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
OWN = ("vacancies:openings", "vacancies:partners", "vacancies:roles")


@require_safe
@either_language
def feed(request: HttpRequest) -> HttpResponse:
    """The newest openings as Atom (RFC 4287), with the filters of the list: a search can be followed."""
    who = doors.caller(request)
    form = Filters(request.GET, choices=listing.filter_choices(who))
    found = listing.open_vacancies(who, asked=form.asked(), limit=NEWEST)
    here = f"{settings.VALLEY_URL}{request.path}"
    made = Atom1Feed(
        title=_("Openings of %(region)s") % {"region": settings.VALLEY_REGION},
        link=f"{settings.VALLEY_URL}{reverse('vacancies:openings')}",
        description=_("Every opening says its pay, hours, shifts, contract and languages. Nothing here follows you."),
        language=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        feed_url=f"{here}?{query}" if (query := request.GET.urlencode()) else here,
        feed_guid=here,
    )
    items = found.found.items
    moments = {one.id: one for one in work.open_moments(who, ids=[item.id for item in items])}
    for item in items:
        made.add_item(**_entry(item, moments[item.id]))
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(answer, "utf-8")
    return answer


def _entry(item: work.OpeningItem, moment: work.OpeningMoment) -> dict[str, Any]:
    address = f"{settings.VALLEY_URL}{reverse('vacancies:opening', args=[item.slug])}"
    return {
        "title": item.title,
        "link": address,
        "unique_id": address,
        "description": structured.in_one_line(item),
        "author_name": item.organisation,
        "pubdate": moment.opened_at,
        "updateddate": moment.changed_at,
        "categories": [item.role, item.place, *(one.label for one in item.languages)],
    }


@require_safe
def sitemap(request: HttpRequest, pages: Sequence[str] = ()) -> HttpResponse:
    """Every public page and every opening of today, each in both languages. ``pages`` are other rooms' addresses."""
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("urlset", SITEMAP)  # type: ignore[arg-type]
    both = reverse("vacancies:openings")
    for path, changed in _addresses(request, pages):
        _address(xml, path, changed, both=path.startswith(both))
    xml.endElement("urlset")
    xml.endDocument()
    return HttpResponse(text.getvalue(), content_type="application/xml; charset=utf-8")


def _addresses(request: HttpRequest, pages: Iterable[str]) -> Iterator[tuple[str, datetime | None]]:
    who = doors.caller(request)
    for name in (*pages, *OWN):
        yield reverse(name), None
    for role in work.role_profiles(who):
        yield reverse("vacancies:role", args=[role.key]), None
    for partner in work.partners(who):
        yield reverse("vacancies:partner", args=[partner.slug]), None
    sample = reverse("vacancies:opening", args=["slug"])  # once: working it out for thousands takes half the time
    for one in work.open_moments(who, limit=MOST_ADDRESSES - 1000):
        yield sample.replace("slug", one.slug), one.changed_at


def _address(xml: SimplerXMLGenerator, path: str, changed_at: datetime | None, *, both: bool) -> None:
    place = f"{settings.VALLEY_URL}{path}"
    xml.startElement("url", {})  # type: ignore[arg-type]
    xml.addQuickElement("loc", place)
    if changed_at:
        xml.addQuickElement("lastmod", changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    if both:
        for code, _name in settings.LANGUAGES:
            there = {"rel": "alternate", "hreflang": code, "href": f"{place}?{urlencode({ASKED: code})}"}
            xml.addQuickElement("xhtml:link", None, there)
    xml.endElement("url")
