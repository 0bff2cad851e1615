"""Pages under `/skills/`."""
