"""Checks of a passport against JSON schemas that an operator supplies.

No schema is shipped and none is fetched: a reference to another place on the network is refused. A schema is somebody
else's file, so it is run in a process apart with bounds of time and memory (`apart`).
"""
