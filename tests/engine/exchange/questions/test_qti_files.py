"""Files of strangers: what is refused, what is taken, and what a package says about its items."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.exchange.questions.qti_items import choices, item, read_all, read_one, response, why_not
from tests.engine.exchange.questions.qti_questions import PICTURE

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.questions import qti3, read_questions
from synchromesh.engine.tables.archives import open_archive

GOOD = item(choices("A", "B"), declared=response("A"))


def with_head(head: str) -> bytes:
    return GOOD.replace(b"?><qti", f"?>{head}<qti".encode())


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE q [<!ENTITY a "b">]>',
        '<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE q [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE q [<!ENTITY % p SYSTEM "http://example.org/x.dtd">]>',
    ],
    ids=["inside", "file", "many laughs", "parameter"],
)
def test_entities_are_refused(head: str) -> None:
    assert "declares entities" in why_not(with_head(head))


def test_an_address_of_a_document_type_is_never_fetched() -> None:
    head = '<!DOCTYPE q SYSTEM "http://example.org/x.dtd">'
    assert read_one(with_head(head)).points == 1


def test_xml_that_is_nested_without_end_is_refused() -> None:
    body = "<div>" * 200 + "</div>" * 200
    assert "nested too deeply" in why_not(item(body))


def test_xml_with_very_many_elements_is_refused() -> None:
    assert "too many elements" in why_not(item("<p/>" * 60_000))


def test_broken_xml_is_told_with_its_place() -> None:
    assert "line 1" in why_not(GOOD.replace(b"</qti-item-body>", b""))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("item.xml", b" " * 30_000_000)
    with pytest.raises(InvalidInput, match="unpacks to more than"):
        open_archive(buffer.getvalue())


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_item_is_a_problem_and_never_an_error(data: st.DataObject) -> None:
    start = data.draw(st.integers(150, len(GOOD) - 1))
    damaged = GOOD[:start] + data.draw(st.binary(max_size=8)) + GOOD[start + data.draw(st.integers(0, 40)) :]
    read = read_all(damaged)
    assert len(read.questions) + read.left_out == 1


def test_an_item_of_the_former_version_says_how_to_mend_it() -> None:
    former = b'<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a"/>'
    assert "Export it as QTI 3.0" in why_not(former)


@pytest.mark.parametrize(
    ("head", "said"),
    [('adaptive="true"', "adaptive"), ("", "draws values by chance")],
)
def test_an_item_that_changes_is_left_out(head: str, said: str) -> None:
    drawn = '<qti-template-declaration identifier="X" cardinality="single" base-type="integer"/>' if not head else ""
    assert said in why_not(item(choices("A", "B"), declared=response("A") + drawn, head=head))


def test_the_language_is_that_of_the_item_or_else_what_was_said() -> None:
    plain = GOOD.replace(b'xml:lang="en-GB"', b"")
    german = GOOD.replace(b"en-GB", b"de-AT")
    assert read_one(german).prompts.keys() == {"de"}
    assert read_questions({"item.xml": plain}, language="cs").questions[0].prompts.keys() == {"cs"}


MANIFEST = (
    '<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"><resources>'
    '<resource identifier="t" type="imsqti_test_xmlv3p0" href="test.xml"/>'
    '<resource identifier="a" type="imsqti_item_xmlv3p0" href="items/a.xml"/>'
    '<resource identifier="b" type="imsqti_item_xmlv3p0" href="items/b%20b.xml"/>'
    '<resource identifier="c" type="imsqti_item_xmlv3p0" href="items/gone.xml"/>'
    '<resource identifier="d" type="imsqti_item_xmlv2p1" href="items/a.xml"/></resources></manifest>'
)


def test_a_package_has_the_items_of_its_manifest_in_its_order() -> None:
    files = {
        "p/imsmanifest.xml": MANIFEST.encode(),
        "p/items/b b.xml": GOOD,
        "p/items/a.xml": GOOD,
        "p/items/unlisted.xml": GOOD,
    }
    read = read_questions(files)
    assert read.positions == ("p/items/a.xml", "p/items/b b.xml")
    assert [question.key for question in read.questions] == ["q-1", "q-1-2"]
    assert {problem.position for problem in read.problems} == {"p/imsmanifest.xml"}
    assert read.left_out == 2


def test_a_broken_manifest_does_not_stand_in_the_way_of_its_items() -> None:
    read = read_questions({"imsmanifest.xml": b"<manifest", "a.xml": GOOD, "readme.xml": b"<other/>"})
    assert len(read.questions) == 1
    assert "damaged" in read.problems[0].message


def test_one_bad_item_does_not_spoil_the_others() -> None:
    read = read_questions({"bad.xml": GOOD.replace(b"choice-interaction", b"own-interaction"), "good.xml": GOOD})
    assert read.positions == ("good.xml",)
    assert [problem.position for problem in read.problems] == ["bad.xml"]
    assert read.left_out == 1


def test_a_text_that_items_share_stands_before_each_of_them_with_its_picture() -> None:
    shared = '<qti-assessment-stimulus-ref identifier="s" href="shared/text.xml"/>'
    stimulus = (
        '<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"><qti-stimulus-body>'
        '<p>Look: <img src="pack.svg" alt="a pack"/></p></qti-stimulus-body></qti-assessment-stimulus>'
    )
    data = item(choices("A", "B"), declared=response("A") + shared)
    files = {"item.xml": data, "shared/text.xml": stimulus.encode(), "shared/pack.svg": PICTURE}
    read = read_questions(files)
    assert read.questions[0].prompts == {"en": "Look: ![a pack](pack.svg)\n\nWhich one?"}
    assert read.media == {"pack.svg": PICTURE}
    assert "is not among the files" in why_not(data)


def test_pictures_of_one_name_and_different_content_both_stay() -> None:
    body = '<p><img src="x.svg" alt="one"/></p>' + choices("A", "B")
    files = {
        "a/item.xml": item(body, declared=response("A")),
        "a/x.svg": PICTURE,
        "b/item.xml": item(body, declared=response("A")),
        "b/x.svg": PICTURE + b" ",
    }
    assert read_questions(files).media == {"x.svg": PICTURE, "b-x.svg": PICTURE + b" "}


def test_only_files_of_qti_are_accepted() -> None:
    assert qti3.accepts({"a.xml": GOOD})
    assert qti3.accepts({"imsmanifest.xml": MANIFEST.encode()})
    assert not qti3.accepts({"a.xml": b"<other/>", "b.json": b"{}", "c.txt": GOOD})
    with pytest.raises(InvalidInput, match=r"QTI 3\.0"):
        read_questions({"a.txt": b"no question"})
