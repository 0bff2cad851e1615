"""Lists of courses that people keep: their own pages below `/me/lists/`, and a list that somebody shared."""
