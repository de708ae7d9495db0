"""How does English read in the Netherlands?"""
