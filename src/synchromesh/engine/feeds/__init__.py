"""Course feeds: bytes that a provider publishes into courses, runs and problems.

`records` says what a feed can tell, `readers` holds one module per format, `skill_links` the short notation for what a
course teaches. Does not fetch, does not compare with the catalogue, and knows nothing of the database.
"""
