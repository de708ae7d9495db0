"""How do the invented employers' texts become a red thread, programmes and announced changes? Through actions only."""

from valley.demo.evidence.loading import Loaded as Loaded
from valley.demo.evidence.loading import load as load
