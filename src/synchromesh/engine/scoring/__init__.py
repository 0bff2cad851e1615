"""Marking of answers.

Owns what an answer is worth. Does not own questions or attempts (assessment).
"""
