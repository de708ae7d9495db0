"""What may change the vocabulary: loading the starter set, importing ESCO and titles, adding local concepts?"""

from valley.skills.actions.esco import ImportReport, import_esco
from valley.skills.actions.starter import load_starter

__all__ = ["ImportReport", "import_esco", "load_starter"]
