"""Find the best training path from what a person can do to what a role needs, and prove that it is the best.

Modules:
    problem           what goes in and what comes out
    path              `find_path`, the one entry point
    covering          turn the request into a covering problem and shrink it without losing the best path
    bounded_search    solve small covering problems exactly, with integers of any size
    integer_program   solve the rest with HiGHS
    sequence          put the chosen courses in an order and say what each one closes
    checking          an independent check of a path, and what could replace one step

How it works. A level boundary v of a skill, have < v <= need, is crossed by a course with entry < v <= level. If every
boundary up to v is crossed by some chosen course, the entry levels of that skill are reached one after the other. So a
set of courses closes a gap exactly when it covers the boundaries, and no variables for the order are needed.

Entry levels apply per skill. Two courses may therefore each need the other in a different skill; they still close the
gap, followed side by side (see `sequence`).

Owns the choice and order of courses. Does not own people, catalogues, dates, languages or currencies: the caller
filters the offers and turns a price in a foreign currency into an unknown one. The solver is HiGHS alone: highspy and
ortools cannot be loaded in one process.
"""
