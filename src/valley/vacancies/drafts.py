"""What can a vacancy say beside its opening, and which answers are refused, in which words?

The same checks serve the form, the API and every row of a spreadsheet. Pure: what is known is passed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from valley.vacancies.models import RequirementKind
from valley.work.drafts import Flaw, OpeningDraft, one_of, unreadable

PROSE, WORDS, TASK = 3000, 160, 200
MOST_PRACTICES, MOST_REQUIREMENTS = 60, 10
HOURS = (1, 10_000)
"""Five years of 48 hours a week are 12,000 hours; nobody practises one work process all that time."""


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """A work process that can be practised, such as ("commercie", "B1-K1-W1"), with hours over the whole job."""

    dossier: str
    process: str
    hours: int


@dataclass(frozen=True, slots=True)
class PreviewDraft:
    """What a day holds, what is trained in the first weeks, and the next steps of the procedure; empty: not said."""

    day: str = ""
    training: str = ""
    next_steps: str = ""


@dataclass(frozen=True, slots=True)
class RequirementDraft:
    """Something asked beside competences: ``kind`` is "diploma", "experience-years" or "other"."""

    kind: str
    words: str
    task: str = ""


NO_PREVIEW = PreviewDraft()


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one opening."""

    practices: tuple[PracticeDraft, ...] = ()
    preview: PreviewDraft = NO_PREVIEW
    requirements: tuple[RequirementDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class VacancyDraft:
    """A whole vacancy as someone wrote it: the opening, and everything beside it."""

    opening: OpeningDraft
    practices: tuple[PracticeDraft, ...] = ()
    preview: PreviewDraft = NO_PREVIEW
    requirements: tuple[RequirementDraft, ...] = ()

    def beside(self) -> Beside:
        """What stands beside the opening."""
        return Beside(self.practices, self.preview, self.requirements)


def whole(opening: OpeningDraft, beside: Beside) -> VacancyDraft:
    """The vacancy of an opening and what stands beside it."""
    return VacancyDraft(opening, beside.practices, beside.preview, beside.requirements)


def flaws_of(beside: Beside, processes: Collection[str]) -> tuple[Flaw, ...]:
    """Everything beside an opening that is refused; ``processes`` are the known ones, as "commercie/B1-K1-W1"."""
    return (*_practices(beside.practices, processes), *_preview(beside.preview), *_requirements(beside.requirements))


def _practices(practices: Sequence[PracticeDraft], known: Collection[str]) -> Iterator[Flaw]:
    if len(practices) > MOST_PRACTICES:
        most = _("at most %(most)s work processes") % {"most": MOST_PRACTICES}
        yield Flaw("practices", most, str(len(practices)), _("Keep those that are really practised."))
    for one in practices:
        name = f"{one.dossier}/{one.process}" if one.dossier else one.process
        if name not in known:
            step = one_of(known, close_to=name)
            yield Flaw("practices", _("a work process of a dossier"), name, step)
        if not HOURS[0] <= one.hours <= HOURS[1]:
            hours = _("hours from %(low)s to %(high)s") % {"low": HOURS[0], "high": HOURS[1]}
            yield Flaw("practices", hours, f"{name}: {one.hours}", _("Count the hours over the whole job."))
    names = [(one.dossier, one.process) for one in practices]
    for pair in sorted({pair for pair in names if names.count(pair) > 1}):
        yield Flaw("practices", _("each work process once"), "/".join(pair), _("Remove one of the two."))


def _preview(preview: PreviewDraft) -> Iterator[Flaw]:
    for name in ("day", "training", "next_steps"):
        yield from _text(f"preview.{name}", getattr(preview, name), most=PROSE, allowed="\n\r\t")


def _requirements(requirements: Sequence[RequirementDraft]) -> Iterator[Flaw]:
    if len(requirements) > MOST_REQUIREMENTS:
        most = _("at most %(most)s requirements") % {"most": MOST_REQUIREMENTS}
        yield Flaw("requirements", most, str(len(requirements)), _("Keep what the work really asks."))
    for number, one in enumerate(requirements, start=1):
        field = f"requirements.{number}"
        if one.kind not in RequirementKind.values:
            step = one_of(RequirementKind.values, close_to=one.kind)
            yield Flaw(field, _("a kind of requirement"), one.kind or _("nothing"), step)
        if not one.words.strip():
            yield Flaw(field, _("what is asked, in words"), _("nothing"), _("Write it out, or remove the line."))
        yield from _text(field, one.words, most=WORDS, allowed="")
        yield from _text(field, one.task, most=TASK, allowed="")


def _text(field: str, text: str, *, most: int, allowed: str) -> Iterator[Flaw]:
    if len(text) > most:
        expected = _("at most %(most)s characters") % {"most": most}
        yield Flaw(field, expected, _("%(count)s characters") % {"count": len(text)}, _("Make it shorter."))
    if hidden := unreadable(text, allowed=allowed):
        found = _("a control character (U+%(code)s)") % {"code": f"{ord(hidden):04X}"}
        yield Flaw(field, _("readable characters"), found, _("Type the text again, or paste it without formatting."))
