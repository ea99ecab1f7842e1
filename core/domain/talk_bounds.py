"""How long a talk has to be for a result, the same for the desk that asks and the server that takes."""

from core.domain.disposition import Result
from core.domain.text import Text


def out_of_bounds(result: Result, *, talk_s: int, dialled: bool) -> Text | None:
    """A ten-second call is no sale, and a call of minutes was not unanswered; None where the result allows it."""
    if result.talk_min_s is not None and talk_s < result.talk_min_s:
        return Text(
            f"通话 {talk_s} 秒，此结果至少 {result.talk_min_s} 秒",
            f"Talked {talk_s}\u00a0s; this result needs at least {result.talk_min_s}\u00a0s",
        )
    if result.talk_max_s is not None and talk_s > result.talk_max_s and dialled:
        return Text(
            f"通话 {talk_s} 秒，此结果最多 {result.talk_max_s} 秒",
            f"Talked {talk_s}\u00a0s; this result allows at most {result.talk_max_s}\u00a0s",
        )
    return None
