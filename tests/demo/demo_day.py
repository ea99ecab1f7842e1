"""The day on which the tests look at the world."""

from datetime import UTC, datetime

AS_OF = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
