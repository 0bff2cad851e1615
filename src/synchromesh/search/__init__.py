"""The search contract, its registry of kinds and its backends.

Owns the index, which can be rebuilt at any time from the records. Does not own any record.
"""
