"""Which colours did the visitor choose: those of the device, light or dark? Kept in a cookie, set without script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = ("system", "light", "dark")
COOKIE = "valley-theme"
# A year: long enough not to ask again, short enough to forget a borrowed computer.
COOKIE_SECONDS = 365 * 24 * 3600


def chosen_theme(request: HttpRequest) -> str:
    """The theme in the cookie, or "system" when there is none or an unknown one."""
    theme = request.COOKIES.get(COOKIE, "")
    return theme if theme in THEMES else "system"


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme and go back to the page; an unknown theme means that of the device."""
    asked = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    answer.set_cookie(
        COOKIE,
        asked if asked in THEMES else "system",
        max_age=COOKIE_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer
