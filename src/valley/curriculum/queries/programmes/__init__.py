"""What may be asked of the programmes: their versions, differences, delta, coverage, files?"""

from valley.curriculum.queries.programmes.comparing import diff as diff
from valley.curriculum.queries.programmes.comparing import regional_delta as regional_delta
from valley.curriculum.queries.programmes.demand import coverage as coverage
from valley.curriculum.queries.programmes.files import ProgrammeFile as ProgrammeFile
from valley.curriculum.queries.programmes.files import programme_file as programme_file
from valley.curriculum.queries.programmes.pages import dossier_of as dossier_of
from valley.curriculum.queries.programmes.pages import names_by_process as names_by_process
from valley.curriculum.queries.programmes.pages import programme as programme
from valley.curriculum.queries.programmes.pages import programmes as programmes
from valley.curriculum.queries.programmes.pages import version as version
from valley.curriculum.queries.programmes.shapes import CohortLine as CohortLine
from valley.curriculum.queries.programmes.shapes import CoveragePage as CoveragePage
from valley.curriculum.queries.programmes.shapes import DeltaPage as DeltaPage
from valley.curriculum.queries.programmes.shapes import DiffPage as DiffPage
from valley.curriculum.queries.programmes.shapes import ProgrammeLine as ProgrammeLine
from valley.curriculum.queries.programmes.shapes import ProgrammePage as ProgrammePage
from valley.curriculum.queries.programmes.shapes import VersionPage as VersionPage
