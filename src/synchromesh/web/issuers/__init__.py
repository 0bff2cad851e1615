"""Pages under `/issuers/`: the registry of issuers that are known."""
