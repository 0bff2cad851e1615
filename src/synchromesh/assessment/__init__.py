"""Question banks, instruments, attempts, ratings by assessors and certification decisions.

Owns how evidence of a skill comes about. Does not own courses or credentials.
"""
