"""Pages under `/desk/`."""
