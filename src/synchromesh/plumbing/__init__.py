"""What Django lacks: audit trail, mail, safe outgoing HTTP, jobs, import batches, translated text.

Owns mechanisms without a word of the domain. Does not know any other app.
"""
