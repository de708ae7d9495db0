"""Which commands does the operator have for the thread, the programmes and the field window?"""

from valley.curriculum.cli import field as field
from valley.curriculum.cli import programmes as programmes
from valley.curriculum.cli import thread as thread
from valley.curriculum.cli.group import group as group
