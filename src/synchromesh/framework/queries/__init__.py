"""Reads of the framework: concepts, versions, search documents and the export."""
