"""How the data models of others become our field list: tables of paths, and the conversions that they name.

Each model has a table of its own beside this file. A line says which path of a document carries which field, and how
its value becomes ours; a line without a field says why a part of a document is left out. Paths and words are the names
of the models' own properties; nothing of their descriptions is here.
"""
