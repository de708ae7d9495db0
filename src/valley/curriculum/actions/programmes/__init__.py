"""What may be changed about programmes: versions, approvals, publication, cohorts, focus areas?"""

from valley.curriculum.actions.programmes.approving import ApprovalAsk as ApprovalAsk
from valley.curriculum.actions.programmes.approving import ask_approvals as ask_approvals
from valley.curriculum.actions.programmes.approving import give_verdict as give_verdict
from valley.curriculum.actions.programmes.approving import publish as publish
from valley.curriculum.actions.programmes.areas import LoadedAreas as LoadedAreas
from valley.curriculum.actions.programmes.areas import load_focus_areas as load_focus_areas
from valley.curriculum.actions.programmes.cohorts import move_cohort as move_cohort
from valley.curriculum.actions.programmes.cohorts import plan_cohort as plan_cohort
from valley.curriculum.actions.programmes.cohorts import start_cohort as start_cohort
from valley.curriculum.actions.programmes.making import Imported as Imported
from valley.curriculum.actions.programmes.making import SavedProgramme as SavedProgramme
from valley.curriculum.actions.programmes.making import SavedVersion as SavedVersion
from valley.curriculum.actions.programmes.making import discard_draft as discard_draft
from valley.curriculum.actions.programmes.making import draft_version as draft_version
from valley.curriculum.actions.programmes.making import import_version as import_version
from valley.curriculum.actions.programmes.making import make_programme as make_programme
from valley.curriculum.actions.programmes.making import remove_unit as remove_unit
from valley.curriculum.actions.programmes.making import revise_version as revise_version
from valley.curriculum.actions.programmes.making import save_unit as save_unit
from valley.curriculum.actions.programmes.storing import AlreadyPublished as AlreadyPublished
from valley.curriculum.actions.programmes.storing import ProgrammeRefused as ProgrammeRefused
