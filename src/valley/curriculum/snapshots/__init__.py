"""What goes from the rows of this room and its neighbours into the arithmetic?"""

from valley.curriculum.snapshots import thread as thread
