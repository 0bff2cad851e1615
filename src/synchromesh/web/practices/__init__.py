"""Practices: found, read, written, reviewed, and done again by others."""
