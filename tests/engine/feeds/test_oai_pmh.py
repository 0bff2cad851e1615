"""OAI-PMH: lists of records with LOM or Dublin Core."""

from __future__ import annotations

import datetime
import io

import pytest

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers import oai_pmh
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings
from synchromesh.engine.vocabulary.money import Money

ADDRESS = "https://example.org/oai?verb=ListRecords&metadataPrefix=oai_lom&set=courses&key=7"


def answer(*inner: str, verb: str = "ListRecords") -> bytes:
    return f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><{verb}>{"".join(inner)}</{verb}></OAI-PMH>'.encode()


def record(metadata: str, *, status: str = "") -> str:
    stated = f' status="{status}"' if status else ""
    return (
        f"<record><header{stated}><identifier>oai:example.org:1</identifier><datestamp>2026-02-03T10:00:00Z</datestamp>"
        f"</header><metadata>{metadata}</metadata></record>"
    )


def lom(*sections: str, title: str = '<string language="de">Zellen prüfen</string>') -> str:
    return (
        f'<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title>{title}</title></general>{"".join(sections)}</lom>'
    )


def dublin_core(inner: str) -> str:
    return (
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</oai_dc:dc>'
    )


def read(data: bytes, *, language: str = "", provider: str = "", currency: str = "") -> list[CourseRecord | Problem]:
    return list(
        oai_pmh.read(
            io.BytesIO(data),
            name=ADDRESS,
            settings=ReadSettings(language=language, provider=provider, currency=currency),
        )
    )


def course(metadata: str, **settings: str) -> CourseRecord:
    (found,) = read(answer(record(metadata)), **settings)
    assert isinstance(found, CourseRecord), found
    return found


def test_lom_describes_a_course() -> None:
    found = course(
        '<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><identifier><catalog>URI</catalog>'
        '<entry>https://example.org/entry</entry></identifier><title><string language="de">Zellen prüfen</string>'
        '<string language="en">Testing cells</string></title><language>ger</language><language>en</language>'
        '<description><string language="de">&lt;p&gt;Ein Kurs.&lt;/p&gt;</string></description>'
        '<keyword><string language="de">Zelle</string></keyword></general>'
        "<lifeCycle><contribute><role><value>author</value></role><entity>BEGIN:VCARD\nFN:Ada\nEND:VCARD</entity>"
        "</contribute><contribute><role><source>LOMv1.0</source><value>publisher</value></role>"
        "<entity><![CDATA[BEGIN:VCARD\nVERSION:3.0\nN:;North\nFN:North\nORG:North Training\\, Inc;Dept\n"
        "END:VCARD]]></entity>"
        "</contribute></lifeCycle><technical><location>https://example.org/cells</location></technical>"
        "<educational><learningResourceType><source>LREv3.0</source><value>course</value></learningResourceType>"
        "<typicalLearningTime><duration>PT12H</duration></typicalLearningTime></educational>"
        "<rights><cost><value>no</value></cost><description><string>see</string>"
        "<string>https://creativecommons.org/licenses/by/4.0/</string></description></rights>"
        "<classification><purpose><value>discipline</value></purpose><taxonPath><taxon><id>1</id>"
        "<entry><string language='de'>Elektrotechnik</string></entry></taxon></taxonPath></classification></lom>"
    )
    assert found.external_id == "oai:example.org:1"
    assert found.titles == {"de": "Zellen prüfen", "en": "Testing cells"}
    assert found.descriptions == {"de": "Ein Kurs."}
    assert found.languages == ("de", "en")
    assert found.keywords == ("Zelle", "Elektrotechnik")
    assert found.provider == "North Training, Inc;Dept"
    assert (found.url, found.source_url) == ("https://example.org/cells", "https://example.org/cells")
    assert (found.minutes, found.workload_text, found.price) == (720, "PT12H", Money(cents=0))
    assert found.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert (found.record_type, found.source_on) == ("course", datetime.date(2026, 2, 3))


def test_ims_metadata_with_its_own_spelling_is_read() -> None:
    found = course(
        '<lom xmlns="http://www.imsglobal.org/xsd/imsmd_v1p2"><general><title>'
        '<langstring xml:lang="cs">Kurz</langstring></title></general>'
        "<lifecycle><contribute><role><value><langstring>Publisher</langstring></value></role>"
        "<centity><vcard>BEGIN:vCard VERSION:3.0 FN:Škola N:Škola END:vCard</vcard></centity></contribute></lifecycle>"
        "<educational><learningresourcetype><value><langstring>Online Course</langstring></value>"
        "</learningresourcetype></educational></lom>"
    )
    assert (found.titles, found.provider, found.record_type) == ({"cs": "Kurz"}, "Škola", "Online Course")


def test_dublin_core_describes_a_course() -> None:
    found = course(
        dublin_core(
            '<dc:title xml:lang="it">Celle</dc:title><dc:title xml:lang="en">Cells</dc:title>'
            "<dc:description>Un corso.</dc:description><dc:subject>batterie</dc:subject><dc:language>ita</dc:language>"
            "<dc:publisher>Nord</dc:publisher><dc:identifier>doi:1</dc:identifier><dc:type>Corso</dc:type>"
            "<dc:identifier>https://example.org/celle</dc:identifier><dc:rights>CC BY</dc:rights>"
        ),
        language="it",
    )
    assert found.titles == {"it": "Celle", "en": "Cells"}
    assert found.descriptions == {"it": "Un corso."}
    assert (found.languages, found.provider, found.licence) == (("it",), "Nord", "CC BY")
    assert found.url == "https://example.org/celle"


@pytest.mark.parametrize(
    ("stated", "kind"),
    [("exercise", "a document"), ("video", "a video"), ("Arbeitsblatt", "a document"), ("gizmo", "'gizmo'")],
)
def test_a_record_that_states_types_is_a_course_only_if_one_of_them_says_so(stated: str, kind: str) -> None:
    resource = f"<learningResourceType><value>{stated}</value></learningResourceType>"
    (problem,) = read(answer(record(lom(f"<educational>{resource}</educational>"))))
    assert isinstance(problem, Problem)
    assert problem.message == f"'Zellen prüfen' says that it is {kind}, and only courses are read."
    also = "<learningResourceType><value>https://w3id.org/kim/hcrt/course</value></learningResourceType>"
    course(lom(f"<educational>{resource}{also}</educational>"))


def test_a_record_without_types_is_taken_for_a_course() -> None:
    assert course(lom()).record_type == ""


@pytest.mark.parametrize(
    ("metadata", "field"),
    [
        (lom(title=""), "title"),
        (dublin_core("<dc:title/>"), "title"),
        ('<mods xmlns="http://www.loc.gov/mods/v3"/>', "metadata"),
        ("", "metadata"),
    ],
)
def test_a_record_that_cannot_be_read_is_a_problem(metadata: str, field: str) -> None:
    (problem,) = read(answer(record(metadata)))
    assert isinstance(problem, Problem)
    assert (problem.position, problem.field) == ("record 1", field)


def test_deleted_records_are_reported_once() -> None:
    found = read(answer(record("", status="deleted"), record(lom()), record("", status="deleted")))
    assert isinstance(found[0], CourseRecord)
    (problem,) = found[1:]
    assert isinstance(problem, Problem)
    assert problem.message.startswith("The source has marked 2 records as deleted (record 1, record 3).")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("badArgument", "does not understand the address"),
        ("badResumptionToken", "Fetch it again"),
        ("badVerb", "verb=ListRecords"),
        ("cannotDisseminateFormat", "metadataPrefix=oai_dc"),
        ("idDoesNotExist", "no record of this id"),
        ("noSetHierarchy", "has no sets"),
        ("odd", "answers 'Out of order'"),
    ],
)
def test_an_answer_with_an_error_is_refused_with_what_to_do(code: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        read(f'<OAI-PMH><error code="{code}">Out of  order</error></OAI-PMH>'.encode())


def test_no_records_are_no_error() -> None:
    assert read(b'<OAI-PMH><error code="noRecordsMatch"/></OAI-PMH>') == []


@pytest.mark.parametrize("data", [answer(verb="Identify"), answer("<header/>", verb="ListIdentifiers"), b"<OAI-PMH/>"])
def test_an_answer_to_another_question_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="verb=ListRecords"):
        read(data)


def test_the_token_leads_to_the_next_part() -> None:
    token = '<resumptionToken completeListSize="200" cursor="0">a/b c&amp;d</resumptionToken>'
    (following,) = oai_pmh.follow(io.BytesIO(answer(record(lom()), token)), address=ADDRESS)
    assert following == "https://example.org/oai?key=7&verb=ListRecords&resumptionToken=a%2Fb+c%26d"


@pytest.mark.parametrize("data", [answer("<resumptionToken/>"), answer(record(lom())), b"<OAI-PMH><x"])
def test_without_a_token_the_list_ends(data: bytes) -> None:
    assert oai_pmh.follow(io.BytesIO(data), address=ADDRESS) == ()
