"""Reads of course content, enrolment and progress."""
