"""Home and the search page."""
