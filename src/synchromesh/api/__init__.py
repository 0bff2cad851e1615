"""JSON for machines, one module per area under `v1`, with OpenAPI and problem+json errors.

Owns the shape of the public interface. Does not own rules: it calls the same queries and operations as the pages.
"""
