"""What differs between two programmes, and what of the demand does one teach?"""
