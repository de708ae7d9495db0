"""What do the roles that ship with the product ask, in ids of this database?"""

from __future__ import annotations

from dataclasses import replace

from valley.skills import starter_files
from valley.skills.queries import words
from valley.skills.starter_files import StarterRole


def starter_roles() -> tuple[StarterRole, ...]:
    """The twenty shared roles; a need names the competence by id. Empty before `load_starter`. One query."""
    ids = words.ids_by_starter_key()
    return tuple(
        replace(role, needs=tuple(replace(need, competence=ids[need.key]) for need in role.needs if need.key in ids))
        for role in starter_files.roles()
        if ids
    )
