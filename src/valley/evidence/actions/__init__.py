"""What may be done with evidence?"""
