"""Which of what was read does the invented designer confirm, change, reject, and leave for whoever plays her part?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from valley.demo.evidence.stage import Stage, told
from valley.demo.evidence.texts import MOST
from valley.evidence import actions, queries

DESIGNER = "ontwerper"
Said = tuple[str, actions.Verdict]


def decide(stage: Stage) -> int:
    """Decide what was read in the region's texts, by the rules of ``decisions.toml``; how many findings."""
    caller, rules = stage.acting(DESIGNER), told("decisions.toml")
    said: defaultdict[str, list[actions.Verdict]] = defaultdict(list)
    for piece in queries.pieces(caller, state="waiting", limit=MOST).items:
        if piece.reference not in rules["waiting"]:
            for reason, verdict in _verdicts(stage, rules, queries.piece(caller, id=piece.id).findings):
                said[reason].append(verdict)
    for reason, verdicts in said.items():
        for first in range(0, len(verdicts), MOST):
            actions.decide(caller, verdicts=verdicts[first : first + MOST], reason=reason)
    return sum(map(len, said.values()))


def decide_merges(stage: Stage) -> int:
    """Propose near-equal competences and decide about some pairs; how many were decided."""
    caller = stage.acting(DESIGNER)
    actions.propose_merges(caller)
    keys = stage.competences
    wanted = {frozenset((keys[rule["one"]], keys[rule["other"]])): rule for rule in told("decisions.toml")["merge"]}
    decided = 0
    for pair in queries.merges(caller, state="proposed"):
        rule = wanted.get(frozenset((pair.kept.competence, pair.folded.competence)))
        if rule is not None:
            actions.decide_merge(
                caller, merge=pair.id, state=rule["state"], reason=rule["reason"], version=pair.version
            )
            decided += 1
    return decided


def _verdicts(stage: Stage, rules: dict[str, Any], findings: Sequence[Any]) -> Iterator[Said]:
    """What is said about the findings of one piece, each with its reason."""
    taken = {(one.competence, one.starts) for one in findings}
    for one in (one for one in findings if one.state == "proposed"):
        rejected, changed = (_rule(stage, rules[name], one) for name in ("reject", "change"))
        into = stage.competences[changed["into"]] if changed else 0
        if rejected or (changed and (into, one.starts) in taken):
            yield (rejected or changed)["reason"], actions.Verdict(one.id, "rejected", one.version)
        elif changed:
            taken.add((into, one.starts))
            yield changed["reason"], actions.Verdict(one.id, "changed", one.version, competence=into)
        elif one.score >= rules["confirm_from"]:
            yield "", actions.Verdict(one.id, "confirmed", one.version)


def _rule(stage: Stage, rules: Sequence[dict[str, str]], finding: Any) -> dict[str, str]:
    for rule in rules:
        same = stage.competences[rule["competence"]] == finding.competence
        if same and rule["words"].casefold() in finding.sentence.casefold():
            return rule
    return {}
