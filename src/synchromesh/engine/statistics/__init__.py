"""Indicators, small-number rules and intervals.

Modules:
    intervals   of a share (Wilson) and of the mean difference of pairs (Student)

Owns the arithmetic of reports. Does not own the counted records.
"""
