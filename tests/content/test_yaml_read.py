"""YAML is read by the composer in C; whatever it is given it says the same as the one in Python, or leaves it to it."""

import pytest

from core.content import folder
from core.content.yaml_lines import forget_files, parse
from core.domain.errors import ContentError


def test_both_composers_read_shipped_content_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted(folder().rglob("*.yaml"))[::12]
    quick = [parse(path.read_text("utf-8"), file=path.name) for path in files]
    forget_files()
    monkeypatch.setattr("ruamel.yaml.main.CParser", None)
    slow = [parse(path.read_text("utf-8"), file=path.name) for path in files]
    forget_files()

    assert len(files) > 5
    assert quick == slow


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: " + "[" * 100_000, 2),
        ("[" * 5_000 + "]" * 5_000, 1),
        ("- " * 10_000 + "a", 1),
        ("\n".join(" " * at + "a:" for at in range(2_000)), 41),
        # Refused by the composer in C at the second line, and too deep for the other one.
        ("a: x\nb: [c:d, " + "[" * 100_000, 1),
    ],
)
def test_values_too_deep_in_each_other_are_told_and_end_nothing(text: str, line: int) -> None:
    with pytest.raises(ContentError) as told:
        parse(text, file="deep.yaml")
    assert (told.value.reason, told.value.line) == ("nested too deeply", line)


def test_anchors_that_stand_for_each_other_are_stopped_before_they_fill_the_memory() -> None:
    layers = [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 20)}]" for at in range(1, 9)]
    with pytest.raises(ContentError) as told:
        parse("\n".join(["a0: &a0 [x, x]", *layers]), file="laughs.yaml")
    assert "anchors" in told.value.reason
    assert told.value.line == 1, "where the values stand"
    assert parse("a: &a [x, y]\nb: [*a, *a]", file="x.yaml").value == {"a": ["x", "y"], "b": [["x", "y"]] * 2}


def test_what_only_the_composer_in_python_takes_is_taken() -> None:
    assert parse("a: [b:c, d#e]", file="x.yaml").value == {"a": ["b:c", "d#e"]}
    with pytest.raises(ContentError) as told:
        parse("a: 1\nb: \ud800", file="x.yaml")
    assert told.value.file == "x.yaml"


@pytest.mark.parametrize(
    ("text", "line"), [('a: 1\nb: "\\ud800"', 2), ('"\\udfff": 1', 1), ('a:\n- x\n- "x\\ud83d"', 3)]
)
def test_half_of_a_character_is_told_where_it_stands(text: str, line: int) -> None:
    with pytest.raises(ContentError) as told:
        parse(text, file="half.yaml")
    assert (told.value.reason, told.value.line) == ("holds half of a character", line)


@pytest.mark.parametrize("number", ["1e400", "-1e400", str(2**64), ".inf", ".nan"])
def test_a_number_without_end_is_told_where_it_stands(number: str) -> None:
    with pytest.raises(ContentError) as told:
        parse(f"a: 1\nb: {number}", file="endless.yaml")
    assert (told.value.reason, told.value.line) == (f"`{number}` is no plain number", 2)
