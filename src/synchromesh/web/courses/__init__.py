"""Pages under `/courses/`."""
