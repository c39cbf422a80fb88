"""How often a variable changes, by its name."""

from __future__ import annotations

import pytest

from scrimp.link.volatility import volatility


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("question", "request"),
        ("user_query", "request"),
        ("chatHistory", "request"),
        ("documents", "request"),
        ("self.state.messages", "request"),
        ("format_docs(docs)", "request"),
        ("str(uuid.uuid4())", "request"),
        ("state['input']", "unknown"),
        ("current_date", "user"),
        ("user_name", "user"),
        ("language", "user"),
        ("date.today()", "user"),
        ("output_schema", "constant"),
        ("query_schema", "constant"),
        ("format_instructions", "constant"),
        ("', '.join(tool_names)", "constant"),
        ("json.dumps(schema)", "constant"),
        ("max_results", "constant"),
        ("code_block_opening_tag", "constant"),
        ("question_provider", "unknown"),
        ("context_str", "request"),
        ("document1", "request"),
        ("query.strip()", "request"),
        ("date.today().strftime('%Y')", "user"),
        ("x", "unknown"),
        ("", "unknown"),
        ("0", "unknown"),
    ],
)
def test_the_last_telling_word_decides(name: str, expected: str) -> None:
    assert volatility(name) == expected
