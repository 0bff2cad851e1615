"""The server of the VC API, without a network: what W3C's suites ask of it in their positive and negative cases."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from typing import Any

import pytest
from tests.conformance.presentations import check_presentation
from tests.conformance.vc_api import DID, KEY, VcApi, _now, answer, handler_for

from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.offline import Offline

CREDENTIAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "urn:uuid:0190a3f2-0000-7000-8000-000000000001",
    "type": ["VerifiableCredential"],
    "issuer": DID,
    "credentialSubject": {"id": "urn:uuid:0190a3f2-0000-7000-8000-000000000002"},
}

pytestmark = pytest.mark.conformance


@pytest.fixture
def api() -> VcApi:
    return VcApi("https://localhost:8443")


def post(api: VcApi, path: str, **body: Any) -> tuple[int, Any]:
    return answer(api, "POST", path, json.dumps(body).encode())


@pytest.mark.parametrize("way", ["rdfc", "jcs", "jwt", "status"])
def test_what_is_issued_verifies_and_a_changed_one_does_not(api: VcApi, way: str) -> None:
    status, issued = post(api, f"/{way}/credentials/issue", credential=CREDENTIAL)
    assert status == 201
    checks = {"checks": ["proof", "credentialStatus"]}
    assert post(api, f"/{way}/credentials/verify", verifiableCredential=issued, options=checks)[0] == 200
    changed = (
        {**issued, "credentialSubject": {"id": "urn:other"}} if way != "jwt" else {**issued, "id": issued["id"] + "A"}
    )
    status, faults = post(api, f"/{way}/credentials/verify", verifiableCredential=changed, options=checks)
    assert (status, faults["verified"]) == (400, False)
    assert faults["errors"]


@pytest.mark.parametrize(
    "changes", [{"@context": []}, {"type": []}, {"issuer": None}, {"credentialSubject": {}}, {"undefined": 1}]
)
def test_what_breaks_the_data_model_is_not_issued(api: VcApi, changes: dict[str, Any]) -> None:
    assert post(api, "/rdfc/credentials/issue", credential={**CREDENTIAL, **changes})[0] == 400
    assert post(api, "/rdfc/credentials/issue", credential="text")[0] == 400


def test_a_withdrawn_credential_no_longer_verifies_until_that_is_taken_back(api: VcApi) -> None:
    _status, issued = post(api, "/status/credentials/issue", credential=CREDENTIAL)
    checks = {"checks": ["credentialStatus"]}
    for is_set, expected in ((True, 400), (False, 200)):
        entry = {"type": "BitstringStatusListEntry", "statusPurpose": "suspension"}
        change = {"credentialId": CREDENTIAL["id"], "credentialStatus": entry, "status": is_set}
        assert post(api, "/status/credentials/status", **change)[0] == 200
        assert post(api, "/status/credentials/verify", verifiableCredential=issued, options=checks)[0] == expected
    assert post(api, "/status/credentials/status", credentialId="urn:missing")[0] == 400


def test_the_lists_are_served_and_nothing_else_is(api: VcApi) -> None:
    status, listed = answer(api, "GET", "/status/lists/revocation", b"")
    assert (status, listed["credentialSubject"]["statusPurpose"]) == (200, "revocation")
    assert answer(api, "GET", "/status/lists/other", b"")[0] == 400
    assert answer(api, "POST", "/status/lists/revocation/publish", b"") == (204, None)
    assert post(api, "/elsewhere")[0] == 404
    assert answer(api, "POST", "/rdfc/credentials/verify", b"not json")[0] == 400


def presentation(**changes: Any) -> dict[str, Any]:
    credential = add_proof(CREDENTIAL, signer=KEY, cryptosuite=RDFC, created=_now())
    document = {
        "@context": CREDENTIAL["@context"],
        "type": ["VerifiablePresentation"],
        "holder": DID,
        "verifiableCredential": [credential],
        **changes,
    }
    return add_proof(document, signer=KEY, cryptosuite=RDFC, created=_now(), purpose="authentication")


def test_a_presentation_verifies_with_its_credentials(api: VcApi) -> None:
    assert post(api, "/rdfc/presentations/verify", verifiablePresentation=presentation())[0] == 200
    around = Offline(now=_now())
    assert check_presentation(presentation(), around=around, challenge="x", domain=None) != []


@pytest.mark.parametrize(
    "changes",
    [
        {"type": ["Other"]},
        {"holder": "nobody"},
        {"verifiableCredential": ["urn:x"]},
        {"verifiableCredential": [{"type": "Other"}]},
        {"verifiableCredential": [CREDENTIAL]},
    ],
)
def test_a_presentation_that_is_not_sound_is_refused(changes: dict[str, Any]) -> None:
    document = {**presentation(), **changes}
    assert check_presentation(document, around=Offline(now=_now()), challenge=None, domain=None) != []


@pytest.fixture
def served(api: VcApi) -> Iterator[int]:
    """The port of a server on loopback, without encryption."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(api))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_server_answers_over_http(served: int) -> None:
    connection = HTTPConnection("127.0.0.1", served)
    body = json.dumps({"credential": CREDENTIAL})
    connection.request("POST", "/rdfc/credentials/issue", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())["issuer"]) == (201, DID)
    connection.request("GET", "/nothing")
    response = connection.getresponse()
    assert response.status == 404
    response.read()
    connection.close()
