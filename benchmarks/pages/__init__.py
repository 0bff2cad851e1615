"""How heavy and how fast the pages are, measured in a real browser on a real server."""
