"""Providers' courses and their runs, skill mappings, feeds and wanted training (briefs).

Owns what is offered by whom, when and at what price, each fact with its source. Does not own skills (framework), nor
what happens inside a course (learning).
"""
