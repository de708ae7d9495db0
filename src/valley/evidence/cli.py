"""How does the operator read texts and decide at the terminal?"""

from __future__ import annotations

import click

group = click.Group("evidence", help="Job texts, observations, ratings and what is read in them.")
