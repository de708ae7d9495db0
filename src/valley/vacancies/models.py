"""Which tables hold what can be practised and learned in an opening?"""

from __future__ import annotations
