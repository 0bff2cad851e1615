"""What a page can print is printed as it is; the rest becomes a white square or vanishes."""

from __future__ import annotations

from synchromesh.engine.vocabulary.printable_text import REPLACEMENT, printable


def test_the_letters_of_every_official_language_of_the_union_are_printed_as_they_are() -> None:
    letters = (
        "ЖжЩщЪъЬьЮю ŘřŠšČčĚěŮůŽž ÆæØøÅå ÄäÖöÜüßẞ ΆάΈέΉήΊίΐΌόΎύΰΏώΣσς Ññ¿¡ Õõ Œœ Ÿÿ Çç Ġġ Ħħ Żż Ċċ "
        "Őő Űű Ąą Ęę Ėė Į į Ų ų Ģģ Ķķ Ļļ Ņņ Łł Ńń Śś Źź Ãã Ăă Ââ Îî Șș Țț Đđ Ľľ Ĺĺ Ŕŕ Ґґ Єє Її €"
    )
    assert printable(letters) == " ".join(letters.split())


def test_what_has_no_glyph_becomes_one_white_square() -> None:
    assert printable("Safety 漢字 \U0001f50b\ufe0f done") == f"Safety {REPLACEMENT} {REPLACEMENT} done"


def test_control_characters_and_line_breaks_vanish() -> None:
    assert printable("a\x00b\u200d\u202ec \r\n\t d\ufe0f") == "abc d"


def test_a_letter_with_a_loose_accent_is_printed_as_one_letter() -> None:
    assert printable("e\u0301") == "é"
