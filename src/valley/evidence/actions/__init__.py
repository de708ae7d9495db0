"""What may change the evidence: bringing it in, reading it, deciding about it, and the words it is read with?"""

# isort: skip_file
# fmt: off
from valley.evidence.actions.deciding import Decided, Verdict, Versioned, add_finding, confirm_all, decide
from valley.evidence.actions.intakes import AppliedIntake, apply_intake, intake_preview
from valley.evidence.actions.keeping import Made, SavedPiece, add_observation, add_ratings, add_text, withdraw_piece
from valley.evidence.actions.merging import MergeReport, SavedMerge, decide_merge, propose_merges
from valley.evidence.actions.reading import ReadReport, read_pieces
from valley.evidence.actions.terms import allow_names
from valley.evidence.drafts import EvidenceRefused, ObservationLine, RatingLine, TextDraft
from valley.foundation.documents import read_file
from valley.reading.actions import add_system_name, load_starter_phrases

__all__ = [
    "AppliedIntake", "Decided", "EvidenceRefused", "Made", "MergeReport", "ObservationLine", "RatingLine",
    "ReadReport", "SavedMerge", "SavedPiece", "TextDraft", "Verdict", "Versioned", "add_finding", "add_observation",
    "add_ratings", "add_system_name", "add_text", "allow_names", "apply_intake", "confirm_all", "decide",
    "decide_merge", "intake_preview", "load_starter_phrases", "propose_merges", "read_file", "read_pieces",
    "withdraw_piece",
]
