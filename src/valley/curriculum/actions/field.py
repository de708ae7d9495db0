"""How do employers announce changes, and how do teachers come and look?"""

from __future__ import annotations
