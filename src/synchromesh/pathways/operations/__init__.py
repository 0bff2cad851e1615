"""Writes of a person's ratings and plans."""
