"""Near duplicates among courses, from given vectors and fields: `finding.find_duplicates`.

Owns blocking and scoring. Does not merge anything: a person decides.
"""
