"""Achievements, issuing, status, verification and the registry of issuers.

Owns the signed proof. Does not own the evidence (assessment, learning) or the formats (engine.credential_formats).
"""
