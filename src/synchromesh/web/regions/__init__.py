"""Regions: three views of one list, one region, several side by side, and both as printed sheets."""
