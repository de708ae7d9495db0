"""The room of vacancies: openings as candidates read them, with what a day holds and what can be learned there."""
