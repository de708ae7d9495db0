"""What may change: rules of law, employments, and what both sides say about them?"""

from valley.careers.actions.employments import confirm_employment as confirm_employment
from valley.careers.actions.employments import decline_employment as decline_employment
from valley.careers.actions.employments import end_employment as end_employment
from valley.careers.actions.employments import propose_employment as propose_employment
from valley.careers.actions.facts import fill_in as fill_in
from valley.careers.actions.loading import Recorded as Recorded
from valley.careers.actions.loading import record_employments as record_employments
from valley.careers.actions.reflections import NotDue as NotDue
from valley.careers.actions.reflections import say_why as say_why
from valley.careers.actions.rules import LoadedRules as LoadedRules
from valley.careers.actions.rules import add_law_rule as add_law_rule
from valley.careers.actions.rules import load_starter_law as load_starter_law
