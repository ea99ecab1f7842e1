"""The periods for which data are kept, resources/purge/periods.yaml, read whole or not at all."""

from pathlib import Path

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, read_text
from core.content.yaml_lines import parse
from core.domain.data_periods import LEAST_DAYS, LONGEST_DAYS, DataPeriods, Kept

PERIODS_FILE = Path("purge/periods.yaml")


def load_data_periods(path: Path) -> DataPeriods:
    """The periods in that file. Raises ContentError with file, line and reason."""
    file = str(path)
    return convert(parse(read_text(path), file=file), DataPeriods, _flaws, file=file)


def _flaws(found: DataPeriods) -> list[Flaw]:
    flaws = missing_words(found)
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    kinds: list[tuple[Where, str]] = [(("periods", at, "kind"), one.kind) for at, one in enumerate(found.periods)]
    flaws += repeated(kinds, "kind")
    if missing := [one.value for one in Kept if one.value not in {kind for _, kind in kinds}]:
        flaws.append(Flaw(("periods",), f"a period each kind; missing are {', '.join(missing)}"))
    for at, one in enumerate(found.periods):
        least = LEAST_DAYS[one.kind]
        if not least <= one.days <= LONGEST_DAYS:
            flaws.append(Flaw(("periods", at, "days"), f"{one.kind} are kept for {least} to {LONGEST_DAYS} days"))
    return flaws
