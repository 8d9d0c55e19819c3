"""Sample rows: the lesson's users and their posts, and any number of made-up ones."""
