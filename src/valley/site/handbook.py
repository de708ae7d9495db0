"""Where does someone read how it works?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def index(request: HttpRequest) -> HttpResponse:
    """All chapters."""
    return render(request, "handbook/index.html")


def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter."""
    return render(request, "handbook/chapter.html", {"slug": slug})
