"""Rows as files: how they are sent, and the page that takes them in."""
