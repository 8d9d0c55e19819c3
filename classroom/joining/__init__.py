"""A class without a list: pupils come by a code, and wait until a teacher lets them in."""
