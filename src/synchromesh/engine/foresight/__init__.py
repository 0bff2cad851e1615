"""Forecasts and scenarios of needs, with intervals.

Owns the models. Does not own observations (insights).
"""
