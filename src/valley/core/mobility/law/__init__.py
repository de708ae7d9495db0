"""What do the dated rules of labour law say about a row of contracts?"""

from valley.core.mobility.law.shapes import Contract, Flag, Rule, Scenario, Severity

__all__ = ["Contract", "Flag", "Rule", "Scenario", "Severity"]
