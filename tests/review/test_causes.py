"""Problems that calls met are grouped as a person would group them, named, and always alike."""

import random
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest

from core.content.cause_words import cause_words, load_cause_words
from core.domain.causes import OTHER, Cause, CauseWords
from core.domain.errors import ContentError
from core.domain.text import Text
from core.review.causes.clauses import Cutter
from core.review.causes.clusters import Cluster, Problem, clusters

LABELLED = Path(__file__).parent / "notes" / "labelled.tsv"
"""Three hundred notes as agents might have written them, thirty to each of ten labels."""
OTHERS = LABELLED.with_name("others.tsv")
"""Two hundred of eight labels in other people's words: short, with slang and English. The content has none of them."""
LEAST_PURITY = 0.7


def labelled(path: Path = LABELLED) -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(label, note) for label, note in rows]


@cache
def grouped(notes: tuple[str, ...]) -> list[Cluster]:
    return clusters([Problem(call=at, note=note) for at, note in enumerate(notes)], cause_words())


def purity(found: list[Cluster], labels: list[str]) -> float:
    """The share of notes in whose group their own label is the most usual one; what is in no group counts as wrong."""
    return sum(Counter(labels[at] for at in one.calls).most_common(1)[0][1] for one in found) / len(labels)


def test_groups_of_three_hundred_notes_are_pure() -> None:
    # EVAL-06, OUTCOME-10
    rows = labelled()
    labels = [label for label, _ in rows]
    found = grouped(tuple(note for _, note in rows))
    assert (len(rows), len(set(labels))) == (300, 10)
    assert purity(found, labels) >= LEAST_PURITY
    # Not by making a group of everything: at most twice as many as there are labels, and what is unlike is little.
    assert len(found) <= 2 * len(set(labels))
    assert sum(len(one.calls) for one in found if one.key == OTHER) <= 30


def test_groups_of_notes_in_other_peoples_words_are_pure_too() -> None:
    # EVAL-06
    rows = labelled(OTHERS)
    labels = [label for label, _ in rows]
    found = grouped(tuple(note for _, note in rows))
    assert (len(rows), len(set(labels))) == (200, 8)
    known = {note for cause in cause_words().causes for note in cause.notes}
    assert not known & {note for _, note in (*rows, *labelled())}
    assert purity(found, labels) >= LEAST_PURITY


def test_what_no_word_tells_of_is_taken_for_what_it_is_worded_like() -> None:
    price = Cause(code="price", label=Text("价格", "Price"), words=("贵",))
    moving = Cause(code="moving", label=Text("搬家", "Moving"), words=("搬家",), notes=("房东五月前要清空屋子",))
    cutter = Cutter(CauseWords(version=1, causes=(price, moving)))
    note = cutter.note("屋子得清空")
    assert not note.told
    assert list(note.causes) == [1]
    assert cutter.note("他们准备搬家了").told
    assert cutter.note("").causes == {}


def test_a_problem_that_the_content_does_not_know_stands_by_itself_among_known_ones() -> None:
    new = ("机房空调声音太吵，邻居受不了", "机房的空调太吵", "晚上机房空调太吵睡不好")
    found = grouped((*new, *(note for _, note in labelled())))
    assert [set(one.calls) for one in found if 0 in one.calls] == [{0, 1, 2}]


def test_chance_would_not_do() -> None:
    rows = labelled()
    shuffled = [label for label, _ in rows]
    random.Random(1).shuffle(shuffled)
    assert purity(grouped(tuple(note for _, note in rows)), shuffled) < 0.35


def test_without_words_known_beforehand_notes_of_one_wording_still_come_together() -> None:
    bare = msgspec.structs.replace(cause_words(), causes=())
    notes = ["机房空调声音太吵，邻居投诉"] * 4 + ["快递柜占了楼道，要求挪走"] * 4
    found = clusters([Problem(call=at, note=note) for at, note in enumerate(notes)], bare)
    assert sorted(sorted(one.calls) for one in found) == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert all(one.label.zh for one in found)


def test_each_call_is_in_one_group_and_each_group_names_three_calls_worded_differently() -> None:
    rows = labelled()
    found = grouped(tuple(note for _, note in rows))
    assert sorted(at for one in found for at in one.calls) == list(range(300))
    for one in found:
        assert len(one.examples) == min(3, len(one.calls))
        assert set(one.examples) <= set(one.calls)
        assert len({rows[at][1] for at in one.examples}) == len(one.examples)
        assert one.label.zh
        assert one.label.en
    assert len({one.key for one in found}) == len(found)


def test_the_order_of_the_calls_does_not_decide_and_twice_gives_the_same() -> None:
    notes = tuple(note for _, note in labelled())
    again = grouped(notes)
    assert grouped.__wrapped__(notes) == again
    turned = grouped(notes[::-1])
    sizes = {one.key: len(one.calls) for one in again if len(one.calls) >= 15}
    other = {one.key: len(one.calls) for one in turned}
    assert all(abs(other.get(key, 0) - size) <= 0.2 * size for key, size in sizes.items())


def test_what_a_note_says_is_not_the_problem_does_not_count() -> None:
    cutter = Cutter(cause_words())
    codes = [cause.code for cause in cause_words().causes]
    note = cutter.note("价格可以接受，主要是晚上网速太慢")
    told = {codes[at]: weight for at, weight in note.causes.items()}
    assert "price" not in told
    assert max(told, key=lambda code: told[code]) == "line_slow"


def test_the_chosen_reason_groups_a_call_without_a_note() -> None:
    reason = Text("资费", "Price")
    calls = [Problem(call=at, note="嫌月租太贵") for at in range(5)] + [Problem(call=9, reason=reason)]
    (found,) = clusters(calls, cause_words())
    assert set(found.calls) == {0, 1, 2, 3, 4, 9}
    assert found.label == Text("资费高", "Price too high")
    # The first to be listened to says something.
    assert found.examples[0] != 9


def test_calls_that_say_nothing_are_in_no_group() -> None:
    assert clusters([], cause_words()) == []
    assert clusters([Problem(call=1), Problem(call=2, note="。。。")], cause_words()) == []


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("version: 0\n", 1, "versions begin at 1"),
        ("version: 1\ncauses:\n  - code: a\n    label: { zh: 一, en: A }\n    words: ''\n", 5, "a word at least"),
        (
            "version: 1\ncauses:\n  - code: other\n    label: { zh: 一, en: A }\n    words: x\n",
            3,
            "like nothing else",
        ),
        (
            "version: 1\ncauses:\n  - code: a\n    label: { zh: 一, en: A }\n    words: x y x\n",
            5,
            "stands here twice",
        ),
        ("version: 1\ncauses:\n  - code: a\n    label: { zh: 一 }\n    words: x\n", 4, "missing"),
        (
            "version: 1\ncauses:\n  - code: a\n    label: { zh: 一, en: A }\n    words: x\n    hints: x\n",
            6,
            "stands here twice",
        ),
        (
            "version: 1\ncauses:\n  - code: a\n    label: { zh: 一, en: A }\n    words: x\n"
            "    notes: |\n      慢\n      慢\n",
            6,
            "note `慢` stands here twice",
        ),
    ],
)
def test_words_that_cannot_be_used_are_refused_with_file_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    (tmp_path / "words.yaml").write_text(text)
    with pytest.raises(ContentError, match=reason) as refused:
        load_cause_words(tmp_path / "words.yaml")
    assert refused.value.line == line
