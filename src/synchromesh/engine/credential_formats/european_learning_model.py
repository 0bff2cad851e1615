"""A credential in the words of the European Learning Model 3: the JSON-LD of the European Digital Credentials.

What a record says in plain words where the model wants a controlled list (identity check, form of participation,
quality assurance) stands in notes, for a wrong code would say more than the issuer did. Sources: ELM 3.1, application
profile EDC (EDC-generic-no-cv.ttl 1.1.0, also met: 1.2.0 of ELM 3.2); Verifiable Credentials Data Model 1.1; authority
lists of the Publications Office (http://publications.europa.eu/resource/authority).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from synchromesh.engine.credential_formats.instants import instant_text
from synchromesh.engine.credential_formats.records import (
    AchievementRecord,
    CredentialRecord,
    EvidenceRecord,
    IssuerRecord,
    SkillRecord,
    StatusPlace,
    Texts,
)
from synchromesh.engine.credential_formats.wording import Wording
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.iso_codes import THREE_LETTER_COUNTRIES, THREE_LETTER_LANGUAGES

CONTEXTS = ("https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap")
CREDENTIAL_TYPE = "EuropeanDigitalCredential"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_EUROPASS = "http://data.europa.eu/snb"
_STATUS = "https://www.w3.org/ns/credentials/status#"
# The shapes of 2023 ask that credentialStatus be a literal, which the context of the Data Model 1.1 makes impossible.
# So the entries stand at the claim, by their full name, where no shape speaks of them; `status_entries` finds them.
_STATUS_AT_CLAIM = "cred:credentialStatus"
Node = dict[str, Any]


def elm_document(record: CredentialRecord, *, wording: Wording, picture: bytes, legal_id: str) -> Node:
    """Say a record in the European Learning Model.

    `picture` is the PNG that viewers show for it, `legal_id` the issuer's identifier as in the certificate of the seal.
    Raises InvalidInput for a country or language without a code in the authority lists, for a text that lacks, and for
    ECTS points of an issuer that is no higher-education body.
    """
    document = {
        "@context": list(CONTEXTS),
        "id": record.url,
        "type": ["VerifiableCredential", CREDENTIAL_TYPE],
        "credentialProfiles": _concept(f"{_EUROPASS}/credential/e34929035b", {"en": "Generic"}),
        "credentialSchema": {"id": f"{_EUROPASS}/model/ap/edc-generic-full", "type": "ShaclValidator2017"},
        "identifier": _identifier(record.uid, of=record.url),
        "displayParameter": _display(record, picture),
        "issuer": _organisation(record.issuer) | {"eIDASIdentifier": _legal_identifier(record.issuer, legal_id)},
        "issuanceDate": instant_text(record.issued_at),
        "issued": instant_text(record.issued_at),
        "validFrom": instant_text(record.valid_from),
        "credentialSubject": {
            "id": record.holder.did or f"{record.url}#holder",
            "type": "Person",
            "fullName": {record.language: record.holder.name},
            "hasClaim": _claim(record, wording) | _status(record),
        },
    }
    if record.valid_until:
        until = instant_text(record.valid_until)
        document |= {"validUntil": until, "expirationDate": until}
    return document


def status_entries(document: Mapping[str, Any]) -> list[Any]:
    """All status entries of a European credential: at its top, and where `elm_document` puts them, by short names."""
    subject = document.get("credentialSubject")
    claim = subject.get("hasClaim") if isinstance(subject, Mapping) else None
    places = [document.get("credentialStatus"), claim.get(_STATUS_AT_CLAIM) if isinstance(claim, Mapping) else None]
    return [_short(entry) for place in places if place for entry in (place if isinstance(place, list) else [place])]


def _short(entry: Any) -> Any:
    """A status entry with the names that everybody uses: `statusPurpose` for its full address."""
    if not isinstance(entry, Mapping):
        return entry
    named = {str(key).removeprefix(_STATUS): value for key, value in entry.items()}
    if isinstance(place := named.get("statusListCredential"), Mapping):
        named["statusListCredential"] = place.get("id")
    if isinstance(kind := named.get("type"), str):
        named["type"] = kind.removeprefix(_STATUS)
    return named


def _claim(record: CredentialRecord, wording: Wording) -> Node:
    achievement = record.achievement
    node: Node = {
        "id": f"{record.url}#achievement",
        "type": "LearningAchievement",
        "title": _texts(achievement.titles, "title"),
        "awardedBy": _award(record),
        "provenBy": _assessment(record, wording),
        "specifiedBy": _specification(record, wording),
    }
    if achievement.descriptions:
        node["description"] = dict(achievement.descriptions)
    if achievement.ects is not None:
        node["creditReceived"] = _credit(record, wording)
    if record.evidence:
        documents = [_web_resource(proof) for proof in record.evidence if proof.url]
        node |= {"supplementaryDocument": documents} if documents else {}
        hashes = [_hash_note(proof, record, number) for number, proof in enumerate(record.evidence) if proof.sha256]
        node |= {"additionalNote": hashes} if hashes else {}
    if record.parts:
        node["hasPart"] = [_claim(part, wording) for part in record.parts]
    return node


def _assessment(record: CredentialRecord, wording: Wording) -> Node:
    achievement, base = record.achievement, f"{record.url}#assessment"
    percent = record.result_percent
    grade = wording.say("passed") if percent is None else f"{wording.number(percent)} %"
    specified: Node = {
        "id": f"{base}-specification",
        "type": "LearningAssessmentSpecification",
        "title": _texts(achievement.assessment or achievement.titles, "assessment"),
    }
    if achievement.criteria:
        specified["description"] = dict(achievement.criteria)
    node = {
        "id": base,
        "type": "LearningAssessment",
        "title": _texts(achievement.assessment or achievement.titles, "assessment"),
        "awardedBy": _award(record),
        "grade": _note(f"{base}-grade", {wording.language: grade}),
        "specifiedBy": specified,
    }
    return node | _notes(record, wording, ("identity_check", achievement.identity_check))


def _specification(record: CredentialRecord, wording: Wording) -> Node:
    """The achievement itself. Only a Qualification can bear an EQF level in the model."""
    achievement = record.achievement
    outcomes = [_outcome(record, number, texts) for number, texts in enumerate(achievement.outcomes, 1)]
    outcomes += [_skill_outcome(skill, record, number, wording) for number, skill in enumerate(achievement.skills, 1)]
    node: Node = {
        "id": achievement.url,
        "type": "Qualification" if achievement.eqf is not None else "LearningAchievementSpecification",
        "title": _texts(achievement.titles, "title"),
        "identifier": _identifier(achievement.uid, of=achievement.url),
        "homepage": _homepage(achievement.url),
        "learningSetting": _concept(f"{_EUROPASS}/learning-setting/e207a81fc7", {"en": "non-formal learning"}),
    }
    if achievement.descriptions:
        node["description"] = dict(achievement.descriptions)
    if achievement.minutes:
        node["volumeOfLearning"] = _duration(achievement.minutes)
    if outcomes:
        node["learningOutcome"] = outcomes
    if achievement.eqf is not None:
        level = achievement.eqf
        node |= {
            "eqfLevel": _concept(f"{_EUROPASS}/eqf/{level}", {"en": f"Level {level}"}),
            "isPartialQualification": True,
        }
    if achievement.ects is not None:
        node["creditPoint"] = _credit(record, wording)
    return node | _notes(record, wording, *_stated_aside(achievement, wording))


def _stated_aside(achievement: AchievementRecord, wording: Wording) -> list[tuple[str, Texts]]:
    """What the model has no field of free text for: labels, and the texts behind them."""
    own = wording.language
    return [
        ("participation", achievement.participation),
        ("quality_assurance", achievement.quality_assurance),
        ("level", {own: wording.level(achievement.level)} if achievement.level else {}),
        ("eqf", {own: _eqf(achievement, wording)} if achievement.eqf is not None else {}),
        *(("part_of", {own: address}) for address in achievement.part_of),
    ]


def _eqf(achievement: AchievementRecord, wording: Wording) -> str:
    return wording.say("eqf_as_stated", level=str(achievement.eqf), source=achievement.eqf_source)


def _notes(record: CredentialRecord, wording: Wording, *stated: tuple[str, Texts]) -> Node:
    """Labelled texts as notes. The label is in the language of the wording, the text in each of its own."""
    notes = [
        _note(
            f"{record.achievement.url}#{key}-{number}",
            {language: f"{wording.say(key)}: {text}" for language, text in texts.items()},
        )
        for number, (key, texts) in enumerate(stated, 1)
        if texts
    ]
    return {"additionalNote": notes} if notes else {}


def _outcome(record: CredentialRecord, number: int, texts: Texts) -> Node:
    return {
        "id": f"{record.achievement.url}#outcome-{number}",
        "type": "LearningOutcome",
        "title": _texts(texts, "outcomes"),
    }


def _skill_outcome(skill: SkillRecord, record: CredentialRecord, number: int, wording: Wording) -> Node:
    base = f"{record.achievement.url}#skill-{number}"
    node: Node = {
        "id": base,
        "type": "LearningOutcome",
        "title": _texts(skill.names, "skills"),
        "relatedSkill": {"id": skill.url, "type": "Concept", "prefLabel": dict(skill.names)},
        "additionalNote": _note(
            f"{base}-level", {wording.language: f"{wording.say('level')}: {wording.level(skill.level)}"}
        ),
    }
    if skill.esco_uri:
        scheme = {"id": "http://data.europa.eu/esco/concept-scheme/skills", "type": "ConceptScheme"}
        node["relatedESCOSkill"] = {
            "id": skill.esco_uri,
            "type": "Concept",
            "inScheme": scheme,
            "prefLabel": dict(skill.names),
        }
    return node


def _credit(record: CredentialRecord, wording: Wording) -> Node:
    if not record.issuer.is_higher_education or record.achievement.ects is None:
        raise InvalidInput("Only a higher-education body may state ECTS points.", field="ects")
    framework = _concept(f"{_EUROPASS}/education-credit/6fcec5c5af", {"en": "European Credit Transfer System"})
    return {
        "id": f"{record.achievement.url}#credit",
        "type": "CreditPoint",
        "framework": framework,
        "point": f"{record.achievement.ects.normalize():f}",
    }


def _award(record: CredentialRecord) -> Node:
    return {
        "id": f"{record.url}#award",
        "type": "AwardingProcess",
        "awardingBody": _organisation(record.issuer),
        "awardingDate": instant_text(record.issued_at),
    }


def _organisation(issuer: IssuerRecord) -> Node:
    address = {"id": f"{issuer.did}#address", "type": "Address", "countryCode": _country(issuer.country)}
    node: Node = {
        "id": issuer.did,
        "type": "Organisation",
        "legalName": {"en": issuer.name},
        "location": {"id": f"{issuer.did}#location", "type": "Location", "address": address},
    }
    if issuer.url:
        node["homepage"] = _homepage(issuer.url)
    if issuer.email:
        mailbox = {"id": f"mailto:{issuer.email}", "type": "Mailbox"}
        node["contactPoint"] = {"id": f"{issuer.did}#contact", "type": "ContactPoint", "emailAddress": mailbox}
    return node


def _legal_identifier(issuer: IssuerRecord, legal_id: str) -> Node:
    return {
        "id": f"{issuer.did}#legal-identifier",
        "type": "LegalIdentifier",
        "notation": legal_id,
        "spatial": _country(issuer.country),
    }


def _display(record: CredentialRecord, picture: bytes) -> Node:
    language = _language(record.language)
    written = sorted({record.language, *record.achievement.titles})
    image = {
        "id": f"{record.url}#picture",
        "type": "MediaObject",
        "content": base64.b64encode(picture).decode("ascii"),
        "contentEncoding": _concept(f"{_EUROPASS}/encoding/6146cde7dd", {"en": "base64"}),
        "contentType": _concept(f"{_AUTHORITY}/file-type/PNG", {"en": "PNG"}, scheme=f"{_AUTHORITY}/file-type"),
    }
    detail = {"id": f"{record.url}#page-1", "type": "DisplayDetail", "image": image, "page": 1}
    display = f"{record.url}#display"
    node: Node = {
        "id": display,
        "type": "DisplayParameter",
        "title": _texts(record.achievement.titles, "title"),
        "primaryLanguage": language,
        "language": [_language(code) for code in written],
        "individualDisplay": {
            "id": f"{display}-{record.language}",
            "type": "IndividualDisplay",
            "language": language,
            "displayDetail": detail,
        },
    }
    if record.achievement.descriptions:
        node["description"] = dict(record.achievement.descriptions)
    return node


def _status(record: CredentialRecord) -> Node:
    entries = [_status_entry(place, record) for place in record.status]
    return {_STATUS_AT_CLAIM: entries} if entries else {}


def _status_entry(place: StatusPlace, record: CredentialRecord) -> Node:
    """Bitstring Status List 1.0, section 2.1, its members by full name, for no context of this document has them."""
    return {
        "id": f"{record.url}#status-{place.purpose}",
        "type": f"{_STATUS}BitstringStatusListEntry",
        f"{_STATUS}statusPurpose": place.purpose,
        f"{_STATUS}statusListIndex": str(place.index),
        f"{_STATUS}statusListCredential": {"id": place.list_url},
    }


def _web_resource(evidence: EvidenceRecord) -> Node:
    return {
        "id": evidence.url,
        "type": "WebResource",
        "title": _texts(evidence.names, "evidence"),
        "contentURL": evidence.url,
    }


def _hash_note(evidence: EvidenceRecord, record: CredentialRecord, number: int) -> Node:
    texts = {language: f"{name}: SHA-256 {evidence.sha256}" for language, name in evidence.names.items()}
    return _note(f"{record.url}#evidence-{number}", texts)


def _note(node_id: str, texts: Texts) -> Node:
    return {"id": node_id, "type": "Note", "noteLiteral": dict(texts)}


def _identifier(notation: str, *, of: str) -> Node:
    return {"id": f"{of}#identifier", "type": "Identifier", "notation": notation}


def _homepage(url: str) -> Node:
    return {"id": f"{url}#homepage", "type": "WebResource", "contentURL": url}


def _duration(minutes: int) -> str:
    """ISO 8601: hours and minutes, as workloads are counted."""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")


def _country(code: str) -> Node:
    if code not in THREE_LETTER_COUNTRIES:
        raise InvalidInput(f"“{code}” is no country code of ISO 3166-1.", field="country")
    return _authority("country", THREE_LETTER_COUNTRIES[code])


def _language(code: str) -> Node:
    if code not in THREE_LETTER_LANGUAGES:
        raise InvalidInput(f"“{code}” is no language code of ISO 639-1.", field="language")
    return _authority("language", THREE_LETTER_LANGUAGES[code].upper())


def _authority(table: str, code: str) -> Node:
    scheme = f"{_AUTHORITY}/{table}"
    return {
        "id": f"{scheme}/{code}",
        "type": "Concept",
        "inScheme": {"id": scheme, "type": "ConceptScheme"},
        "notation": table,
    }


def _concept(uri: str, labels: Texts, *, scheme: str = "") -> Node:
    # Lists of Europass bear this number as the name of their own scheme.
    listed = scheme or f"{uri.rsplit('/', 1)[0]}/25831c2"
    return {
        "id": uri,
        "type": "Concept",
        "inScheme": {"id": listed, "type": "ConceptScheme"},
        "prefLabel": dict(labels),
    }


def _texts(texts: Texts, field: str) -> dict[str, str]:
    if not texts:
        raise InvalidInput("The European Learning Model needs this text in at least one language.", field=field)
    return dict(texts)
