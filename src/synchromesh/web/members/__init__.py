"""Pages under `/members/`: the directory of members, becoming one, and what a member says of itself."""
