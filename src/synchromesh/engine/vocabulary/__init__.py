"""The value types that every part of the engine speaks: level, language, money, workload.

Owns meaning and parsing of single values. Does not own tables, records or formats.
"""
