"""How much of what employers ask, and of the focus areas, does a version teach; what is missing, what is too much?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from valley.core.curriculum import programme
from valley.core.disclosure import THRESHOLD
from valley.curriculum import snapshots as stored
from valley.curriculum.models import FocusArea, ProgrammeVersion
from valley.curriculum.queries import pages, rights
from valley.curriculum.queries import shapes as out
from valley.evidence import queries as evidence
from valley.foundation import access, clock
from valley.foundation.access import Caller
from valley.skills import queries as skills


def coverage(caller: Caller, *, ref: str) -> out.CoveragePage:
    """What a version gives each employer and each focus area today.

    A designer, the programme office and the operator see every employer, by the name it allows; an employer's own desk
    sees its own row and nothing pooled. Weights age as in the red thread.
    """
    organisations = _whose(caller)
    row = rights.readable_version(caller, ref=ref)
    demand, pool = stored.demand(on=clock.today(caller.at), organisations=organisations)
    taught = stored.standing_for(stored.version(row.pk), pool.merges)
    found = programme.coverage(taught, demand=demand, areas=stored.areas())
    words = _Words(caller, found)
    own_only = organisations is not None
    return out.CoveragePage(
        ref=ref,
        name=pages.spoken(row.programme.name_nl, row.programme.name_en, caller),
        on=clock.today(caller.at),
        own_only=own_only,
        undecided=pool.undecided,
        present=_percent(found.present),
        deep=_percent(found.deep),
        employers=tuple(sorted(map(words.employer, found.employers), key=lambda one: (one.present, one.employer))),
        areas=words.areas(found),
        gaps=tuple(words.gap(one) for one in found.gaps),
        # "Asked by nobody" speaks of all the others: an employer's own desk does not see it.
        redundant=() if own_only else words.redundant(found, taught, row),
    )


def _whose(caller: Caller) -> tuple[int, ...] | None:
    """None for everyone's evidence, else the caller's own organisations; :class:`Forbidden` for all other desks."""
    if rights.reads_everyones_evidence(caller):
        return None
    access.require_desk(caller, *rights.OWN_EVIDENCE)
    return tuple(sorted({desk.organisation for desk in caller.desks if desk.role in rights.OWN_EVIDENCE}))


def _percent(share: float) -> int:
    return round(100 * share)


class _Words:
    """Puts numbers beside names: of employers as they allow it, of competences in the reader's language."""

    def __init__(self, caller: Caller, found: programme.Coverage) -> None:
        self.caller = caller
        self.names = evidence.called(caller, [one.employer for one in found.employers])
        ids = {gap.competence for gap in found.gaps} | set(found.redundant)
        self.labels = skills.labels(ids, caller.language)

    def employer(self, one: programme.EmployerShare) -> out.EmployerRow:
        """One employer, in percentages of what it asks."""
        missing, shallow = (tuple(map(self.named, ids)) for ids in (one.missing, one.shallow))
        return out.EmployerRow(self.names[one.employer], _percent(one.present), _percent(one.deep), missing, shallow)

    def named(self, competence: int) -> out.NamedCompetence:
        """A competence with its label."""
        return out.NamedCompetence(competence, self.labels.get(competence, str(competence)))

    def areas(self, found: programme.Coverage) -> tuple[out.AreaRow, ...]:
        """The focus areas, with their source."""
        rows = {row.key: row for row in FocusArea.objects.all()}
        return tuple(
            out.AreaRow(
                one.key, pages.spoken(rows[one.key].name_nl, rows[one.key].name_en, self.caller), rows[one.key].source,
                rows[one.key].since_on, one.size, one.taught, *one.at, _percent(one.asked), _percent(one.present),
                _percent(one.deep),
            )
            for one in found.areas
        )  # fmt: skip

    def gap(self, one: programme.Gap) -> out.GapRow:
        """A gap; how many employers stand behind it is hidden when they are few."""
        count = len(one.employers)
        shown = count if self.caller.operator or count >= THRESHOLD else None
        words = str(count) if shown is not None else _("fewer than %(threshold)s") % {"threshold": THRESHOLD}
        label = self.labels.get(one.competence, str(one.competence))
        return out.GapRow(one.competence, label, round(100 * one.weight, 1), one.taught, one.level, shown, words)

    def redundant(
        self, found: programme.Coverage, taught: programme.Version, row: ProgrammeVersion
    ) -> tuple[out.RedundantRow, ...]:
        """What is taught and asked by nobody, with whether the dossier asks it all the same."""
        dossier = row.programme.dossier_id
        asked = {ask.competence for ask in stored.asks(dossier)[0]} if dossier else set[int]()
        levels = taught.taught()
        rows = (
            out.RedundantRow(one, self.labels.get(one, str(one)), levels[one], one in asked) for one in found.redundant
        )
        return tuple(sorted(rows, key=lambda one: (one.in_dossier, one.label.casefold(), one.competence)))
