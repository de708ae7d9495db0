"""How does what stands beside an opening travel in a spreadsheet: which columns, how a cell is read and written?"""
