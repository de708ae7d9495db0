"""What may be asked of the qualification dossiers?"""

from valley.dossiers.queries.comparing import DossierDiff as DossierDiff
from valley.dossiers.queries.comparing import dossier_diff as dossier_diff
from valley.dossiers.queries.lists import DossierLine as DossierLine
from valley.dossiers.queries.lists import ProcessName as ProcessName
from valley.dossiers.queries.lists import dossier_lines as dossier_lines
from valley.dossiers.queries.lists import dossiers as dossiers
from valley.dossiers.queries.lists import require_work_process as require_work_process
from valley.dossiers.queries.lists import version_id as version_id
from valley.dossiers.queries.lists import work_process_ids as work_process_ids
from valley.dossiers.queries.lists import work_process_names as work_process_names
from valley.dossiers.queries.pages import DossierPage as DossierPage
from valley.dossiers.queries.pages import dossier as dossier
