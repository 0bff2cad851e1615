"""Writes of the framework."""
