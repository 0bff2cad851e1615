"""Small valid files of every format, made here."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping

import docx
import typst
from docx.document import Document as WordDocument
from pypdf import PdfReader, PdfWriter

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file; `mimetype` is stored as OpenDocument wants it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            packing = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(path, content, compress_type=packing)
    return target.getvalue()


def word_file(document: WordDocument) -> bytes:
    """The bytes of a Word document."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def word_cv() -> bytes:
    """A CV with a heading, paragraphs, a list and a table."""
    document = docx.Document()
    document.add_heading("Work experience", level=1)
    document.add_paragraph("Assembled battery modules for five years.")
    document.add_paragraph("Tested cells", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "German"
    table.cell(1, 1).text = "fluent"
    return word_file(document)


def word_body(body: str, **others: str) -> bytes:
    """A bare DOCX with the given XML in its body, and other parts by path."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
            **others,
        }
    )


def open_document(body: str, *, manifest: str = "<manifest/>") -> bytes:
    """An ODT with the given XML as its text."""
    spaces = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "text", "table", "draw"))
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def open_document_cv() -> bytes:
    """A CV with the same parts as the Word one."""
    return open_document(
        "<text:h>Work experience</text:h><text:p>Assembled battery <text:s text:c='2'/>modules<text:tab/>for years."
        "</text:p><text:list><text:list-item><text:p>Tested cells</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>German</text:p></table:table-cell>"
        "<table:table-cell><text:p>fluent</text:p></table:table-cell></table:table-row></table:table>"
    )


def pdf_objects(*objects: bytes) -> bytes:
    """A PDF of the given objects, numbered from 1; the first is the catalogue."""
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    return written + head + table + trailer


def pdf_stream(content: bytes) -> bytes:
    """A packed stream."""
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def pdf_of_pages(*contents: bytes) -> bytes:
    """A PDF with one page for each drawing."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * index)
        )
        objects.append(pdf_stream(content))
    return pdf_objects(*objects)


def pdf_of_lines(*pages: list[str]) -> bytes:
    """A PDF with the given lines on each page, one below the other."""
    contents = []
    for lines in pages:
        drawn = b" 0 -14 Td ".join(
            b"(%s) Tj" % line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines
        )
        contents.append(b"BT /F1 11 Tf 72 720 Td " + drawn + b" ET")
    return pdf_of_pages(*contents)


def typeset_pdf(text: str) -> bytes:
    """A PDF that Typst sets from its own markup."""
    pdf: bytes = typst.compile(f"#set document(date: datetime(year: 2026, month: 1, day: 1))\n{text}".encode())
    return pdf


def locked_pdf(password: str, *, owner_only: bool = False) -> bytes:
    """A PDF with a password, for opening it or only for changing it."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf_of_lines(["Assembled battery modules."]))))
    writer.encrypt("" if owner_only else password, owner_password=password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pdf_with_attachment(name: str, content: bytes) -> bytes:
    """A PDF of one page with a file attached."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf_of_lines(["The printed page."]))))
    writer.add_attachment(name, content)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pdf_with_attachments(*contents: bytes) -> bytes:
    """A PDF of one page with files attached, each packed."""
    first = 5
    names = b" ".join(b"(%02d) %d 0 R" % (index, first + 2 * index) for index in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [%s] >> >> >>" % names,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << >> >>",
        pdf_stream(b""),
    ]
    for index, content in enumerate(contents):
        objects += [b"<< /Type /Filespec /EF << /F %d 0 R >> >>" % (first + 2 * index + 1), pdf_stream(content)]
    return pdf_objects(*objects)


def candidate(profile: str, *, more: str = "") -> bytes:
    """A Europass CV of the present generation with the given profile."""
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"
  xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:eures="http://www.europass_eures.eu/1.0">
  <CandidateSupplier><hr:PartyName>Owner</hr:PartyName></CandidateSupplier>
  <CandidatePerson><PersonName><oa:GivenName>Ada</oa:GivenName><hr:FamilyName>Example</hr:FamilyName></PersonName>
    <Communication><ChannelCode>Email</ChannelCode><oa:URI>ada@example.org</oa:URI></Communication></CandidatePerson>
  <CandidateProfile languageCode="en">{profile}</CandidateProfile>{more}
</Candidate>""".encode()


CANDIDATE_PROFILE = """
<hr:ExecutiveSummary>&lt;p&gt;Battery technician.&lt;/p&gt;</hr:ExecutiveSummary>
<EmploymentHistory>
  <EmployerHistory><hr:OrganizationName>Example Cells</hr:OrganizationName>
    <OrganizationContact><Communication><Address><oa:CityName>Ostrava</oa:CityName></Address></Communication>
    </OrganizationContact>
    <PositionHistory><PositionTitle typeCode="FREETEXT">Operator</PositionTitle>
      <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2018-01</hr:FormattedDateTime></eures:StartDate>
        <eures:EndDate><hr:FormattedDateTime>2020-06-30T00:00:00</hr:FormattedDateTime></eures:EndDate>
        <hr:CurrentIndicator>false</hr:CurrentIndicator></eures:EmploymentPeriod>
      <oa:Description>&lt;ul&gt;&lt;li&gt;Ran the &lt;b&gt;stacking&lt;/b&gt; line&lt;/li&gt;
        &lt;li&gt;R&amp;amp;D trials&lt;/li&gt;&lt;/ul&gt;</oa:Description></PositionHistory></EmployerHistory>
  <EmployerHistory><hr:OrganizationName>Example Packs</hr:OrganizationName>
    <PositionHistory><PositionTitle>Technician</PositionTitle>
      <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2020-07</hr:FormattedDateTime></eures:StartDate>
        <hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod></PositionHistory></EmployerHistory>
</EmploymentHistory>
<EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>Example School</hr:OrganizationName>
  <EducationLevelCode>4</EducationLevelCode>
  <EducationDegree><hr:DegreeName>Electrician</hr:DegreeName>
    <OccupationalSkillsCovered>High voltage safety</OccupationalSkillsCovered></EducationDegree>
</EducationOrganizationAttendance></EducationHistory>
<PersonQualifications><PersonCompetency><CompetencyID schemeName="NORMAL">deu</CompetencyID>
  <hr:TaxonomyID>language</hr:TaxonomyID><eures:CompetencyDimension>
  <hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode>
  <eures:Score><hr:ScoreText>B2</hr:ScoreText></eures:Score></eures:CompetencyDimension></PersonCompetency>
</PersonQualifications>
<EmploymentReferences><Referee><PersonName><oa:GivenName>Boss</oa:GivenName></PersonName></Referee></EmploymentReferences>
<Skills><SkillsGroup><Title>Office</Title><PersonCompetency><hr:CompetencyName>Spreadsheets</hr:CompetencyName>
</PersonCompetency></SkillsGroup></Skills>
"""

LEARNER_INFO = b"""<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en"><LearnerInfo>
<Identification><PersonName><FirstName>Ada</FirstName><Surname>Example</Surname></PersonName></Identification>
<Headline><Type><Label>Job applied for</Label></Type><Description><Label>Shift leader</Label></Description></Headline>
<WorkExperienceList><WorkExperience>
  <Period><From year="2002" month="--03" day="---10"/><To year="2004"/></Period>
  <Position><Code>123</Code><Label>Electrician</Label></Position>
  <Activities>&lt;p&gt;Wired switch cabinets.&lt;/p&gt;
  &lt;ul&gt;&lt;li&gt;Tested them&lt;/li&gt;&lt;/ul&gt;</Activities>
  <Employer><Name>Example Works</Name><ContactInfo><Address><Contact><Municipality>Brno</Municipality></Contact>
  </Address></ContactInfo></Employer></WorkExperience></WorkExperienceList>
<EducationList><Education><Title>Apprenticeship</Title></Education></EducationList>
<Skills><Linguistic><ForeignLanguageList><ForeignLanguage><Description><Code>fr</Code><Label>French</Label></Description>
  <ProficiencyLevel><Listening>C1</Listening><Writing>B2</Writing></ProficiencyLevel>
  <VerifiedBy><Certificate><Title>DELF</Title></Certificate></VerifiedBy></ForeignLanguage></ForeignLanguageList></Linguistic>
  <Computer><Description>- spreadsheets&lt;br/&gt;- PLC programming</Description></Computer>
  <Driving><Description><Licence>C</Licence><Licence>B</Licence></Description></Driving></Skills>
</LearnerInfo></SkillsPassport>"""

PASSPORT_JSON = json.dumps(
    {
        "SkillsPassport": {
            "LearnerInfo": {
                "Identification": {"PersonName": {"FirstName": "Ada", "Surname": "Example"}},
                "WorkExperience": [
                    {
                        "Period": {"From": {"Year": 2002, "Month": 3}, "Current": True},
                        "Position": {"Label": "Electrician"},
                        "Activities": "Wired switch cabinets.<br/>Tested them.",
                        "Employer": {"Name": "Example Works"},
                    },
                    {"Position": {"Label": "Fitter"}},
                ],
                "Skills": {"Driving": {"Description": ["B", "C"]}, "Other": {"Description": "First aid"}},
            }
        }
    }
).encode()

HTML_PAGE = (
    b"<!doctype html><html><head><title>Course</title><style>p {color: red}</style></head><body>"
    b"<h1>Battery course</h1><p>Below U &lt; 60&nbsp;V<br>all may work.</p><ul><li>cells<li>modules</ul>"
    b"<script>document.write('<p>hidden</p>')</script><table><tr><td>Price</td><td>free</td></tr></table></body></html>"
)

TEXT = "WORK EXPERIENCE\n\n- Zellfertigung in Größe L\n- údržba baterií\n\nΑσφάλεια μπαταριών."


def every_sample() -> dict[str, bytes]:
    """One valid file of each format, by what it is."""
    return {
        "DOCX": word_cv(),
        "ODT": open_document_cv(),
        "PDF": pdf_of_lines(["Assembled battery", "modules."], ["Second page"]),
        "typeset PDF": typeset_pdf("= Work\nAssembled battery modules.\n- Tested cells"),
        "PDF with Europass data": pdf_with_attachment("attachment.xml", candidate(CANDIDATE_PROFILE)),
        "Europass Candidate": candidate(CANDIDATE_PROFILE),
        "Europass LearnerInfo": LEARNER_INFO,
        "Europass JSON": PASSPORT_JSON,
        "HTML": HTML_PAGE,
        "UTF-8": TEXT.encode(),
        "UTF-16": TEXT.encode("utf-16"),
        "Windows-1252": "Prüfung von Größen, ça va".encode("cp1252"),
    }
