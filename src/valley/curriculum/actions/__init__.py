"""What may be changed about programmes: versions, approvals, publication, cohorts, focus areas?"""

from valley.curriculum.actions.approving import ApprovalAsk as ApprovalAsk
from valley.curriculum.actions.approving import ask_approvals as ask_approvals
from valley.curriculum.actions.approving import give_verdict as give_verdict
from valley.curriculum.actions.approving import publish as publish
from valley.curriculum.actions.areas import LoadedAreas as LoadedAreas
from valley.curriculum.actions.areas import load_focus_areas as load_focus_areas
from valley.curriculum.actions.cohorts import move_cohort as move_cohort
from valley.curriculum.actions.cohorts import plan_cohort as plan_cohort
from valley.curriculum.actions.cohorts import start_cohort as start_cohort
from valley.curriculum.actions.making import ImportedVersion as ImportedVersion
from valley.curriculum.actions.making import SavedProgramme as SavedProgramme
from valley.curriculum.actions.making import SavedVersion as SavedVersion
from valley.curriculum.actions.making import discard_draft as discard_draft
from valley.curriculum.actions.making import draft_version as draft_version
from valley.curriculum.actions.making import import_version as import_version
from valley.curriculum.actions.making import make_programme as make_programme
from valley.curriculum.actions.making import remove_unit as remove_unit
from valley.curriculum.actions.making import revise_version as revise_version
from valley.curriculum.actions.making import save_unit as save_unit
from valley.curriculum.actions.storing import AlreadyPublished as AlreadyPublished
from valley.curriculum.actions.storing import ProgrammeRefused as ProgrammeRefused
