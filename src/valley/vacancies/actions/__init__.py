"""What may change vacancies, and who is recognised as a training company?"""

# isort: skip_file
# fmt: off
from valley.vacancies.actions.recognitions import (
    RecognitionDraft, RecognitionRefused, SavedRecognition, check_recognition, end_recognition, recognise,
    require_speaker,
)
from valley.vacancies.actions.vacancies import (
    Window, duplicate_opening, keep_vacancies, keep_vacancy, publish_opening, renew_opening, state_practice,
    state_practices, state_preview, state_requirements,
)

__all__ = [
    "RecognitionDraft", "RecognitionRefused", "SavedRecognition", "Window", "check_recognition", "duplicate_opening",
    "end_recognition", "keep_vacancies", "keep_vacancy", "publish_opening", "recognise", "renew_opening",
    "require_speaker", "state_practice", "state_practices", "state_preview", "state_requirements",
]
