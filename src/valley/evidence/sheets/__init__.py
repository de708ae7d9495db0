"""How does evidence travel in a spreadsheet: which columns, and how is a file read?"""
