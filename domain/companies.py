"""Companies' names as they are compared. They stand in clear; people's names never do."""

import unicodedata


def same_company(one: str, other: str) -> bool:
    """Whether two names are written alike but for width, case and blanks."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
