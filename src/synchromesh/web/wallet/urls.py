"""Addresses by which holders get and show credentials: `/claim/`, `/s/`, a frame below `/c/`, wallets at `/verify/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.wallet import claim_views, embed_views, request_views, share_views

app_name = "wallet"
urlpatterns = [
    path("claim/<str:secret>/", claim_views.claim, name="claim"),
    path("claim/<str:secret>/files/<slug:format_name>/", claim_views.claim_file, name="claim-file"),
    path("s/<str:secret>/", share_views.share, name="share"),
    path("s/<str:secret>/<slug:key>/", share_views.shared_credential, name="shared-credential"),
    path("s/<str:secret>/<slug:key>/file/", share_views.shared_file, name="shared-file"),
    path("verify/wallet/", request_views.ask_wallet, name="request"),
    path("verify/wallet/<uuid:uid>/<str:key>/", request_views.wallet_answer, name="answer"),
    path("c/<str:code>/embed/", embed_views.credential_frame, name="embed"),
]
