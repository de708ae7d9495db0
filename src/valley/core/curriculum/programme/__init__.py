"""How do two versions of a programme differ, what does one add to the dossier, and what does it give employers?"""

from valley.core.curriculum.programme.coverage import Area as Area
from valley.core.curriculum.programme.coverage import AreaShare as AreaShare
from valley.core.curriculum.programme.coverage import Coverage as Coverage
from valley.core.curriculum.programme.coverage import Demand as Demand
from valley.core.curriculum.programme.coverage import EmployerShare as EmployerShare
from valley.core.curriculum.programme.coverage import Gap as Gap
from valley.core.curriculum.programme.coverage import Need as Need
from valley.core.curriculum.programme.coverage import coverage as coverage
from valley.core.curriculum.programme.coverage import demands as demands
from valley.core.curriculum.programme.delta import Ask as Ask
from valley.core.curriculum.programme.delta import Delta as Delta
from valley.core.curriculum.programme.delta import DeltaLine as DeltaLine
from valley.core.curriculum.programme.delta import ProcessLine as ProcessLine
from valley.core.curriculum.programme.delta import delta as delta
from valley.core.curriculum.programme.diff import Change as Change
from valley.core.curriculum.programme.diff import Diff as Diff
from valley.core.curriculum.programme.diff import Shift as Shift
from valley.core.curriculum.programme.diff import applied as applied
from valley.core.curriculum.programme.diff import diff as diff
from valley.core.curriculum.programme.diff import mirrored as mirrored
from valley.core.curriculum.programme.shapes import DEPTHS as DEPTHS
from valley.core.curriculum.programme.shapes import InvalidProgramme as InvalidProgramme
from valley.core.curriculum.programme.shapes import Outcome as Outcome
from valley.core.curriculum.programme.shapes import Unit as Unit
from valley.core.curriculum.programme.shapes import Version as Version
from valley.core.curriculum.programme.shapes import depth_for as depth_for
