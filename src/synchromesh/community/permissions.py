"""Predicates of permission, in plain sentences. Anything not allowed here is refused."""
