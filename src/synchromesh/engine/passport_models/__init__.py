"""Battery passport data models, readers and checks.

Owns the rules of a passport. Does not own practice passports (passports).
"""
