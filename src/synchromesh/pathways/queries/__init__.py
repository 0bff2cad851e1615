"""Reads of the main job: what a person can do, what a role needs, and the path between."""
