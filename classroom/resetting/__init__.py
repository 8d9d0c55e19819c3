"""Between periods: the rows of a group go, and the accounts of its people stay."""
