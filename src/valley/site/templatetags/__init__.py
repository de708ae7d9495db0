"""Which words may a template of any room use? See ``valley``."""
