"""How does a dossier come in from a file: TOML, or a spreadsheet with one row per work process?"""
