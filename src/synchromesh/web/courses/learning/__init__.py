"""Learning in a course: what it asks for, its units, its tests, its result, and what stands beside a unit."""
