"""The maths of the room ``skills``."""
