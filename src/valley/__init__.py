"""Valley: the shared workbench of a regional skills alliance."""

__version__ = "0.1.0"
