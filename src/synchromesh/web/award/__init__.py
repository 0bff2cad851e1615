"""The issuer's desk: what is awarded, to whom, and what became of it."""
