"""What the files with URLs have in common; no URLs in here."""
