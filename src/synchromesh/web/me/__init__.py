"""Pages under `/me/`."""
