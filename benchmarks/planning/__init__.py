"""How long exact training paths take, against HiGHS alone."""
