"""How do role profiles and openings travel in a spreadsheet: which columns, how a file is read, how one is written?"""
