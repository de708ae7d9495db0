"""What is an employer called by this reader: by its name, or by a number that says nothing?"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Min
from django.utils.translation import gettext as _

from valley.evidence.models import Piece, SharingTerms
from valley.foundation import access, organisations
from valley.reading import desks


def called(caller: access.Caller, ids: Iterable[int]) -> dict[int, str]:
    """The shown name of each organisation: its own when it allows that, to itself and to the programme office.

    For others "employer 07": numbered in the order in which evidence first came in, so that a number never changes.
    """
    wanted = set(ids)
    own = {desk.organisation for desk in caller.desks} if caller.strong else set[int]()
    named = wanted if desks.names_all(caller) else (wanted & own) | _allowed(wanted)
    shown = organisations.names(named)
    if wanted - shown.keys():
        numbers = _numbers()
        last = len(numbers)
        shown |= {
            pk: _("employer %(number)s") % {"number": f"{numbers.get(pk, last + place):02d}"}
            for place, pk in enumerate(sorted(wanted - shown.keys()), start=1)
        }
    return shown


def _allowed(ids: set[int]) -> set[int]:
    rows = SharingTerms.objects.filter(organisation__in=ids, name_shown=True)
    return set(rows.values_list("organisation", flat=True))


def _numbers() -> dict[int, int]:
    firsts = Piece.objects.order_by().values("organisation").annotate(first=Min("pk")).order_by("first")
    return {row["organisation"]: number for number, row in enumerate(firsts, start=1)}
