"""Reads of the catalogue: courses, offers for planning, exports and briefs."""
