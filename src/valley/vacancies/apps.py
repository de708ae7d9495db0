"""The room ``vacancies`` as a Django application."""

from django.apps import AppConfig


class VacanciesConfig(AppConfig):
    name = "valley.vacancies"
    label = "vacancies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the room of openings, so that no opening becomes public unchallenged through any door."""
        from valley.vacancies.actions.keeping import Joined
        from valley.work import beside

        beside.join(Joined())
