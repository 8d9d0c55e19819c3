"""A school's file of people: read, looked at by a teacher, and brought in."""
