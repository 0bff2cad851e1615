"""Settings, addresses and the WSGI and ASGI entry points.

Owns how the parts are put together. Does not own any behaviour: everything here is configuration.
"""
