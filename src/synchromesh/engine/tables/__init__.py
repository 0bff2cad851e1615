"""Tables of people: CSV and XLSX bytes into rows with positions and problems, and rows back into bytes.

`reading` takes bytes apart, `cells` checks single cells, `lists` holds several values in one cell, `writing` makes
files, `archives` opens zip files safely. Does not own the meaning of any column.
"""
