"""The Commission's sample credentials and shapes, which lie outside of the repository, and its contexts."""

from __future__ import annotations

import json
import os
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[4] / "shared")
EDC = SHARED / "data" / "standards" / "edc"
SAMPLES = EDC / "Credentials" / "JSON-LD Examples (ELM v3)"
OLD_SAMPLE = EDC / "Credentials" / "XML Examples (ELM v2)" / "EDC_DiplomaSupplement_AA.xml"
SHAPES = EDC / "rdf" / "ap" / "edc" / "EDC-generic-no-cv.ttl"
SIGNED = ("Sample-CertOfPart-signed.jsonld", "Sample-MC-Annex1-signed.jsonld")
UNSIGNED = (
    "Sample-CertOfPart-unsigned.jsonld",
    "Sample-CertOfPart-unsigned-uploadable.json",
    "Sample-MC-Annex1-unsigned.jsonld",
    "Sample-MC-Annex1-unsigned-uploadable.json",
)
needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason=f"The Commission's samples are not in {SAMPLES}. SYNCHROMESH_SHARED names the folder."
)


def sample(name: str) -> bytes:
    """One sample as it lies there."""
    return (SAMPLES / name).read_bytes()


@cache
def contexts() -> dict[str, Any]:
    """Both contexts of European credentials, by their address."""
    bundled = resources.files("pyld.documentloader.frozen.bundled").joinpath("credentials-v1.jsonld")
    own = SHAPES.with_name("edc-ap-context.jsonld")
    return {
        "https://www.w3.org/2018/credentials/v1": json.loads(bundled.read_text(encoding="utf-8")),
        "http://data.europa.eu/snb/model/context/edc-ap": json.loads(own.read_text(encoding="utf-8")),
    }
