"""Near duplicates among records, from given vectors and fields.

Owns blocking and scoring. Does not merge anything: a person decides.
"""
