"""The maths of the room ``mobility``."""
