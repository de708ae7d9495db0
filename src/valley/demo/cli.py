"""The demo region at the terminal."""

from __future__ import annotations

import click

group = click.Group("demo")
