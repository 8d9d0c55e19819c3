"""The API's description, in OpenAPI 3.1. No start loads what is in here: a route does when somebody first asks."""
