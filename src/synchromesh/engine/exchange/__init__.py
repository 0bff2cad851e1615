"""Formats in which frameworks and questions are exchanged with other systems.

Each kind of format is a folder of plug-ins. Owns the shape of what is exchanged. Does not own what a site does
with it: whether a role or skill that a file names is already in the database is for the apps to check.
"""
