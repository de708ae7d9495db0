"""Which tables hold personal data, why, how long, and how do export, erasure and retention follow from that?

Every room declares its tables in ``<room>/privacy.py`` as ``TABLES``; a model that nobody declared fails the tests.
"""

from valley.foundation.privacy.declarations import NotPersonal, PersonalTable, by_desk, personal, register, undeclared
from valley.foundation.privacy.erasure import erase, forget_again, retention
from valley.foundation.privacy.export import export_rows
from valley.foundation.privacy.tables import TABLES

__all__ = [
    "TABLES",
    "NotPersonal",
    "PersonalTable",
    "by_desk",
    "erase",
    "export_rows",
    "forget_again",
    "personal",
    "register",
    "retention",
    "undeclared",
]
