"""Faults that a person can mend: shown as a sentence by the command line, without a traceback."""


class Mendable(Exception):
    """Something is not as it has to be; the message says what, where, and what would be right."""
