"""What does a first visitor need to understand about the valley, in one look?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from valley.foundation import doors
from valley.work import queries as work


def home(request: HttpRequest) -> HttpResponse:
    """The front page: what the valley is, what is here today, what the machine does and does not decide."""
    return render(request, "home.html", {"counts": work.public_counts(doors.caller(request))})
