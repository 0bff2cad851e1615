"""JSON for machines, one module per area under `v1`, with OpenAPI and problem+json errors.

Owns the shape of the public interface. Does not own rules: it calls the same queries and operations as the pages.

Who calls: anybody, without cookies, from any website. A session counts only together with the CSRF token of this site
(header X-CSRFToken), so that no other website can speak in the name of somebody who is signed in. Answers never allow
credentials across origins (`Access-Control-Allow-Origin: *`).
"""
