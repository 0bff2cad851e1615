"""How well and how fast texts are matched, beside published figures and other systems."""
