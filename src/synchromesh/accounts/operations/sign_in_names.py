"""Sign-in names for people without e-mail: a word and four digits, easy to read, say and write down."""

from __future__ import annotations

import secrets

from synchromesh.accounts.models import User

# Short, known to beginners in English, without a meaning that could hurt, and hard to mishear for one another.
WORDS = (
    "amber", "apple", "autumn", "bridge", "bronze", "butter", "cable", "camel", "candle", "castle", "cedar", "cherry",
    "circle", "clover", "copper", "coral", "corner", "cotton", "desert", "dolphin", "dragon", "eagle", "engine",
    "falcon", "feather", "field", "finger", "forest", "garden", "ginger", "globe", "golden", "granite", "guitar",
    "hammer", "harbour", "helmet", "honey", "island", "ivory", "jacket", "jungle", "kettle", "ladder", "lemon",
    "lilac", "magnet", "maple", "marble", "meadow", "melon", "mirror", "mountain", "needle", "ocean", "olive",
    "orange", "orchid", "paper", "pebble", "pencil", "pepper", "piano", "planet", "pocket", "purple", "rabbit",
    "river", "rocket", "saddle", "salmon", "silver", "spring", "summer", "sunset", "table", "thunder", "tiger",
    "timber", "tulip", "turtle", "valley", "velvet", "violet", "walnut", "window", "winter", "yellow",
)  # fmt: skip


def free_sign_in_name() -> str:
    """A sign-in name that nobody has. It is no secret; a password belongs to it."""
    digits = 4
    while True:
        for _ in range(20):
            name = f"{secrets.choice(WORDS)}-{secrets.randbelow(10**digits):0{digits}d}"
            if not User.objects.filter(sign_in_name=name).exists():
                return name
        digits += 1  # so many names are taken that four digits have become scarce
