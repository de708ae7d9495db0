"""How does a page show numbers as a picture that everyone can read?

``draw`` turns one of five frozen specifications into a figure: an SVG with title and description (no script, no inline
style, colours by class, so dark mode, print and forced colours work) and the same numbers as a table. Rooms below the
site need no import: the template tags in ``templatetags/valley.py`` take plain tuples.
"""

from valley.site.charts.draw import draw
from valley.site.charts.specs import Bars, Heat, Line, NotDrawable, Point, Range, Ranges, Stacked

__all__ = ["Bars", "Heat", "Line", "NotDrawable", "Point", "Range", "Ranges", "Stacked", "draw"]
