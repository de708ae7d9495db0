"""The room ``vacancies`` as a Django application."""

from django.apps import AppConfig


class VacanciesConfig(AppConfig):
    name = "valley.vacancies"
    label = "vacancies"
    default_auto_field = "django.db.models.BigAutoField"
