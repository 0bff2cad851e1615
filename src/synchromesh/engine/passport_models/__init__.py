"""Battery passport data models, readers and checks.

Owns the rules of a passport. Does not own practice passports (passports). The field list is written in our own words
from what Regulation (EU) 2023/1542 asks for; a citation counts as checked only when a person has compared it with the
text. Everything made with it is practice, not a legal passport.
"""
