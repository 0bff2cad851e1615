"""Pages under `/achievements/`: what can be earned, and what it says."""
