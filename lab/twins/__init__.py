"""The same in Python, in Peewee's SQL and in a person's SQL; and a place to type a Peewee expression."""
