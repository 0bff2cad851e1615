"""Ability, item difficulty and agreement between raters.

Modules:
    item_statistics   classical item statistics of a test and its reliability

Owns the measurement models. Does not own attempts or ratings as records (assessment).
"""
