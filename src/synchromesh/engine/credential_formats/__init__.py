"""Envelopes of one credential record: signing and checking.

Owns formats and signatures. Does not own keys or status records (credentials).
"""
