"""Indicators, small-number rules and intervals.

Owns the arithmetic of reports. Does not own the counted records.
"""
