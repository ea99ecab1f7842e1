"""A script drawn: every step has a place, answers lead down, loops are marked, and steps do not cover one another."""

import pytest

from core.content import scripts
from core.guidance.conversation import END
from core.guidance.graph import graph_of


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_every_shipped_script_can_be_drawn(scenario: str) -> None:
    # SCRIPT-01
    script = scripts()[scenario]
    graph = graph_of(script)
    assert set(graph.nodes) == {step.id for step in script.steps}
    assert graph.nodes[script.start].column == 0
    places = [(node.column, node.row) for node in graph.nodes.values()]
    assert len(set(places)) == len(places)
    assert max(column for column, _ in places) == graph.columns - 1
    assert max(row for _, row in places) == graph.rows - 1


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_every_answer_is_a_line_or_an_end_and_lines_lead_on_unless_they_loop(scenario: str) -> None:
    script = scripts()[scenario]
    graph = graph_of(script)
    drawn = {(edge.start, digit): edge.to for edge in graph.edges for digit in edge.digits}
    for step in script.steps:
        for digit, answer in enumerate(step.answers, start=1):
            if answer.to == END:
                assert digit in graph.nodes[step.id].ends
            else:
                assert drawn[step.id, digit] == answer.to
    for edge in graph.edges:
        leads_on = graph.nodes[edge.start].column < graph.nodes[edge.to].column
        assert leads_on != edge.back
