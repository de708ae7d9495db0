"""What may someone at the terminal ask the room applications?"""

from __future__ import annotations

import click

group = click.Group("applications", help="")
