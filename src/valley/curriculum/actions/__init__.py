"""What may be changed at the workbench: the core, the programmes, the field window?"""

from valley.curriculum.actions import field as field
from valley.curriculum.actions import programmes as programmes
from valley.curriculum.actions import thread as thread
