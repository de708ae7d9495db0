"""The invented region: thirty employers, five thousand workers, nine hundred openings, made through actions."""
