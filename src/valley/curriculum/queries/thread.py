"""How does a designer see, test and edit the red thread, and an employer its own part?"""

from __future__ import annotations
