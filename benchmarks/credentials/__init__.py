"""How fast credentials are signed and checked; see __main__."""
