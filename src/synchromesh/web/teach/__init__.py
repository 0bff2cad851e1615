"""Addresses under `/teach/`: courses as their authors, tutors and reviewers see them."""
