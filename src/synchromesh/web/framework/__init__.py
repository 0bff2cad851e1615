"""Pages under `/framework/`: versions and what changed."""
