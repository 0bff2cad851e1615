"""Reads of question banks, attempts and marks."""
