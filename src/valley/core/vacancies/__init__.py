"""Which arithmetic do vacancies need: what does a text or a requirement ask that it may not, or need not?"""
