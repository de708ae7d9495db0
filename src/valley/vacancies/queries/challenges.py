"""What does this vacancy ask that it may not, or need not, ask: why, and what to write instead?"""

from __future__ import annotations

from collections.abc import Mapping

from valley.core.vacancies import challenge
from valley.foundation import access
from valley.vacancies import phrases, stored
from valley.vacancies.drafts import VacancyDraft, whole
from valley.vacancies.queries.shapes import ChallengeLine
from valley.work import desks
from valley.work import drafts as opening_drafts
from valley.work import queries as work


def challenges(
    caller: access.Caller, *, draft: VacancyDraft | None = None, slug: str = ""
) -> tuple[ChallengeLine, ...]:
    """What is challenged in a draft, or in a stored vacancy of the caller's desk: the gravest first.

    A draft is what the caller typed, so anybody may ask. An opening of another desk is not found, even when it is
    public: what an employer still has to correct is its own.
    """
    if draft is None:
        edit = work.opening_to_edit(caller, slug=slug)
        desks.require_reader(caller, organisation=edit.draft.organisation)
        (beside,) = stored.besides([work.opening_id(caller, slug=slug)]).values()
        draft = whole(edit.draft, beside)
    return lines(findings(draft), language=caller.language)


def challenges_of_text(caller: access.Caller, *, text: str) -> tuple[ChallengeLine, ...]:
    """What is challenged in a text alone, such as a vacancy from elsewhere. Public: nothing is stored."""
    found = challenge.challenges(challenge.Vacancy({"text": text}), phrases.rules())
    return lines(found, language=caller.language)


def findings(draft: VacancyDraft) -> tuple[challenge.Finding, ...]:
    """What the rules find in a draft. Pure."""
    return challenge.challenges(asked(draft), phrases.rules())


def lines(found: tuple[challenge.Finding, ...], *, language: str) -> tuple[ChallengeLine, ...]:
    """Findings in the reader's language."""
    rules = phrases.explained()
    return tuple(
        ChallengeLine(
            rule=one.rule,
            severity=one.severity,
            blocks=one.blocks,
            field=one.field,
            found=one.found,
            why=rules[one.rule].why(language),
            instead=rules[one.rule].instead(language),
            source=rules[one.rule].source,
            source_on=rules[one.rule].written_on,
        )
        for one in found
    )


def asked(draft: VacancyDraft) -> challenge.Vacancy:
    """The draft as the arithmetic reads it."""
    opening = draft.opening
    return challenge.Vacancy(
        texts=_texts(draft),
        requirements=tuple(challenge.Asked(one.kind, one.words, one.task) for one in draft.requirements),
        tasks=tuple((n.task, n.level) for n in opening.needs if n.importance == opening_drafts.MUST and n.task),
        every_shift=opening.evenings and opening.weekends and opening.nights,
    )


def _texts(draft: VacancyDraft) -> Mapping[str, str]:
    """Everything someone can read, by the field it stands in."""
    said = {
        "title": draft.opening.title,
        "text": draft.opening.text,
        "preview.day": draft.preview.day,
        "preview.training": draft.preview.training,
        "preview.next_steps": draft.preview.next_steps,
    }
    said |= {f"needs.{number}": need.task for number, need in enumerate(draft.opening.needs, start=1)}
    for number, one in enumerate(draft.requirements, start=1):
        # Only what is forbidden is looked for here: that it asks a diploma or years is the point of a requirement.
        said[f"requirements.{number}"] = f"{one.words}\n{one.task}"
    return said
