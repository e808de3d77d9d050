"""The one way the set-up gives up: a sentence for the person at the keyboard, no stack trace."""


class CannotGoOn(Exception):
    """Something only the person, or an administrator, can do; the message says what."""
