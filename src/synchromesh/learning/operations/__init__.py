"""Writes of course content, enrolment and progress."""
