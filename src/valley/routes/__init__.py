"""The room of relay routes: one-year jobs at several partners chained into one diploma, signed by all."""
