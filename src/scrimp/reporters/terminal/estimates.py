"""What costs rest on, row by row: models that needn't be the ones, expected answers, and what fills holes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scrimp.model.amounts import Grade
from scrimp.model.measured import MeasuredPrompt, MeasuredRequest
from scrimp.model.written import UNKNOWN, counted, sign
from scrimp.reporters.safe import safe
from scrimp.reporters.terminal.styled import Styled
from scrimp.reporters.terminal.words import MARKS, columns_of, location, path_cut, wrapped
from scrimp.reporters.view import View

MODELS = "Models that count, and what else the call may go to"
UNREAD = "one that can't be read"
ANSWERS = "Answers in tokens: expected, at most"
VARIABLES = "Variables in tokens"
THOUGHTS = "+"
INDENT = "  "


def models(requests: Iterable[MeasuredRequest], view: View) -> Iterator[Styled]:
    """A row for each call that names a model which need not be the one."""
    undecided = [each for each in requests if each.alternatives or each.may_be_another]
    if undecided:
        yield Styled(MODELS, style="bold")
    cells = [(_place(each.request.path, each.request.line, view), safe(each.model)) for each in undecided]
    others = [
        ", ".join((*each.alternatives, *((UNREAD,) if each.may_be_another else ()))) for each in undecided
    ]
    yield from _columns("<<", cells, others, view)


def answers(requests: Iterable[MeasuredRequest], view: View) -> Iterator[Styled]:
    """A row for each request that is answered, and who says how long."""
    answered = [each for each in requests if each.output_tokens.grade is not Grade.EXACT]
    if answered:
        yield Styled(ANSWERS, style="bold")
    cells = [(_place(each.request.path, each.request.line, view), *_lengths(each)) for each in answered]
    yield from _columns("<>>", cells, [each.output_source for each in answered], view)
    if any(each.is_least for each in answered):
        yield Styled(
            f"  {THOUGHTS} and thoughts: the model thinks first, and nothing tells how long", style="dim"
        )


def _place(path: str, line: int, view: View) -> str:
    return path_cut(location(path, line), view.width // 2)


def _lengths(request: MeasuredRequest) -> tuple[str, str]:
    """What is expected of an answer, and at most."""
    output, expected = request.output_tokens, UNKNOWN
    if output.typical is not None:
        expected = f"{sign(output.typical, output)}{output.typical:,} {MARKS[output.grade]}"
    if request.reasoning:
        expected += f", {request.reasoning:,} of it thought"
    expected += f" {THOUGHTS if request.is_least else ' '}"
    return expected, "no cap" if output.high is None else f"{output.high:,}"


def variables(prompts: Iterable[MeasuredPrompt], view: View) -> Iterator[Styled]:
    """A row for each variable whose size is known, with who tells it, and the number of the others."""
    held = [(prompt, each) for prompt in prompts for each in prompt.variables]
    known = [(prompt, each) for prompt, each in held if each.tokens is not None]
    if held:
        yield Styled(VARIABLES, style="bold")
    cells = [
        (safe(each.name), _place(prompt.prompt.path, each.line, view), f"{each.tokens:,} {MARKS[each.grade]}")
        for prompt, each in known
    ]
    yield from _columns("<<>", cells, [each.source for _, each in known], view)
    if len(held) > len(known):
        yield Styled(f"  {counted(len(held) - len(known), 'variable')} of unknown size", style="dim")


def _columns(
    sides: str, cells: Sequence[Sequence[str]], sources: Sequence[str], view: View
) -> Iterator[Styled]:
    """Cells below each other, to the left or right as ``sides`` has it (``<>``), and behind them who says so.

    Where that is too long, it stands on lines of its own.
    """
    widths = [max(map(columns_of, column)) for column in zip(*cells, strict=True)]
    for row, source in zip(cells, sources, strict=True):
        padded = (_padded(*each) for each in zip(row, widths, sides, strict=True))
        said = f"{INDENT}{'  '.join(padded)}".rstrip()
        whole = f"{said}  {safe(source)}" if source else said
        if columns_of(whole) <= view.width:
            yield Styled(whole)
            continue
        yield Styled(said)
        yield from (Styled(line) for line in wrapped(source, INDENT * 2, view))


def _padded(cell: str, width: int, side: str) -> str:
    blank = " " * (width - columns_of(cell))
    return cell + blank if side == "<" else blank + cell
