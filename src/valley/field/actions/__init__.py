"""What may be done at the field window: announce, look in, work along, and say how far a change is?"""

from valley.field.actions.changes import ChangeDraft as ChangeDraft
from valley.field.actions.changes import announce_change as announce_change
from valley.field.actions.changes import plan_change as plan_change
from valley.field.actions.changes import revise_change as revise_change
from valley.field.actions.changes import take_step as take_step
from valley.field.actions.changes import withdraw_change as withdraw_change
from valley.field.actions.look_ins import Agreement as Agreement
from valley.field.actions.look_ins import NoteDraft as NoteDraft
from valley.field.actions.look_ins import agree_look_in as agree_look_in
from valley.field.actions.look_ins import approve_notes as approve_notes
from valley.field.actions.look_ins import ask_look_in as ask_look_in
from valley.field.actions.look_ins import cancel_look_in as cancel_look_in
from valley.field.actions.look_ins import note_look_in as note_look_in
from valley.field.actions.look_ins import refuse_look_in as refuse_look_in
from valley.field.actions.look_ins import return_notes as return_notes
from valley.field.actions.placements import agree_placement as agree_placement
from valley.field.actions.placements import ask_placement as ask_placement
from valley.field.actions.placements import finish_placement as finish_placement
from valley.field.actions.placements import refuse_placement as refuse_placement
from valley.field.actions.writing import FieldRefused as FieldRefused
from valley.field.actions.writing import Saved as Saved
