"""Pages under `/agreements/`: agreements of the alliance with others."""
