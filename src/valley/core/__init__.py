"""The maths: values in, values out. Knows no Django, no files, no clock and no network."""
