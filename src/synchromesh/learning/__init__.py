"""Course content, enrolment, cohorts, progress and completion.

Owns what happens while somebody learns here. Does not own the offer (catalogue), questions (assessment) or the proof
(credentials).
"""
