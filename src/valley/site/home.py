"""What does a visitor see first?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The valley in one look."""
    return render(request, "home.html")
