"""People, organisations, memberships, invitations and the predicates of permission.

Owns who somebody is and what they may do. Does not own what they did: that lives with the records of each app.
"""
