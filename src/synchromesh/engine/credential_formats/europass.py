"""Where a holder opens a European Digital Credential: pages of the Commission that take the file by hand.

Neither page takes a credential by its address, so there is no link that fills it in. Source: the Commission's Europass
site, https://europa.eu/europass.
"""

from __future__ import annotations

VIEWER_URL = "https://europa.eu/europass/digital-credentials/viewer"
"""The viewer, which also checks the seal."""
WALLET_URL = "https://europa.eu/europass/wallet"
"""The holder's own wallet."""
