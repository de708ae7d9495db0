"""``python -m valley`` is the ``valley`` command."""

from valley.site.cli import main

main()
