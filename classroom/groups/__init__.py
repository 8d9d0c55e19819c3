"""Groups of people: who is in them, who teaches them, whether they may write."""
