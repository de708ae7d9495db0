"""What may change the vocabulary: loading the starter set, importing ESCO and titles, adding local concepts?"""

from valley.skills.actions.esco import ImportReport, import_esco
from valley.skills.actions.local import SavedConcept, add_local_concept, revise_local_concept
from valley.skills.actions.starter import load_starter
from valley.skills.actions.titles import TitlesReport, import_titles
from valley.skills.queries import LocalConcept

__all__ = [
    "ImportReport",
    "LocalConcept",
    "SavedConcept",
    "TitlesReport",
    "add_local_concept",
    "import_esco",
    "import_titles",
    "load_starter",
    "revise_local_concept",
]
