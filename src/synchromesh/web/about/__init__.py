"""Pages under `/about/`."""
