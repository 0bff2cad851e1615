"""Lesson materials of teachers: found, used, made one's own, and shared."""
