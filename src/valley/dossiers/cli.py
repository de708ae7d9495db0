"""How does the operator import and compare dossiers?"""

from __future__ import annotations

import click

group = click.Group("dossiers", help="Qualification dossiers: core tasks and work processes.")
