"""What may a door ask about evidence?"""

# isort: skip_file
# fmt: off
from valley.evidence.queries.called import called
from valley.evidence.queries.findings import (
    Choice, DecisionLine, FindingLine, Queue, Waiting, decisions, to_decide,
)
from valley.evidence.queries.intakes import IntakePreview, IntakeRow, intake_preview, intakes
from valley.evidence.queries.merges import MergeLine, Side, merges
from valley.evidence.queries.pieces import (
    Progress, progress, EmployerLine, MentionLine, PieceLine, PieceList, PiecePage, choices, employers, piece, pieces,
)
from valley.evidence.queries.sentences import Resting, sentences
from valley.evidence.queries.terms import Terms, terms
from valley.evidence.sheets.columns import template_workbook
from valley.reading.queries import proposed, system_names

__all__ = [
    "Choice", "DecisionLine", "EmployerLine", "FindingLine", "IntakePreview", "IntakeRow", "MentionLine", "MergeLine",
    "PieceLine", "PieceList", "PiecePage", "Progress", "Queue", "Resting", "Side", "Terms", "Waiting", "called",
    "choices", "decisions", "employers", "intake_preview", "intakes", "merges", "piece", "pieces", "progress",
    "proposed", "sentences", "system_names", "template_workbook", "terms", "to_decide",
]
