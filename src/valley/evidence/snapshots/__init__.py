"""How does evidence reach the arithmetic: what people confirmed as lines, and the words to read texts with?"""

from valley.evidence.snapshots.pool import Pool as Pool
from valley.evidence.snapshots.pool import Standing as Standing
from valley.evidence.snapshots.pool import fingerprint as fingerprint
from valley.evidence.snapshots.pool import pool as pool
from valley.evidence.snapshots.pool import standing as standing
from valley.evidence.snapshots.reading import reader as reader
