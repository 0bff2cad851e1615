"""Demand observations, supply, foresight, indicators and reports.

Owns what is measured and forecast about needs. Does not own the records it counts.
"""
