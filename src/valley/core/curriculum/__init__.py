"""The maths of the room ``curriculum``."""
