"""What may be asked of the programmes: their versions, differences, delta, coverage, files?"""

from valley.curriculum.queries.comparing import diff as diff
from valley.curriculum.queries.comparing import regional_delta as regional_delta
from valley.curriculum.queries.demand import coverage as coverage
from valley.curriculum.queries.files import ProgrammeFile as ProgrammeFile
from valley.curriculum.queries.files import programme_file as programme_file
from valley.curriculum.queries.pages import dossier_of as dossier_of
from valley.curriculum.queries.pages import names_by_process as names_by_process
from valley.curriculum.queries.pages import programme as programme
from valley.curriculum.queries.pages import programmes as programmes
from valley.curriculum.queries.pages import version as version
from valley.curriculum.queries.rights import opens_coverage as opens_coverage
from valley.curriculum.queries.shapes import CohortLine as CohortLine
from valley.curriculum.queries.shapes import CoveragePage as CoveragePage
from valley.curriculum.queries.shapes import DeltaPage as DeltaPage
from valley.curriculum.queries.shapes import DiffPage as DiffPage
from valley.curriculum.queries.shapes import ProgrammeLine as ProgrammeLine
from valley.curriculum.queries.shapes import ProgrammePage as ProgrammePage
from valley.curriculum.queries.shapes import VersionPage as VersionPage
from valley.curriculum.queries.tied import TiedVersion as TiedVersion
from valley.curriculum.queries.tied import as_tied as as_tied
from valley.curriculum.queries.tied import tied_version as tied_version
from valley.curriculum.queries.tied import tied_versions as tied_versions
