"""What tests of the desk share."""

from __future__ import annotations

import pytest
from django.test import Client

from synchromesh.accounts.models import User


@pytest.fixture
def second_desk(db: None) -> Client:
    """The browser of a second person of the staff: nobody puts their own work into force alone."""
    colleague = User.objects.create_user(
        email="b@example.org", password="four words", name="Bea", is_alliance_staff=True
    )
    browser = Client()
    browser.force_login(colleague)
    return browser
