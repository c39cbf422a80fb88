"""How many tokens answers have: expected, and at most.

Expected is, in this order, what is configured; what was imported from real usage; what a schema that the call names
lets the answer be; what the prompt's own words ask for; and an assumption by the task. At most it is the cap that the
call declares, or the schema's bound. Models that think write more than is seen of their answers: unless the whole is
told, what is expected is a lower bound.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from scrimp.catalog.reasoning import thinks
from scrimp.measure.known import RequestKnown, Stated
from scrimp.measure.limits import limit
from scrimp.measure.shapes import Count, Length, length
from scrimp.measure.tasks import DEFAULT_OUTPUT, task
from scrimp.model.amounts import Grade, Interval
from scrimp.model.answers import Asked
from scrimp.model.prompts import Prompt

NO_EFFORT = frozenset(("none", "disabled", "off", "0"))
"""Words by which a call has the model not think: of OpenAI, Anthropic and Google (a budget of 0)."""
MOST_QUOTED = 80
"""Characters of a sentence that a source quotes."""


class Answer(Struct, frozen=True):
    """Tokens of an answer, of all of them where a call asks for several.

    ``declared`` is what budgets count on where it is guessed; ``source`` says who tells.
    ``reasoning`` is what is thought before it, as far as that is told apart; ``is_least`` tells that more may be
    thought than is expected.
    """

    tokens: Interval[int]
    source: str
    declared: int
    reasoning: Stated | None = None
    is_least: bool = False


READY = "Write one word."
"""An instruction that has all expressions compiled."""
NO_ANSWER = Answer(Interval(0, 0, 0, Grade.EXACT), "", 0)


def answer(known: RequestKnown, model: str, filled: int, count: Count) -> Answer:
    """What a request is answered; ``filled`` are the tokens that fill its prompts' variables, as far as known.

    ``count`` gives the tokens of a text for the request's model. A file that an agent loads, and a tool without its
    call, have no answer of their own.
    """
    parts = known.parts
    if parts and (
        all(part.kind == "tool" for part in parts) or all(part.kind == "instructions" for part in parts)
    ):
        return NO_ANSWER
    effort = known.request.effort
    thinking = effort.lower() not in NO_EFFORT if effort else thinks(model)
    asked = known.request.answer
    shaped = None if asked is None else length(asked.shape, count)
    cap = _least(known.request.output_cap or None, shaped.most if shaped and not thinking else None)
    visible = known.output_tokens
    reasoning = known.reasoning_tokens
    if visible is None:
        visible = _expected(parts, filled) if shaped is None or asked is None else _of_schema(shaped, asked)
    apart = reasoning is not None and not known.answer_is_imported
    whole = visible.tokens + (reasoning.tokens if reasoning is not None and apart else 0)
    told = visible.grade in (Grade.CONFIGURED, Grade.IMPORTED)
    expected = _capped(whole, cap)
    answers = (
        1 if known.answer_is_imported else max(1, known.request.choices)
    )  # what was really paid holds all
    return Answer(
        Interval(0, answers * expected, None if cap is None else answers * cap, visible.grade),
        visible.source,
        answers * (expected if told else _capped(DEFAULT_OUTPUT, cap)),
        reasoning and Stated(answers * reasoning.tokens, reasoning.grade, reasoning.source),
        is_least=not told and reasoning is None and thinking,
    )


def make_ready() -> None:
    """Compile what tells how long an answer is, which takes longer than to look through a few prompts."""
    limit((READY,))
    task((READY,))


def _of_schema(shaped: Length, asked: Asked) -> Stated:
    """An answer as the schema that the call names lets it be."""
    return Stated(shaped.expected, Grade.HEURISTIC, f"schema {asked.name}".strip())


def _least(*bounds: int | None) -> int | None:
    """The lowest of some bounds; ``None`` is none."""
    return min((bound for bound in bounds if bound is not None), default=None)


def _expected(parts: Sequence[Prompt], filled: int) -> Stated:
    """An answer as the prompts ask for it, else as their task lets assume."""
    told = _limit(parts)
    if told is not None:
        return told
    found = task(each.text for each in sorted(parts, key=lambda each: each.role != "user"))
    if found is None:
        return Stated(DEFAULT_OUTPUT, Grade.ASSUMED, "default")
    return Stated(found.expected(filled), Grade.ASSUMED, f"task: {found.name}")


def _limit(parts: Sequence[Prompt]) -> Stated | None:
    """The longest of what the parts ask for, with the sentence that does."""
    found = [(known, each) for each in parts if (known := limit((each.text,))) is not None]
    if not found:
        return None
    known, prompt = max(found, key=lambda each: each[0].tokens)
    sentence = (
        known.sentence if len(known.sentence) <= MOST_QUOTED else known.sentence[: MOST_QUOTED - 1] + "…"
    )
    return Stated(known.tokens, Grade.HEURISTIC, f'"{sentence}" in {prompt.id}')


def _capped(tokens: int, cap: int | None) -> int:
    return tokens if cap is None else min(tokens, cap)
