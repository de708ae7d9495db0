"""What does the invented region look like? Values in, values out: the same seed and day give the same region."""

from valley.demo.region.invent import OPENINGS, SEED, SMALL_OPENINGS, SMALL_WORKERS, invent, region_staffing
from valley.demo.region.shapes import (
    Claim,
    DeskAccount,
    EarlierJob,
    Employer,
    Opening,
    Partner,
    Region,
    Role,
    RoleNeed,
    Wishes,
    Worker,
)
from valley.demo.region.tables import Tables, tables

__all__ = [
    "OPENINGS",
    "SEED",
    "SMALL_OPENINGS",
    "SMALL_WORKERS",
    "Claim",
    "DeskAccount",
    "EarlierJob",
    "Employer",
    "Opening",
    "Partner",
    "Region",
    "Role",
    "RoleNeed",
    "Tables",
    "Wishes",
    "Worker",
    "invent",
    "region_staffing",
    "tables",
]
