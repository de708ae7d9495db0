"""How does evidence reach the arithmetic: what people confirmed, as lines?"""

from valley.evidence.snapshots.pool import Pool as Pool
from valley.evidence.snapshots.pool import Standing as Standing
from valley.evidence.snapshots.pool import fingerprint as fingerprint
from valley.evidence.snapshots.pool import pool as pool
from valley.evidence.snapshots.pool import standing as standing
