"""The thinking of Synchromesh: pure Python, no Django, no network, no database.

Owns matching, planning, statistics, file formats, signatures and scoring as deterministic functions over frozen value
types. Does not own records, permissions, workflows or pages: those call the engine and never the other way round.
"""
