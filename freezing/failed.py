"""What ends a freeze: the message says which address or which file is the matter. Nothing was put in place then."""


class FreezeFailed(Exception):
    """One line, or a few, for whoever typed the command."""
