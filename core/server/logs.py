"""The server's log: one JSON line an event on standard error, with every long number masked."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from core.domain.masking import mask_text

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_CHAIN_MOST = 10


def mask_event(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """No run of digits that could be somebody's number leaves in clear."""
    return {key: _masked(value) for key, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        # A record's UUID is nobody's number, and the way to find the record.
        return value if _UUID.fullmatch(value) else mask_text(value)
    if isinstance(value, dict):
        return {key: _masked(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(part) for part in value]
    if isinstance(value, int | float | bool) or value is None:
        return value
    return mask_text(str(value))


def plain_words(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """uvicorn says everything a second time in the colours of a terminal: once is enough."""
    event.pop("color_message", None)
    return event


def where(error: Exception) -> dict[str, str]:
    """The error's kind and line; not its words, which may hold what a row says of a customer."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return {"error": type(error).__name__, "at": at}


def frames_alone(exc_info: structlog.typing.ExcInfo) -> str:
    """A traceback without what the errors say, which may be a value of somebody's: kinds and lines of code, those of
    what it came of first."""
    told: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None and len(told) < _CHAIN_MOST:
        told.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(reversed(told))


def configure(*, debug: bool = False) -> None:
    """Send structlog and the standard library's loggers the same way."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.ExceptionRenderer(frames_alone),
        mask_event,
        # The time is added after the masking: its digits belong to nobody.
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), plain_words, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for noisy in ("uvicorn.access", "litestar"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
