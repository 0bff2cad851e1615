"""Pages under `/roles/`."""
