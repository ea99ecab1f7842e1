"""ID-19: the taxonomy of churn causes, tied to the management problem behind each and the measure against it."""

from pathlib import Path

from msgspec import Struct

from core.content.flaws import Flaw, missing_words, repeated
from core.content.load import convert, read_text
from core.content.yaml_lines import parse
from core.domain.condition import Condition
from core.domain.factor import Library
from core.domain.text import Text
from core.rules.form import flaws_of
from core.rules.kinds import kind_flaws
from core.screening.factor_files import kinds_of, words_of

FILE = Path("causes/churn.yaml")


class ChurnCause(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    name: Text
    problem: Text
    """what in the management lets it happen"""
    measure: Text
    answers: Text
    """who answers for the measure"""
    keeps_percent: float
    """assumed: of those who would leave with this cause, how many the measure keeps"""
    when: Condition
    """what can be seen of a customer who has it"""


class ChurnCauses(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: int
    causes: tuple[ChurnCause, ...]


def load_churn_causes(root: Path, library: Library) -> ChurnCauses:
    """The taxonomy of a folder laid out as `resources/`. Raises ContentError with file, line and reason."""
    path = root / FILE

    def check(found: ChurnCauses) -> list[Flaw]:
        flaws = [] if found.version >= 1 else [Flaw(("version",), "versions begin at 1")]
        flaws += missing_words(found)
        flaws += repeated([(("causes", at, "id"), one.id) for at, one in enumerate(found.causes)], "cause")
        for at, one in enumerate(found.causes):
            if not 0 <= one.keeps_percent <= 100:
                flaws.append(Flaw(("causes", at, "keeps_percent"), "a share lies between 0 and 100 percent"))
            tree = flaws_of(one.when, frozenset(library.factors))
            tree += kind_flaws(one.when, kinds_of(library), words_of(library))
            flaws += [Flaw(("causes", at, "when"), reason) for reason in tree]
        return flaws

    return convert(parse(read_text(path), file=str(path)), ChurnCauses, check, file=str(path))
