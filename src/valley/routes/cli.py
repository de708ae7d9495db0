"""What may someone at the terminal ask the room routes?"""

from __future__ import annotations

import click

routes = click.Group("routes", help="")
