"""What every log refuses before it looks at anything recorded: appends that make no sense."""

from domain.log import Append

_LOWEST_EXPECTED = -1


def check_append(append: Append) -> None:
    """Raise ValueError for an append that no log can hold; a fault of the caller."""
    if not append.writes:
        raise ValueError("an append must write at least one event")
    _check_text("actor", append.actor)
    for write in append.writes:
        if not write.events:
            raise ValueError(f"no events for stream {write.stream}")
        if write.expected_version < _LOWEST_EXPECTED:
            raise ValueError(f"expected version {write.expected_version} is below -1")
        for event in write.events:
            _check_text("topic", event.topic)


def _check_text(name: str, text: str) -> None:
    """PostgreSQL's text holds no NUL, and the leaf needs text that can be encoded."""
    if "\x00" in text:
        raise ValueError(f"{name} holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} is not valid text: {error}") from error
