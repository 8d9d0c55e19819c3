"""The tables of the database as a picture, beside the classes that made them, and their rows."""
