"""Pages under `/projects/`: projects of the alliance, what they hand over and what came of them."""
