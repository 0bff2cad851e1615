"""Whatever is asked, every address answers what the OpenAPI document declares: schemathesis makes up the requests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.api.alliance_records import an_alliance
from tests.api.records import a_little_of_everything
from tests.esco_records import an_esco

from synchromesh.config.wsgi import application

# The subject is synchromesh.api.v1, called through its addresses.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("records")]
schemathesis.openapi.format("cursor", st.just(""))  # others are tried in tests/api/test_cursors.py


def _from_this_machine(environment: dict[str, Any], answer: Any) -> Any:
    """The product's own WSGI application. A server tells it who calls; schemathesis cannot read what is compressed."""
    environment.pop("HTTP_ACCEPT_ENCODING", None)
    return application({"REMOTE_ADDR": "127.0.0.1"} | environment, answer)


SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", _from_this_machine)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the connection of the test open between requests, as Django's own test client does."""
    request_signals = (signals.request_started, signals.request_finished)
    for signal in request_signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in request_signals:
        signal.connect(close_old_connections)


@pytest.fixture
def records(db: None, one_connection: None, fresh_matching: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A little of everything, and an allowance that generated requests do not use up."""
    a_little_of_everything()
    an_alliance()
    an_esco()
    monkeypatch.setattr(settings, "API_TEXTS_PER_MINUTE", 1_000_000)


@SCHEMA.parametrize()
@effort(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_keeps_to_its_description(case: Any) -> None:
    case.call_and_validate()
