"""Europass CVs: the two generations of the format, each as XML, the older one as JSON too.

Owns the names of their elements. Does not say how the bytes came (a file, an attachment of a PDF). What identifies a
person or somebody else is not read: name, contact, birth, nationality, photo, employers' contacts, referees. It is not
needed to find skills, and what is not read cannot leak (GDPR, Article 5(1)(c), https://eur-lex.europa.eu/eli/reg/2016/679/oj).
"""
