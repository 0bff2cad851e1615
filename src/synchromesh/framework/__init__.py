"""Job roles, skills, level anchors, requirements, fields and their published versions.

Owns the words that all other parts use. Does not own people's ratings (pathways) or courses (catalogue).
"""
