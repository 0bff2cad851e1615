"""Practice battery passports and the exercises on them.

Owns practice passports, marked as such. Does not own the rules (engine.passport_models).
"""
