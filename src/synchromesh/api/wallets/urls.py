"""Addresses for wallets, without the prefix of a version: those under `.well-known` are where the standards say."""

from __future__ import annotations

from django.urls import path

from synchromesh.api.wallets import issuance, presentation

urlpatterns = [
    path(".well-known/openid-credential-issuer", issuance.issuer_metadata, name="wallet-issuer"),
    path(".well-known/oauth-authorization-server", issuance.server_metadata, name="wallet-token-server"),
    path("openid4vci/token", issuance.token, name="wallet-token"),
    path("openid4vci/nonce", issuance.nonce, name="wallet-nonce"),
    path("openid4vci/credential", issuance.credential, name="wallet-credential"),
    path("openid4vp/request/<uuid:uid>", presentation.request_object, name="wallet-request-object"),
    path("openid4vp/response", presentation.response, name="wallet-response"),
    path("id/verifier/did.json", presentation.verifier_document, name="verifier-did"),
]
