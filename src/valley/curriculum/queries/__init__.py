"""What may be asked of the workbench: the thread, the programmes, the field?"""

from valley.curriculum.queries import field as field
from valley.curriculum.queries import programmes as programmes
from valley.curriculum.queries import thread as thread
