"""Everything HTML: one folder per first segment of the address, templates and static files.

Owns addresses, forms, views, wording and look. Does not own rules or records: a view calls one query or one operation.
"""
