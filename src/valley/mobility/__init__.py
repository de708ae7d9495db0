"""Which opening fits a person, and why?"""
