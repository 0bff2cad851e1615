"""Everything that is public as files that anybody may take away: written every night, served as they lie on the disk.

Owns which files there are, how a set of them is written and which set is in force. Does not own formats (`engine`) nor
what a record says (`catalogue`, `framework`).
"""
