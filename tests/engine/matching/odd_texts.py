"""Texts that a reader of running text does not expect: long runs of one thing, and signs that are no text.

A pattern that goes over such a run again for each of its signs needs hours for these, so a test that uses them does
not come to an end when one creeps in.
"""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

LENGTH = 200_000
_KINDS = {
    "opening brackets": "(",
    "brackets with a letter": "(((((x",
    "hyphens": "a-a-a-",
    "gender endings": ":in",
    "gendered words": "abc:in ",
    "gender marks that do not end": "(m/w/d/",
    "gender marks with blanks": "( m /",
    "blanks": " ",
    "blanks with full stops": " .",
    "accented letters": "é",
    "letters with accents of their own": "e\u0301",
    "accents alone": "\u0301",
    "bullets": "•",
    "bullets with blanks": " • ",
    "dashes": "- ",
    "dashes between blanks": "   -   ",
    "one word": "w",
    "emoji": "😀",
    "a family of joined emoji": "👩\u200d👩\u200d👧",
    "right to left": "שלום עליכם ",
    "text with a mark for its direction": "\u202eabc\u202c",
    "no sign at all": "\x00",
    "half a pair of surrogates": "\ud800",
    "full stops": ".",
    "ends of sentences": ". ",
    "abbreviations": "etc. ",
    "closing quotes": '."',
    "digits": "1",
    "digits apart": "1 ",
    "years that are none": "5 - ",
    "plus signs": "c+",
    "apostrophes": "a'",
    "slashes": "a / ",
    "two forms": "mechanik/mechanička ",
    "lines": "\r\n",
    "paragraphs": "a\u2029",
    "words that begin a hint": "what ",
    "conjunctions": "and ",
    "soft hyphens": "a\u00ad",
    "underlines": "_",
    "names with a full stop": ".net ",
}
ODD_TEXTS: Mapping[str, str] = {
    name: (piece * (LENGTH // len(piece) + 1))[:LENGTH] for name, piece in _KINDS.items()
} | {f"blanks before {end!r}": " " * LENGTH + end for end in ("x", "•", "-", "5", ")")}

# Short texts in which such signs stand side by side.
MIXED_TEXTS = st.lists(
    st.sampled_from(
        [
            *_KINDS.values(),
            "plan the work",
            "C++",
            "C#",
            ".NET",
            "z. B. ",
            "Art. 5",
            "(m/w/d)",
            ", ",
            "; ",
            " und ",
            " – ",
        ]
    )
    | st.text(max_size=6),
    max_size=12,
).map("".join)
