"""How well and how fast practice battery passports are checked."""
