"""Marking of answers.

Modules:
    answers         `read_answer`: what a browser sent becomes an answer that may be stored, or is refused
    marking         `mark`: what an answer is worth, part by part, and what its author is told
    public          `public_question`: what a learner may see of a question, never a key of it
    right_answers   `right_answer`: an answer that gets all the points
    typed_numbers   numbers as people type them: decimal comma or point, thin spaces, powers of ten
    typed_words     short texts: case, accents and typing slips
    runs            how much of an order is right

Owns what an answer is worth. Does not own questions or attempts (assessment).
"""
