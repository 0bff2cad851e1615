"""A small sound feed of each format, by the name of its reader; the tests of all readers go through them."""

from __future__ import annotations

import json

_SCHEMA_ORG = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "Course",
            "identifier": "b1",
            "name": "Battery basics",
            "provider": {"@type": "Organization", "name": "A"},
        },
        {"@type": "Course", "identifier": "b2", "name": "Battery packs", "url": "https://example.org/b2"},
    ],
}
_MOOCHUB = {
    "links": {"self": "https://example.org/?page=1", "first": "https://example.org/?page=1"},
    "data": [
        {"id": "b1", "type": "Course", "attributes": {"name": "Battery basics", "inLanguage": ["en"]}},
        {"id": "b2", "type": "Course", "attributes": {"name": "Battery packs", "courseMode": ["online"]}},
    ],
}
_MOODLE = [
    {"id": 2, "shortname": "b1", "fullname": "Battery basics", "summary": "<p>Cells</p>", "visible": 1},
    {"id": 3, "shortname": "b2", "fullname": "Battery packs", "startdate": 1767222000, "visible": 1},
]

_ELM = """<?xml version="1.0" encoding="UTF-8"?>
<Courses xmlns="http://data.europa.eu/snb/model/ap/loq-constraints/"><learningOpportunityReferences>
<learningOpportunity id="https://example.org/b1"><title language="en">Battery basics</title>
<title language="de">Batterien</title><homepage><contentUrl>https://example.org/b1</contentUrl></homepage>
<providedBy idref="urn:a"/></learningOpportunity>
<learningOpportunity id="https://example.org/b2"><title language="en">Battery packs</title></learningOpportunity>
</learningOpportunityReferences><agentReferences><organisation id="urn:a"><legalName language="en">A</legalName>
</organisation></agentReferences></Courses>"""
_XCRI = """<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:mlo="http://purl.org/net/mlo"><provider><dc:title>A</dc:title><course><dc:identifier>b1</dc:identifier>
<dc:title>Battery basics</dc:title><presentation><mlo:start dtf="2027-03-01">1 March</mlo:start></presentation></course>
<course><dc:title>Battery packs</dc:title></course></provider></catalog>"""
_RSS = """<rss version="2.0"><channel><title>Courses</title><item><title>Battery basics</title>
<link>https://example.org/b1</link></item><item><title>Battery packs</title><link>https://example.org/b2</link></item>
</channel></rss>"""
_CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:b1-1
SUMMARY:Battery basics
DTSTART;VALUE=DATE:20270301
END:VEVENT
END:VCALENDAR
"""
_OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header><identifier>oai:a:b1
</identifier></header><metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title>
<string language="en">Battery basics</string></title></general></lom></metadata></record></ListRecords></OAI-PMH>"""
_SITEMAP = "<urlset><url><loc>https://example.org/b1</loc></url></urlset>"

SAMPLES: dict[str, bytes] = {
    "csv_template": b"id,title,provider\nb1,Battery basics,A\nb2,Battery packs,A\n",
    "elm_opportunities": _ELM.encode(),
    "icalendar_events": _CALENDAR.encode(),
    "moochub": json.dumps(_MOOCHUB).encode(),
    "moodle": json.dumps(_MOODLE).encode(),
    "oai_pmh": _OAI.encode(),
    "rss_atom": _RSS.encode(),
    "schema_org": json.dumps(_SCHEMA_ORG).encode(),
    "sitemap": _SITEMAP.encode(),
    "xcri_cap": _XCRI.encode(),
}
