"""How is a spreadsheet read that someone sent us: within bounds, by its content, cell by cell?"""
