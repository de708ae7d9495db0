"""What may someone at the terminal ask the room careers?"""

from __future__ import annotations

import click

group = click.Group("careers", help="")
