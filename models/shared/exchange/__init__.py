"""Rows as files: what goes out as CSV and JSON, and what comes in from such a file."""
