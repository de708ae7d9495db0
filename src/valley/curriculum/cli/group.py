"""Under which name do the commands of this room stand?"""

from __future__ import annotations

import click

group = click.Group("curriculum", help="The red thread, programmes and the field window.")
