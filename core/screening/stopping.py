"""Ending a question that an engine works on, from another thread."""

from core.screening.frame import Frame


def stop(frame: Frame) -> None:
    """What DuckDB works on for this frame ends with an error; an engine without that way goes on to its end."""
    raw = getattr(frame.table.get_backend(), "con", None)
    interrupt = getattr(raw, "interrupt", None)
    if interrupt is not None:
        interrupt()
