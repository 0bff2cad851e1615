"""Pages under `/organisations/`."""
