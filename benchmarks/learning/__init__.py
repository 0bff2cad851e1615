"""How the Learning Platform holds when many learn at once."""
