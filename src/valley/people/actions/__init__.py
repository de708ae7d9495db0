"""What may a person change about the passport, its shares and its existence, and what may the operator load?"""

from valley.people.actions.checks import Refused
from valley.people.actions.claims import Statement, drop_competence, state_competence, state_competences
from valley.people.actions.erasure import CONFIRM_WORDS, Erased, ErasureNotConfirmed, erase_account, erase_person
from valley.people.actions.export import consult_passport, take_export
from valley.people.actions.loading import Loaded, NewPerson, import_people
from valley.people.actions.passport import (
    WishesChosen,
    drop_language,
    give_consent,
    rename,
    start_passport,
    state_language,
    state_wishes,
    withdraw_consent,
)
from valley.people.actions.shares import ShareOffer, give_share, look_at_share, withdraw_share

__all__ = [
    "CONFIRM_WORDS",
    "Erased",
    "ErasureNotConfirmed",
    "Loaded",
    "NewPerson",
    "Refused",
    "ShareOffer",
    "Statement",
    "WishesChosen",
    "consult_passport",
    "drop_competence",
    "drop_language",
    "erase_account",
    "erase_person",
    "give_consent",
    "give_share",
    "import_people",
    "look_at_share",
    "rename",
    "start_passport",
    "state_competence",
    "state_competences",
    "state_language",
    "state_wishes",
    "take_export",
    "withdraw_consent",
    "withdraw_share",
]
