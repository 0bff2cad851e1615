"""Credentials for whoever looks at one: the page behind a QR code, the check of any file, keys, lists and the log."""
