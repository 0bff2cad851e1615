"""Pages under `/widget/`: a small list of courses for other people's sites, and the code that embeds it."""
