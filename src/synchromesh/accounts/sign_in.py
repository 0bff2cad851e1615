"""How people sign in: the hooks that allauth offers, set to our rules."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from synchromesh.accounts.models import User
from synchromesh.plumbing import mail


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by e-mail gives the e-mail as sign-in name; mails leave through the worker, as plain text."""

    def populate_username(self, request: Any, user: AbstractBaseUser) -> None:
        """Keep the sign-in name equal to the e-mail, so that there is one thing to remember."""
        if isinstance(user, User):
            user.sign_in_name = user.sign_in_name or (user.email or "").lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render allauth's text templates and queue the mail."""
        message = self.render_mail(template_prefix, email, context)
        mail.send(to=email, subject=str(message.subject).replace("\n", " "), text=str(message.body))
