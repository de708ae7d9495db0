"""In which words are the numbers of a red thread said: counts, labels, trends, refusals, a motivated no?"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valley.core.curriculum.thread.shapes import Item, Null, Policy, Refusal, Share
from valley.core.disclosure import THRESHOLD
from valley.foundation.access import Caller
from valley.thread.queries.shapes import NoCore

TREND = 0.02
"""Two points of demand more or less are said: half of what one of the 25 competences of a job text takes on average."""
CLUSTERS = ("customer", "switching", "knowing", "technology")
"""The four families in which the trade speaks (shared reference, domain.md section 4); all others are the rest."""


def percent(share: float) -> int:
    """A share as whole percents.

    >>> percent(0.245)
    24
    """
    return round(100 * share)


def tenth(share: float) -> float:
    """A share as percents with one decimal."""
    return round(100 * share, 1)


def _said(share: float) -> str:
    """A share as percents with one decimal, as the reader's language writes it."""
    return number_format(tenth(share), 1)


def count_of(caller: Caller, employers: int) -> tuple[int | None, str]:
    """A count of employers as this reader may see it: a number under five only for the operator at the terminal."""
    if 0 < employers < THRESHOLD and not caller.operator:
        return None, _("fewer than %(threshold)s employers") % {"threshold": THRESHOLD}
    return employers, ngettext("%(count)s employer", "%(count)s employers", employers) % {"count": employers}


def policy(asked: Policy) -> str:
    """The choices of a run on one line."""
    parts = (
        _("competences") if asked.level == "leaf" else _("groups"),
        _("at most %(budget)s hours") % {"budget": asked.budget}
        if asked.unit == "hours"
        else _("at most %(budget)s items") % {"budget": asked.budget},
        _("asked by %(support)s employers or more") % {"support": asked.support},
        weighting(asked.weighting),
    )
    return " · ".join(str(part) for part in parts)


def weighting(name: str) -> str:
    """How employers count."""
    return {
        "equal": _("every employer counts the same"),
        "jobs": _("employers count by their number of jobs"),
        "texts": _("employers count by their number of texts"),
    }[name]


def kept(label: str) -> str:
    """What the label of an item says."""
    return {"core": _("firm"), "shared": _("shaky"), "own": _("loose")}[label]


def trend(item: Item) -> str:
    """Whether an item is asked more or less in the newest year."""
    if item.trend is None:
        return _("no older evidence")
    if abs(item.trend) < TREND:
        return _("steady")
    return _("grows") if item.trend > 0 else _("shrinks")


def reuse(item: Item) -> str:
    """How widely an item can be used elsewhere, by its ESCO reuse level and the occupations outside the trade."""
    level = {
        "transversal": _("useful in all work"),
        "cross-sector": _("useful in several sectors"),
        "sector-specific": _("of this sector"),
        "occupation-specific": _("of one occupation"),
    }.get(item.reuse, "")
    if item.outside is None:
        return level or _("load ESCO to know")
    words = ngettext(
        "%(count)s occupation outside the trade asks it", "%(count)s occupations outside the trade ask it", item.outside
    ) % {"count": item.outside}
    return f"{level}; {words}" if level else words


def null(found: Null, mean: float) -> str:
    """What the comparison with shuffled regions means."""
    facts = {"mean": _said(mean), "null": _said(found.mean_share), "shuffles": found.shuffles}
    facts["p"] = number_format(round(found.p, 3), 3)
    return (
        _(
            "This core covers %(mean)s %% of what an employer asks, on average. In %(shuffles)s regions in which the "
            "competences were dealt out anew, the best core covers %(null)s %% (p = %(p)s)."
        )
        % facts
    )


def verdict(name: str) -> str:
    """An edit of the core in one word."""
    return {"accept": _("accepted"), "drop": _("dropped"), "add": _("added"), "undo": _("undone")}[name]


def cluster(key: str) -> str:
    """The name of a family."""
    return {
        "customer": _("customer focus"),
        "switching": _("switching"),
        "knowing": _("knowing"),
        "technology": _("technology and social media"),
        "rest": _("the rest"),
    }[key]


def refusal(refused: Refusal | None, *, asked: Policy) -> NoCore | None:
    """The words of "no common core here", and what would be needed."""
    if refused is None:
        return None
    facts = {"support": asked.support, "share": percent(asked.change_at_most), "p": number_format(asked.p_at_most)}
    facts |= {
        "above": _said(float(refused.needed.get("share", 0))),
        "changed": percent(float(refused.needed.get("changed", 0))),
        "items": refused.needed.get("items", 1),
    }
    found = {
        "too-few-employers": (
            _("There is evidence from too few employers to speak of something in common."),
            (
                _("Bring in decided evidence of more employers: at least %(support)s, better ten or more.") % facts,
                _("Or look at what waits for a decision: only what a person confirmed counts."),
            ),
        ),
        "nothing-shared": (
            _("No competence is asked by %(support)s employers or more.") % facts,
            (
                _("Merge competences that say nearly the same: experts write apart what is one thing."),
                _("Or look at the level of groups, where employers meet sooner."),
            ),
        ),
        "not-above-chance": (
            _("The employers have no more in common than employers whose competences were dealt out by chance."),
            (
                _("More evidence per employer helps: two texts and an observation say more than one text."),
                _(
                    "A core of this size must cover more than %(above)s %% on average: chance may reach "
                    "that in %(p)s of the draws at most."
                )
                % facts,
            ),
        ),
        "one-employer-decides": (
            _("Leave one employer out and more than %(share)s %% of the core changes: one employer decides.") % facts,
            (
                _(
                    "Without that employer %(changed)s %% changes. Bring in evidence of others for what leaves: "
                    "%(items)s of those items must stay."
                )
                % facts,
                _("Or ask more employers behind an item, so that no single one carries it."),
            ),
        ),
    }[refused.reason]
    return NoCore(refused.reason, *found)


def stays_with_you(asked: Policy, share: Share, *, outside: int, own: int) -> tuple[str, ...]:
    """Why something is not taught for everyone: the honest, motivated no to bespoke."""
    lines: list[str] = []
    if outside:
        lines.append(
            ngettext(
                "%(count)s competence is asked by other employers too, but others lift more employers within the "
                "room of the core. Teaching it takes about %(hours)s guided hours.",
                "%(count)s competences are asked by other employers too, but others lift more employers within the "
                "room of the core. Teaching them takes about %(hours)s guided hours.",
                outside,
            )
            % {"count": outside, "hours": share.not_covered_hours}
        )
    if own:
        lines.append(
            ngettext(
                "%(count)s competence is asked by fewer than %(support)s employers. A school cannot train to measure "
                "for one employer, so it stays yours to teach: about %(hours)s guided hours.",
                "%(count)s competences are asked by fewer than %(support)s employers. A school cannot train to measure "
                "for one employer, so they stay yours to teach: about %(hours)s guided hours.",
                own,
            )
            % {"count": own, "support": asked.support, "hours": share.own_hours}
        )
    return tuple(lines)


def changes(then: Mapping[str, int], now: Mapping[str, int]) -> tuple[str, ...]:
    """What came since a run, in counts; words of the vocabulary or hours when the evidence itself is the same."""
    new = {key: now[key] - then.get(key, 0) for key in now}
    said = (
        (new["pieces"], ngettext("%(count)s new piece of evidence", "%(count)s new pieces of evidence", new["pieces"])),
        (new["withdrawn"], ngettext("%(count)s piece withdrawn", "%(count)s pieces withdrawn", new["withdrawn"])),
        (new["decisions"], ngettext("%(count)s new decision", "%(count)s new decisions", new["decisions"])),
        (new["merges"], ngettext("%(count)s change of a merge", "%(count)s changes of merges", new["merges"])),
    )
    lines = tuple(words % {"count": count} for count, words in said if count > 0)
    return lines or (_("the vocabulary, the hours or the numbers of jobs changed"),)
