"""What may someone at the terminal ask the room vacancies?"""

from __future__ import annotations

import click

group = click.Group("vacancies", help="")
