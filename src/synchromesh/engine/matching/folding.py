"""Labels as they are compared when somebody types them."""

from __future__ import annotations

import re
import unicodedata

from synchromesh.engine.matching.words import fold_word

_TOKEN = re.compile(r"[^\W_]+[+#]*")


def fold_label(text: str) -> str:
    """A label as it is compared: words without case, accents and punctuation, one blank between them.

    "Arc-welding (MIG)" gives "arc welding mig", "Überprüfung" gives "uberprufung", "C++" stays "c++".
    Source: Unicode Standard, section 3.13, compatibility caseless matching; then combining marks fall away.
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(map(fold_word, _TOKEN.findall(text)))
