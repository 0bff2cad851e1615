"""The value types that every part of the engine speaks: level, language, money, workload, question.

Owns meaning and parsing of single values and of the documents of questions. Does not own tables, records or formats.
"""
