"""How do a whole region's people and openings fit, exactly and at once?

The same arithmetic as `valley.core.mobility.overlap.overlap`, bit for bit. Imports numpy and scipy: import this module
where it is needed, not at start-up.
"""

from valley.core.mobility.overlap.kernel.changes import change_demand, change_profile
from valley.core.mobility.overlap.kernel.paths import compiled_loaded, load_compiled
from valley.core.mobility.overlap.kernel.result import Listed, OpeningCounts, SectorResult
from valley.core.mobility.overlap.kernel.sector import Sector, UnknownInSector

__all__ = [
    "Listed",
    "OpeningCounts",
    "Sector",
    "SectorResult",
    "UnknownInSector",
    "change_demand",
    "change_profile",
    "compiled_loaded",
    "load_compiled",
]
