"""How a tree's configuration and its calibration change the counts of its prompts."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrimp.model.amounts import Grade
from scrimp.model.errors import UserError
from scrimp.model.measured import MeasuredPrompt
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.setup import setup
from scrimp.tree.worktree import Worktree

CALL = """\
SYSTEM = "You are a careful assistant. Answer in one sentence, and cite the passage that you used."
client.chat.completions.create(model="our-model", messages=[{"role": "system", "content": SYSTEM}])
"""
CALIBRATION = """\
schema: scrimp-calibration/1
families:
  gemini:
    prose: {low: 2, typical: 3, high: 4, encoding: o200k_base, texts: 5, tokens: 900, model: g, date: 2026-11-24}
"""


def measured(root: Path, **files: str) -> MeasuredPrompt:
    (root / "app.py").write_text("from openai import OpenAI\nclient = OpenAI()\n" + CALL)
    for name, text in files.items():
        path = root / {"config": "scrimp.yaml", "calibration": ".scrimp/calibration.yaml"}[name]
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    tree = Worktree(root)
    (prompt,) = read_tree(tree, setup(tree)).measured.prompts
    return prompt


def test_a_model_nobody_knows_is_a_guess(tmp_path: Path) -> None:
    assert measured(tmp_path).tokens.grade is Grade.HEURISTIC


def test_a_model_is_counted_like_another(tmp_path: Path) -> None:
    counted = measured(tmp_path, config="models: {our-model: {like: gpt-4}}")
    assert (counted.encoding, counted.tokens.grade) == ("cl100k_base", Grade.EXACT)


def test_a_model_is_counted_by_the_vocabulary_that_the_project_names(tmp_path: Path) -> None:
    counted = measured(tmp_path, config="models: {our-model: {encoding: cl100k_base}}")
    assert (counted.encoding, counted.tokens.grade) == ("cl100k_base", Grade.CONFIGURED)


def test_what_was_measured_is_used(tmp_path: Path) -> None:
    counted = measured(
        tmp_path, config="models: {our-model: {like: gemini-2.5-pro}}", calibration=CALIBRATION
    ).tokens
    assert counted.grade is Grade.CALIBRATED
    assert counted.low is not None
    assert counted.high is not None
    assert counted.high == 2 * counted.low > 0


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("models:\n  m: {like: gpt-nine}\n", 'scrimp.yaml:2:13: no model is known as "gpt-nine"'),
        ("models:\n  m: {encoding: o200k}\n", 'scrimp.yaml:2:17: no vocabulary is called "o200k"'),
        ("calibration: mine.yaml\n", "scrimp.yaml:1:14: calibration: there is no file mine.yaml"),
    ],
)
def test_what_cant_be_counted_by_is_a_located_error(tmp_path: Path, config: str, message: str) -> None:
    with pytest.raises(UserError) as error:
        measured(tmp_path, config=config)
    assert error.value.message == message


COOKBOOK = """\
from openai import OpenAI

TOOL = {
    "type": "function",
    "function": {
        "name": "get_current_weather",
        "description": "Get the current weather in a given location",
        "parameters": {
            "type": "object",
            "properties": {
                "location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"},
                "unit": {
                    "type": "string",
                    "description": "The unit of temperature to return",
                    "enum": ["celsius", "fahrenheit"],
                },
            },
            "required": ["location"],
        },
    },
}
MESSAGES = [
    {"role": "system", "content": "You are a helpful assistant that can answer to questions about the weather."},
    {"role": "user", "content": "What's the weather like in San Francisco?"},
]
OpenAI().chat.completions.create(model="gpt-4o", messages=MESSAGES, tools=[TOOL])
"""


def test_a_call_in_a_tree_counts_what_the_interface_counted_for_it(tmp_path: Path) -> None:
    # The cookbook's 101 (see test_tokens_overhead.py); its three descriptions are prompts of their own here, so that
    # each may have a token that it shares with its name there.
    (tmp_path / "app.py").write_text(COOKBOOK)
    tree = Worktree(tmp_path)
    (request,) = read_tree(tree, setup(tree)).measured.requests
    assert request.input_tokens.typical == pytest.approx(101, abs=1)
