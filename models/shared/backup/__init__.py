"""Backups: one file with all rows and pictures, made while others write, and brought back while others read."""
