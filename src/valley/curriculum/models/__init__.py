"""Which tables hold the common core, the programmes made from it, and what the field announces?"""

from valley.curriculum.models.field import Change as Change
from valley.curriculum.models.field import ChangeStep as ChangeStep
from valley.curriculum.models.field import LookIn as LookIn
from valley.curriculum.models.field import TeacherPlacement as TeacherPlacement
from valley.curriculum.models.programmes import Approval as Approval
from valley.curriculum.models.programmes import Cohort as Cohort
from valley.curriculum.models.programmes import FocusArea as FocusArea
from valley.curriculum.models.programmes import Outcome as Outcome
from valley.curriculum.models.programmes import OutcomeCompetence as OutcomeCompetence
from valley.curriculum.models.programmes import OutcomeWorkProcess as OutcomeWorkProcess
from valley.curriculum.models.programmes import Programme as Programme
from valley.curriculum.models.programmes import ProgrammeVersion as ProgrammeVersion
from valley.curriculum.models.programmes import Unit as Unit
from valley.curriculum.models.thread import Core as Core
from valley.curriculum.models.thread import CoreEdit as CoreEdit
from valley.curriculum.models.thread import ThreadRun as ThreadRun
