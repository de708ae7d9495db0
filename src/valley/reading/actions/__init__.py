"""What may change the words that texts are read with?"""

from valley.reading.actions.phrases import PhrasesReport as PhrasesReport
from valley.reading.actions.phrases import load_starter_phrases as load_starter_phrases
from valley.reading.actions.systems import NameRefused as NameRefused
from valley.reading.actions.systems import add_system_name as add_system_name
