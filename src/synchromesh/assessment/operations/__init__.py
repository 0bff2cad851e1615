"""Writes of question banks, attempts and marks."""
