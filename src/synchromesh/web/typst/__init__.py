"""Printed documents: the Typst templates, and how data becomes a file through them."""
