"""What sizes rest on, line by line: the answers that are expected, and what fills holes, each with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from scrimp.model.amounts import Grade
from scrimp.model.prompts import MeasuredPrompt, MeasuredRequest, MeasuredVariable
from scrimp.model.written import UNKNOWN, counted, sign
from scrimp.reporters.safe import safe
from scrimp.reporters.terminal.words import MARKS, location

ANSWERS = "Answers in tokens: expected, at most"
VARIABLES = "Variables in tokens"
THOUGHTS = "+ thoughts"


def answers(requests: Iterable[MeasuredRequest]) -> Iterator[Text]:
    """A line for each request that is answered."""
    answered = [each for each in requests if each.output_tokens.grade is not Grade.EXACT]
    if answered:
        yield Text(ANSWERS, style="bold")
    for each in answered:
        output = each.output_tokens
        expected = UNKNOWN
        if output.typical is not None:
            expected = f"{sign(output.typical, output)}{output.typical:,} {MARKS[output.grade]}"
        if each.is_least:
            expected += f" {THOUGHTS}"
        most = "no cap" if output.high is None else f"{output.high:,}"
        thought = f", {each.reasoning:,} of it thought" if each.reasoning else ""
        source = f"  {safe(each.output_source)}" if each.output_source else ""
        place = location(each.request.path, each.request.line)
        yield Text(f"  {place}  {expected}, {most}{thought}{source}")
    if any(each.is_least for each in answered):
        yield Text(
            f"  {THOUGHTS}: the model thinks before it answers, and nothing tells how long", style="dim"
        )


def variables(prompts: Iterable[MeasuredPrompt]) -> Iterator[Text]:
    """A line for each variable whose size is known, and the number of the others."""
    held = [(prompt, each) for prompt in prompts for each in prompt.variables]
    known = [(prompt, each) for prompt, each in held if each.tokens is not None]
    if held:
        yield Text(VARIABLES, style="bold")
    for prompt, each in known:
        yield Text(f"  {safe(each.name)}  {location(prompt.prompt.path, each.line)}  {_size(each)}")
    if len(held) > len(known):
        yield Text(f"  {counted(len(held) - len(known), 'variable')} of unknown size", style="dim")


def _size(variable: MeasuredVariable) -> str:
    source = f"  {safe(variable.source)}" if variable.source else ""
    return f"{variable.tokens:,} {MARKS[variable.grade]}{source}"
