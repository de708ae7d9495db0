"""What may be done with qualification dossiers?"""

from valley.dossiers.actions.ending import Ended as Ended
from valley.dossiers.actions.ending import EndRefused as EndRefused
from valley.dossiers.actions.ending import end_dossier as end_dossier
from valley.dossiers.actions.importing import DossierRefused as DossierRefused
from valley.dossiers.actions.importing import Imported as Imported
from valley.dossiers.actions.importing import import_dossier as import_dossier
from valley.dossiers.files.reading import FileRefused as FileRefused
