"""What may a door ask about rules of law, employments, what both sides said, and the ways from role to role?"""

from valley.careers.queries.employments import EmploymentDesk as EmploymentDesk
from valley.careers.queries.employments import EmploymentLine as EmploymentLine
from valley.careers.queries.employments import MyEmployments as MyEmployments
from valley.careers.queries.employments import NextContract as NextContract
from valley.careers.queries.employments import due_reflections as due_reflections
from valley.careers.queries.employments import employments_of as employments_of
from valley.careers.queries.employments import my_employments as my_employments
from valley.careers.queries.feedback import FeedbackGroups as FeedbackGroups
from valley.careers.queries.feedback import ReasonCount as ReasonCount
from valley.careers.queries.feedback import feedback as feedback
from valley.careers.queries.flags import LawFlagLine as LawFlagLine
from valley.careers.queries.flags import flag_lines as flag_lines
from valley.careers.queries.flags import flag_words as flag_words
from valley.careers.queries.graph import CareerGraph as CareerGraph
from valley.careers.queries.graph import CareerPath as CareerPath
from valley.careers.queries.graph import CareerStep as CareerStep
from valley.careers.queries.graph import Moves as Moves
from valley.careers.queries.graph import RoleChoice as RoleChoice
from valley.careers.queries.graph import career_graph as career_graph
from valley.careers.queries.graph import career_path as career_path
from valley.careers.queries.graph import career_roles as career_roles
from valley.careers.queries.graph import moves as moves
from valley.careers.queries.law_table import LawTable as LawTable
from valley.careers.queries.law_table import RuleLine as RuleLine
from valley.careers.queries.law_table import law_table as law_table
