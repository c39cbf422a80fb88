"""What fills holes: configured, imported, or shown by examples, by the names that code gives it."""

from __future__ import annotations

import pytest

from scrimp.config.schema import VariableEntry
from scrimp.measure.variables import VariableSize, VariableSizes, examples, looped
from scrimp.model.amounts import Grade
from scrimp.model.prompts import Sample

SIZES = VariableSizes(
    {"docs": 3000, "rows": VariableEntry(items=4)},
    {"docs": 7, "question": 40},
    "scrimp-usage.yaml",
    {"question": VariableSize(0, 9, None, Grade.HEURISTIC, "example at t.yaml:3")},
)


def sample(value: str, case: str = "", item: int = -1, line: int = 3) -> Sample:
    return Sample("docs", value, "t.yaml", line, case, item)


def test_the_configuration_goes_before_usage_and_usage_before_examples() -> None:
    docs, question = SIZES.of("docs"), SIZES.of("question")

    assert docs == VariableSize(3000, 3000, 3000, Grade.CONFIGURED, "configuration")
    assert question == VariableSize(40, 40, 40, Grade.IMPORTED, "scrimp-usage.yaml")
    assert SIZES.of("other") is None


@pytest.mark.parametrize(
    "written",
    [
        "docs",
        "self.docs",
        "docs[0]",
        "docs.text",
        '", ".join(docs)',
        "json.dumps(docs)",
        "docs or ''",
        "str(docs)[:100]",
    ],
)
def test_a_variable_is_known_by_the_one_name_that_its_expression_reads(written: str) -> None:
    found = SIZES.of(written)

    assert found is not None
    assert found.tokens == 3000


@pytest.mark.parametrize(
    "written", ["len(docs)", "docs.length", "docs(1)", "mydocs", "docs + question", "'docs'", ""]
)
def test_an_expression_of_something_else_is_not_known_by_it(written: str) -> None:
    assert SIZES.of(written) is None


@pytest.mark.parametrize(
    ("over", "name"),
    [
        ("for doc in docs", "docs"),
        ("for doc in docs if doc", "docs"),
        ("doc in docs | sort", "docs"),
        ("docs", "docs"),
    ],
)
def test_a_loop_goes_over_what_stands_behind_in(over: str, name: str) -> None:
    assert looped(over) == name


class TestExamples:
    def test_of_several_the_middle_one_is_typical_and_none_bounds_anything(self) -> None:
        samples = [sample("a"), sample("b", line=9), sample("c")]

        assert examples(samples, [5, 100, 7]) == {
            "docs": VariableSize(0, 7, None, Grade.HEURISTIC, "example at t.yaml:3 and 2 more")
        }

    def test_the_items_of_a_list_are_one_value(self) -> None:
        samples = [sample("a", "docs", 0), sample("b", "docs", 1)]

        found = examples(samples, [5, 6])["docs"]

        assert (found.tokens, found.items, found.source) == (11, 2, "example at t.yaml:3")
