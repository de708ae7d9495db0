"""What do the forms of the room ask, and how does their answer become a filter or a draft?"""

from valley.vacancies.web.forms.filters import Filters
from valley.vacancies.web.forms.recognition import EndForm, RecogniseForm
from valley.vacancies.web.forms.renew import RenewForm
from valley.vacancies.web.forms.role import RoleForm
from valley.vacancies.web.forms.upload import UploadForm
from valley.vacancies.web.forms.vacancy import STEPS, Step, VacancyForm

__all__ = ["STEPS", "EndForm", "Filters", "RecogniseForm", "RenewForm", "RoleForm", "Step", "UploadForm", "VacancyForm"]
