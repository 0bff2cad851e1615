"""Pages under `/fields/`."""
