"""How do jobs that teach, careers that happened and a shock get into the invented region?"""

from valley.demo.moving.past import record_careers
from valley.demo.moving.shock import Shock, announce
from valley.demo.moving.teaching import first_route, open_vacancies, reckon, recognise

__all__ = ["Shock", "announce", "first_route", "open_vacancies", "reckon", "recognise", "record_careers"]
