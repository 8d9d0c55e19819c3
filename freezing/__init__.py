"""The public pages as files for any plain host: `python -m models freeze FOLDER`. This folder can be taken away."""
