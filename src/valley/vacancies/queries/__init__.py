"""What may a door ask about vacancies and recognised training companies?"""

# isort: skip_file
# fmt: off
from valley.vacancies.queries.pages import (
    new_vacancy, practice_of, preview_of, requirements_of, vacancy_choices, vacancy_page, vacancy_to_edit,
)
from valley.vacancies.queries.challenges import challenges, challenges_of_text
from valley.vacancies.queries.challenges import lines as challenge_lines
from valley.vacancies.queries.recognitions import (
    recognition_desk, recognitions_of, status_warnings, training_companies,
)
from valley.vacancies.queries.shapes import (
    ChallengeLine, DossierChoice, VacancyPractice, PreviewText, ProcessChoice, RecognitionDesk, RecognitionLine,
    RequirementLine, StatusWarning, VacancyChoices, VacancyEdit, VacancyPage,
)

__all__ = [
    "ChallengeLine",
    "DossierChoice",
    "PreviewText",
    "ProcessChoice",
    "RecognitionDesk",
    "RecognitionLine",
    "RequirementLine",
    "StatusWarning",
    "VacancyChoices",
    "VacancyEdit",
    "VacancyPage",
    "VacancyPractice",
    "challenge_lines",
    "challenges",
    "challenges_of_text",
    "new_vacancy",
    "practice_of",
    "preview_of",
    "recognition_desk",
    "recognitions_of",
    "requirements_of",
    "status_warnings",
    "training_companies",
    "vacancy_choices",
    "vacancy_page",
    "vacancy_to_edit",
]
