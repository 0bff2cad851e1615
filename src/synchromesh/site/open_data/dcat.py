"""The files as a DCAT catalogue in JSON-LD, by which portals of open data find them. https://www.w3.org/TR/vocab-dcat-3/"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from synchromesh.site.open_data.files import licence_address
from synchromesh.site.open_data.published import PublishedFile

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_TITLES = {"courses": "Courses", "framework": "Skills framework"}
_WORDS = {
    "courses": "All published courses with provider, price, length, dates and the skills they teach. Each says whether "
    "it is real, a draft that waits to be checked (starter) or invented (example).",
    "framework": "Job roles, skills, levels, and which role needs which skill at which level.",
}


def catalogue_document(files: Sequence[PublishedFile], *, made_at: datetime) -> dict[str, Any]:
    """A dcat:Catalog with a dataset for each subject and a distribution for each file."""
    site = settings.SITE_ADDRESS
    publisher = {"@type": "foaf:Agent", "foaf:name": settings.ALLIANCE_NAME, "foaf:homepage": {"@id": f"{site}/"}}
    subjects = dict.fromkeys(file.subject for file in files)
    return {
        "@context": _CONTEXT,
        "@id": f"{site}/data/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": {"@language": "en", "@value": f"Open data of {settings.ALLIANCE_NAME}"},
        "dct:publisher": publisher,
        "dct:modified": _moment(made_at),
        "foaf:homepage": {"@id": f"{site}/en/about/data/"},
        "dcat:dataset": [
            {
                "@id": f"{site}/data/catalog.jsonld#{subject}",
                "@type": "dcat:Dataset",
                "dct:title": {"@language": "en", "@value": _TITLES[subject]},
                "dct:description": {"@language": "en", "@value": _WORDS[subject]},
                "dct:publisher": publisher,
                "dct:modified": _moment(made_at),
                "dcat:landingPage": {"@id": f"{site}/en/about/data/"},
                "dcat:distribution": [_distribution(file, made_at) for file in files if file.subject == subject],
            }
            for subject in subjects
        ],
    }


def _distribution(file: PublishedFile, made_at: datetime) -> dict[str, Any]:
    address = f"{settings.SITE_ADDRESS}/data/{file.name}"
    conforms = {"dct:conformsTo": {"@id": file.standard}} if file.standard else {}
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": {"@language": "en", "@value": file.title},
        "dcat:accessURL": {"@id": f"{settings.SITE_ADDRESS}/en/about/data/"},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{file.media_type}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.bytes)},
        "dct:license": {"@id": licence_address(file.subject)},
        "dct:modified": _moment(made_at),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": file.sha256,
        },
        **conforms,
    }


def _moment(when: datetime) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": when.isoformat(timespec="seconds")}
