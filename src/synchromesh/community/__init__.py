"""Groups, topics, decisions, projects, agreements, events, engagements, practices and news.

Owns how members work together. Does not own organisations (accounts) or regions (places).
"""
