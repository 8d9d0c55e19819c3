"""What people did: their logins, and the rows that they made and changed, as the history tells it."""
