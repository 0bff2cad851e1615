"""Ability, item difficulty and agreement between raters.

Owns the measurement models. Does not own attempts or ratings as records (assessment).
"""
