"""Pages under `/esco/`."""
