"""Which competence does someone mean who typed its name?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from valley.foundation import access
from valley.skills import queries as skills

NEAR = 3


def competence(who: access.Caller, text: str) -> tuple[int | None, str]:
    """The id of the competence with exactly this name or number, or None with a sentence that names the nearest."""
    name = text.strip()
    found = skills.competence_named(name) if name else None
    if found is not None:
        return found, ""
    if not name:
        return None, _("Choose or type the competence that the sentence means.")
    near = skills.search(who, text=name[:200], kinds=("competence",), limit=NEAR)
    if not near:
        return None, _("“%(name)s” is not in the vocabulary.") % {"name": name[:80]}
    words = _("“%(name)s” is not in the vocabulary. Near to it: %(near)s.")
    return None, words % {"name": name[:80], "near": ", ".join(one.label for one in near)}


def label(who: access.Caller, pk: int) -> str:
    """The name of a competence; ``NotFound`` when there is none with this number."""
    return skills.competence(who, id=pk).label
