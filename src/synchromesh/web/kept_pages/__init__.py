"""Whole public pages, kept by each process for visitors without a session until anything at all changes.

`public.public_page` marks a view whose pages say the same to every such visitor; nothing else is ever kept. A page is
found by all that it depends on (`keys`) and is valid as long as the stamp of the site (`stamps`) is the one that it was
made under; both are asked for each time, by each process. docs/decisions/0012-kept-pages.md says why.
"""
