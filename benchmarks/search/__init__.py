"""Speed and quality of the search."""
