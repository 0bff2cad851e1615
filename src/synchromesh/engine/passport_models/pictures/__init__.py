"""The geometry of the pictures of a passport: where each line, bar and ribbon lies in its view box.

Nothing here knows SVG, colours or languages: a page draws what these functions return and writes the words. Whatever a
passport states, all that is returned lies within the view box, and each picture keeps the numbers that it shows, so
that a table beside it can say the same.
"""
