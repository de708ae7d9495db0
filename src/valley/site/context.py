"""What does every page know: the region, the navigation of this caller, the chosen colours?"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from valley.foundation.models import DeskRole
from valley.site import appearance

_PARTS = {"vacancies:import": "vacancies:desk", "people:start": "people:passport"}
"""Pages that belong to an entry of the menu without lying under its address."""
_EMPLOYER = (DeskRole.RECRUITER, DeskRole.STEWARD, DeskRole.TEAM_LEAD)


class Link(NamedTuple):
    """One entry of a menu; ``current`` is the value of ``aria-current`` or empty."""

    label: str
    url: str
    current: str = ""


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every template."""
    return {
        "valley_region": settings.VALLEY_REGION,
        "valley_demo": settings.VALLEY_DEMO,
        "valley_theme_stylesheet": settings.VALLEY_THEME,
        "theme": appearance.chosen_theme(request),
        "navigation": _navigation(request),
        "section": _section(request),
        "account_links": _account_links(request),
        "footer_links": _footer_links(),
        "caller": getattr(request, "caller", None),
    }


def _navigation(request: HttpRequest) -> list[Link]:
    caller = getattr(request, "caller", None)
    entries = [(_("Openings"), "vacancies:openings")]
    if caller is not None and caller.account is not None:
        entries += _own(caller)
    else:
        entries += [
            (_("Partners"), "vacancies:partners"),
            (_("Moving on"), "careers:graph"),
            (_("Programmes"), "curriculum:programmes"),
        ]
    entries += [(_("Competences"), "skills:search"), (_("Handbook"), "handbook")]
    links = [_link(request, label, name) for label, name in entries]
    if any(link.current for link in _section(request)) and (career := _career_entry(links, caller)):
        links = [link._replace(current=("true" if link.url == career else "")) for link in links]
    # Only the closest entry is current: the desk lies under the address of the openings.
    nearest = max((len(link.url) for link in links if link.current), default=0)
    return [link if len(link.url) == nearest else link._replace(current="") for link in links]


_CAREER = ("applications:", "careers:", "routes:", "placement:")


def _career(caller: Any) -> list[tuple[str, str]]:
    """Everything about moving on: for a person the own way, for a desk what people shared with it."""
    if caller is None or caller.account is None:
        return [(_("Ways from role to role"), "careers:graph"), (_("The law, with dates"), "careers:law")]
    if not caller.desks:
        found = [
            (_("My routes"), "routes:mine"),
            (_("My applications"), "applications:mine"),
            (_("My contracts"), "careers:mine"),
            (_("Group placement"), "placement:mine"),
        ]
    else:
        desks: list[tuple[tuple[DeskRole, ...], str, str]] = [
            ((DeskRole.RECRUITER,), _("Applications"), "applications:desks"),
            ((DeskRole.RECRUITER,), _("Contracts"), "careers:desks"),
            ((DeskRole.RECRUITER, DeskRole.PRACTICAL_TRAINER), _("Links of routes"), "routes:partner"),
            ((DeskRole.COACH,), _("Relay routes"), "routes:school"),
            ((DeskRole.RECRUITER, DeskRole.STEWARD, DeskRole.OFFICE), _("Group placement"), "placement:events"),
            ((DeskRole.OFFICE,), _("Plan routes again"), "routes:office"),
            ((DeskRole.RECRUITER, DeskRole.OFFICE), _("How procedures end"), "applications:figures"),
            ((DeskRole.OFFICE,), _("Why work fits or not"), "careers:desks"),
        ]
        found = [(label, name) for roles, label, name in desks if caller.sits_at(*roles)]
    return [*found, (_("Ways from role to role"), "careers:graph"), (_("The law, with dates"), "careers:law")]


def _career_entry(links: list[Link], caller: Any) -> str:
    """The address of the entry under which the pages about moving on lie."""
    url = reverse(_career(caller)[0][1])
    return url if any(link.url == url for link in links) else ""


def _section(request: HttpRequest) -> list[Link]:
    """The second row of the menu, on pages about moving on; the closest entry is current."""
    match = getattr(request, "resolver_match", None)
    if match is None or not match.view_name.startswith(_CAREER):
        return []
    links = [_link(request, label, name) for label, name in _career(getattr(request, "caller", None))]
    nearest = max((len(link.url) for link in links if link.current), default=0)
    return [link if len(link.url) == nearest else link._replace(current="") for link in links]


def _own(caller: Any) -> list[tuple[str, str]]:
    if not caller.desks:
        return [
            (_("Fits me"), "mobility:mine"),
            (_("My way on"), "routes:mine"),
            (_("My passport"), "people:passport"),
            (_("Shares"), "people:shares"),
        ]
    found: list[tuple[str, str]] = []
    employer = caller.sits_at(*_EMPLOYER)
    if employer:
        found.append((_("My desk"), "vacancies:desk"))
    if caller.sits_at(DeskRole.RECRUITER, DeskRole.COACH, DeskRole.PRACTICAL_TRAINER):
        found.append((_("Shared with us"), "people:shared-list"))
    found.append((_("Moving on"), _career(caller)[0][1]))
    if caller.sits_at(DeskRole.OFFICE, DeskRole.MUNICIPALITY):
        found.append((_("Sector"), "mobility:sector"))
    return found + _curriculum(caller, employer=employer)


def _curriculum(caller: Any, *, employer: bool) -> list[tuple[str, str]]:
    """The way from evidence to a programme: whole for designers and the office, one's own part for employers."""
    designs = caller.sits_at(DeskRole.DESIGNER, DeskRole.OFFICE)
    found: list[tuple[str, str]] = []
    if designs or employer:
        found.append((_("Evidence"), "evidence:desk"))
    if designs:
        found.append((_("Red thread"), "thread:runs"))
    elif employer:
        found.append((_("Our share"), "thread:my-share"))
    if designs or caller.sits_at(DeskRole.COACH):
        found.append((_("Programmes"), "curriculum:programmes"))
    if designs or employer or caller.sits_at(DeskRole.COACH, DeskRole.PRACTICAL_TRAINER):
        found.append((_("Field window"), "field:window"))
    return found


def _account_links(request: HttpRequest) -> list[Link]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return [_link(request, _("Sign in"), "account_login")]
    return [_link(request, _("My account"), "account_email"), _link(request, _("Sign out"), "account_logout")]


def _footer_links() -> list[Link]:
    entries = [
        (_("Accessibility"), "accessibility"),
        (_("Privacy"), "privacy"),
        (_("Handbook"), "handbook"),
        (_("API"), "api-page"),
    ]
    return [Link(label, reverse(name)) for label, name in entries]


def _link(request: HttpRequest, label: str, name: str) -> Link:
    url = reverse(name)
    if request.path == url:
        return Link(label, url, "page")
    return Link(label, url, "true" if _place(request.path).startswith(url) else "")


def _place(path: str) -> str:
    """The address under which a page stands in the menu, where that is not its own."""
    for part, entry in _PARTS.items():
        if path.startswith(reverse(part)):
            return reverse(entry)
    return path
