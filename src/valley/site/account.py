"""How does someone enter a ready account of the demo region?"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from valley.foundation import accounts
from valley.foundation.models import Account


@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Sign in as a ready account; exists only in a demo region and only for its own accounts."""
    if not settings.VALLEY_DEMO:
        raise Http404
    account = get_object_or_404(Account, email=request.POST.get("email", ""), is_demo=True, is_active=True)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session[accounts.DEMO_SESSION] = True
    return redirect("home")
