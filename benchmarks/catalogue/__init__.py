"""How well and how fast the course catalogue is kept: near duplicates among 10,000 invented courses."""
