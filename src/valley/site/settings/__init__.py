"""Which settings does Valley run with? ``live`` for every real use, ``test`` for the test suite."""
