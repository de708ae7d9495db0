"""What does one employer see: its own coverage and residue beside the pooled core, and nothing of anybody else?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from valley.core.curriculum.thread.shapes import Share, Thread
from valley.evidence import queries as evidence
from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.foundation.problems import NotFound
from valley.skills import queries as skills
from valley.thread import snapshots as snapshots
from valley.thread.models import ThreadRun
from valley.thread.queries import held as opening
from valley.thread.queries import words
from valley.thread.queries.shapes import OwnItem, OwnRow, OwnShare, PooledRow, SentenceLine

OWN_DESKS = (DeskRole.RECRUITER, DeskRole.TEAM_LEAD, DeskRole.STEWARD)
SENTENCES = 100


def own_organisations(caller: Caller) -> tuple[organisations.Partner, ...]:
    """The employers for which the caller sits at a desk that sees its share, by name."""
    ids = {desk.organisation for desk in caller.desks if desk.role in OWN_DESKS}
    return tuple(one for one in organisations.partners() if one.id in ids)


def own_share(caller: Caller, *, organisation: int) -> OwnShare:
    """One employer against the newest core. Its own desks, the programme office and the operator.

    Other employers appear only as a count of five or more; no name, text or finding of theirs is in it.
    """
    partner, row, thread, share = _opened(caller, organisation)
    table = snapshots.hours_table()
    labels = skills.labels({*share.not_covered, *share.own}, caller.language)
    return OwnShare(
        organisation=partner.name,
        run=row.pk,
        made_at=row.made_at,
        covered_percent=words.percent(share.covered_share),
        core=_pooled(caller, thread, share),
        not_covered=_rows(share.not_covered, labels),
        own=_rows(share.own, labels),
        covered_hours=share.covered_hours,
        not_covered_hours=share.not_covered_hours,
        own_hours=share.own_hours,
        why=words.stays_with_you(thread.policy, share, outside=len(share.not_covered), own=len(share.own)),
        stale=row.result["inputs"] != snapshots.standing(on=clock.today(caller.at)).fingerprint,
        hours_source=table.source_nl if caller.language == "nl" else table.source_en,
        refusal=words.refusal(thread.refusal, asked=thread.policy),
    )


def own_item(caller: Caller, *, organisation: int, competence: int) -> OwnItem:
    """The sentences of one employer that ask a competence. Its own desks, the programme office and the operator."""
    partner, _row, _thread, share = _opened(caller, organisation)
    places = {
        "covered": (share.covered, _("taught in the core")),
        "not-covered": (share.not_covered, _("asked by others too, outside the core")),
        "own": (share.own, _("yours to teach")),
    }
    place = next((key for key, (ids, _words) in places.items() if competence in ids), None)
    if place is None:
        raise NotFound(
            expected=_("a competence that your evidence asks"),
            found=str(competence),
            next_step=_("Choose one from your share."),
        )
    return OwnItem(
        organisation=partner.name,
        competence=competence,
        label=skills.labels([competence], caller.language).get(competence, f"#{competence}"),
        place=place,
        place_words=places[place][1],
        sentences=_sentences(caller, partner.name, competence),
    )


def _sentences(caller: Caller, name: str, competence: int) -> tuple[SentenceLine, ...]:
    """Only of this employer, also for a reader who may read those of everyone."""
    found = evidence.sentences(caller, competence=competence, limit=SENTENCES)
    return tuple(SentenceLine(name, one.sentence, one.title, one.dated_on) for one in found if one.employer == name)


def _opened(caller: Caller, organisation: int) -> tuple[organisations.Partner, ThreadRun, Thread, Share]:
    _require(caller, organisation)
    partner, row = organisations.partner(id=organisation), opening.run_row(None)
    thread = snapshots.thread_of(row.result)
    share = next((one for one in thread.employers if one.employer == organisation), None)
    if share is None:
        raise NotFound(
            expected=_("an employer with evidence in the newest red thread"),
            found=partner.name,
            next_step=_("Bring in job texts, observations or ratings; they count from the next run."),
        )
    return partner, row, thread, share


def _require(caller: Caller, organisation: int) -> None:
    if caller.operator or caller.sits_at(DeskRole.OFFICE):
        access.require_desk(caller, DeskRole.OFFICE)
    else:
        access.require_desk(caller, *OWN_DESKS, organisation=organisation)


def _pooled(caller: Caller, thread: Thread, share: Share) -> tuple[PooledRow, ...]:
    levels = {one.number: one.label for one in skills.levels(caller.language)}
    labels = skills.labels({item.competence for item in thread.core}, caller.language)
    rows: list[PooledRow] = []
    for item in sorted(thread.core, key=lambda item: item.rank):
        support, said = words.count_of(caller, item.support)
        rows.append(
            PooledRow(
                competence=item.competence,
                label=labels.get(item.competence, f"#{item.competence}"),
                level=item.level,
                level_words=levels.get(item.level, _("not said")),
                stability=words.percent(item.stability),
                kept_words=words.kept(item.label),
                support=support,
                support_words=said,
                yours=item.competence in share.covered,
            )
        )
    return tuple(rows)


def _rows(ids: Iterable[int], labels: Mapping[int, str]) -> tuple[OwnRow, ...]:
    made = (OwnRow(pk, labels.get(pk, f"#{pk}")) for pk in ids)
    return tuple(sorted(made, key=lambda row: (row.label.casefold(), row.competence)))
