"""What may someone at the terminal ask the room placement?"""

from __future__ import annotations

import click

place = click.Group("place", help="")
