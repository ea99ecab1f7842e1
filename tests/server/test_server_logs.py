"""The server's log says what went wrong and where, and nothing of whom it was about."""

import io
import logging
from collections.abc import Iterator

import msgspec
import pytest
import structlog

from core.domain import decoding
from core.server import logs
from core.server.sync.decode import Poisoned, decode_batch

NAME = "欧阳金丝雀"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is written from here on; the process's own logging is put back."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    logs.configure()
    written = io.StringIO()
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_an_unexpected_error_is_told_by_its_place_without_its_words(log: io.StringIO) -> None:
    try:
        try:
            raise KeyError(NAME)
        except KeyError as error:
            raise ValueError(f"no {NAME}") from error
    except ValueError as error:
        structlog.get_logger("test").error("unexpected error", exc_info=error)
        logging.getLogger("test").exception("a fault")
    said = log.getvalue()
    assert NAME not in said
    assert said.count(r"\nKeyError\n") == said.count(r'\nValueError"') == 2
    assert "test_an_unexpected_error_is_told" in said


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ({"kind": NAME}, "$.kind"),
        ({"kind": "outcome", "outcome": {"contact": f"{NAME}' - at `$.x`, 'y"}}, "$.outcome.contact"),
        ({"kind": "dial", "dial": {"id": NAME}}, "$.dial.id"),
    ],
)
def test_why_an_item_cannot_be_read_names_the_place_and_not_the_value(item: dict[str, object], place: str) -> None:
    (found,) = decode_batch(msgspec.json.encode({"items": [item]}))
    assert isinstance(found, Poisoned)
    assert place in found.why
    assert NAME not in found.why


def test_a_flaw_keeps_what_was_expected() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        decoding.decode(b'{"a": "x"}', dict[str, int])
    assert decoding.flaw(caught.value) == "Expected `int`, got `str` - at `$[...]`"
