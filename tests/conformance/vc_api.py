"""A server of the VC API on loopback, so that W3C's suites can be run against the engine: issue, verify, status.

    python -m tests.conformance.vc_api [--port 8443]     (make vc-api)

It has a key of its own for each run, keeps everything in memory and forgets it. The suites want https, so it makes a
certificate for itself. Addresses, each with /credentials/issue, /credentials/verify, /presentations/verify:

    /rdfc     proofs of eddsa-rdfc-2022
    /jcs      proofs of eddsa-jcs-2022
    /jwt      tokens, as EnvelopedVerifiableCredential
    /status   as /rdfc, and every credential gets a place in the lists at /status/lists/<purpose>

docs/how-to/run-w3c-suites.md says how to run the suites.
"""

from __future__ import annotations

import argparse
import json
import ssl
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.conformance.presentations import check_presentation

from synchromesh.engine.credential_formats.canonical_json import canonical_json, read_object
from synchromesh.engine.credential_formats.checking import check_document
from synchromesh.engine.credential_formats.credential_shape import check_shape
from synchromesh.engine.credential_formats.data_integrity import JCS, RDFC, add_proof
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.multikeys import did_key
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.signing_keys import new_key
from synchromesh.engine.credential_formats.status_lists import PURPOSES, list_document, pack_bits
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.vc_jwt import registered_claims
from synchromesh.engine.errors import InvalidInput, SynchromeshError

KEY = new_key()
DID = did_key(KEY.public_bytes())
_SUITES = {"rdfc": RDFC, "jcs": JCS, "status": RDFC}
_MOST_BYTES = 4_000_000


class VcApi:
    """What the server answers, without the server: also for tests that need no network."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.next_index = 0
        self.places: dict[str, int] = {}
        self.set_places: dict[str, set[int]] = {purpose: set() for purpose in PURPOSES}

    def issue(self, body: Mapping[str, Any], way: str) -> dict[str, Any]:
        """Sign a credential in the way that the address names. Raises InvalidInput."""
        credential = body.get("credential")
        if not isinstance(credential, dict):
            raise InvalidInput("There is no credential to issue.")
        document = dict(credential)
        document.setdefault("issuer", DID)
        if way == "status":
            document["credentialStatus"] = self._status_entries(document)
        check_shape(document)
        if way == "jwt":
            return self._enveloped(document)
        return add_proof(document, signer=KEY, cryptosuite=_SUITES[way], created=_now())

    def _enveloped(self, document: dict[str, Any]) -> dict[str, Any]:
        payload = canonical_json(document | registered_claims(document))
        token = sign_token(payload, header={"kid": KEY.verification_method, "typ": "vc+jwt", "cty": "vc"}, signer=KEY)
        address = f"data:application/vc+jwt,{token}"
        return {"@context": document["@context"], "id": address, "type": "EnvelopedVerifiableCredential"}

    def _status_entries(self, document: Mapping[str, Any]) -> list[dict[str, str]]:
        index, self.next_index = self.next_index, self.next_index + 1
        self.places[str(document.get("id"))] = index
        return [
            {
                "id": f"{self._list_address(purpose)}#{index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(index),
                "statusListCredential": self._list_address(purpose),
            }
            for purpose in PURPOSES
        ]

    def _list_address(self, purpose: str) -> str:
        return f"{self.address}/status/lists/{purpose}"

    def status_list(self, purpose: str) -> dict[str, Any]:
        """The signed list of one purpose as it is now."""
        if purpose not in PURPOSES:
            raise InvalidInput(f"There is no list for {purpose}.")
        bits = pack_bits(self.set_places[purpose])
        document = list_document(
            url=self._list_address(purpose), issuer=DID, purpose=purpose, bits=bits, valid_from=_now()
        )
        return add_proof(document, signer=KEY, cryptosuite=RDFC, created=_now())

    def set_status(self, body: Mapping[str, Any]) -> None:
        """Set or take back a status of a credential by its id. Raises InvalidInput."""
        index = self.places.get(str(body.get("credentialId")))
        entry = body.get("credentialStatus")
        purpose = entry.get("statusPurpose") if isinstance(entry, Mapping) else None
        if index is None or purpose not in self.set_places:
            raise InvalidInput("No such credential or purpose.")
        places = self.set_places[str(purpose)]
        if body.get("status", True) is True:
            places.add(index)
        else:
            places.discard(index)

    def verify(self, body: Mapping[str, Any]) -> list[str]:
        """What is wrong with a credential; the status counts where the body asks for it."""
        credential = body.get("verifiableCredential")
        if not isinstance(credential, dict):
            return ["A credential must be an object."]
        checked = check_document(credential, around=self._around(), format_name="open_badge")
        faults = []
        if checked.signature.word != "good":
            faults.append(f"signature: {checked.signature.reason} {dict(checked.signature.details)}")
        options = body.get("options")
        checks = options.get("checks", []) if isinstance(options, Mapping) else []
        if {"credentialStatus", "status"} & set(checks) and checked.status.word != "valid":
            faults.append(f"status: {checked.status.reason} {dict(checked.status.details)}")
        return faults

    def verify_presentation(self, body: Mapping[str, Any]) -> list[str]:
        """What is wrong with a presentation."""
        options = body.get("options")
        options = options if isinstance(options, Mapping) else {}
        return check_presentation(
            body.get("verifiablePresentation"),
            around=self._around(),
            challenge=options.get("challenge"),
            domain=options.get("domain"),
        )

    def _around(self) -> Offline:
        now = _now()
        lists = {self._list_address(purpose): self.status_list(purpose) for purpose in PURPOSES}
        kept = {url: KeptAnswer(data=json.dumps(listed).encode(), as_of=now) for url, listed in lists.items()}
        return Offline(now=now, status_lists=kept)


def answer(api: VcApi, method: str, path: str, body: bytes) -> tuple[int, Any]:
    """The HTTP status and the JSON for a request."""
    parts = path.strip("/").split("/")
    try:
        if method == "GET" and parts[:2] == ["status", "lists"] and len(parts) == 3:
            return 200, api.status_list(parts[2])
        if method == "POST" and parts[:2] == ["status", "lists"] and parts[3:] == ["publish"]:
            return 204, None
        sent = read_object(body, most_bytes=_MOST_BYTES) if method == "POST" else {}
        return _posted(api, parts, sent)
    except SynchromeshError as fault:
        return 400, {"verified": False, "errors": [fault.message]}


def _posted(api: VcApi, parts: list[str], sent: Mapping[str, Any]) -> tuple[int, Any]:
    match parts:
        case [("rdfc" | "jcs" | "jwt" | "status") as way, "credentials", "issue"]:
            return 201, api.issue(sent, way)
        case [_, "credentials", "verify"]:
            faults = api.verify(sent)
        case [_, "presentations", "verify"]:
            faults = api.verify_presentation(sent)
        case ["status", "credentials", "status"]:
            api.set_status(sent)
            return 200, {}
        case _:
            return 404, {"errors": ["There is nothing at this address."]}
    return (400, {"verified": False, "errors": faults}) if faults else (200, {"verified": True, "errors": []})


def handler_for(api: VcApi) -> type[BaseHTTPRequestHandler]:
    """The handler of requests for one API."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(*answer(api, "GET", self.path, b""))

        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), _MOST_BYTES + 1)
            self._reply(*answer(api, "POST", self.path, self.rfile.read(length)))

        def _reply(self, status: int, content: Any) -> None:
            data = b"" if content is None else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the base class's)
            pass

    return Handler


def certificate_in(folder: Path) -> tuple[Path, Path]:
    """Make a key and a certificate for localhost that lasts a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_now() - timedelta(hours=1))
        .not_valid_after(_now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, no_password = serialization.Encoding.PEM, serialization.NoEncryption()
    key_file, certificate_file = folder / "key.pem", folder / "certificate.pem"
    key_file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, no_password))
    certificate_file.write_bytes(certificate.public_bytes(pem))
    return key_file, certificate_file


def _now() -> datetime:
    return datetime.now(tz=UTC).replace(microsecond=0)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8443)
    port = parser.parse_args().port
    api = VcApi(f"https://localhost:{port}")
    server = ThreadingHTTPServer(("127.0.0.1", port), handler_for(api))
    with tempfile.TemporaryDirectory() as folder:
        key_file, certificate_file = certificate_in(Path(folder))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate_file, key_file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print(f"{api.address} serves the VC API; the issuer is {DID}", flush=True)  # noqa: T201
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
