"""Countries and NUTS regions.

Owns places and their names. Does not own figures about them (insights) or regional desks (community).
"""
