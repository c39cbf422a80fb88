"""Builds small measured trees for the tests that compare and judge them: prices are round, so cents are by
hand.

A token is a word. A model costs ``INPUT`` and ``OUTPUT`` US dollars per million tokens.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from scrimp.model.amounts import UNKNOWN_MONEY, Grade, Interval
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest, MeasuredVariable
from scrimp.model.prompts import Confidence, Prompt, Request, RequestPart
from scrimp.model.segments import Segment, TextSegment, VariableSegment
from scrimp.model.source import Place

INPUT = {"small": Decimal(1), "large": Decimal(10)}
OUTPUT = {"small": Decimal(4), "large": Decimal(40)}
MILLION = Decimal(1_000_000)


class Text(Struct, frozen=True):
    """A prompt to be: ``variables`` maps names to tokens, ``None`` is a size nobody knows."""

    path: str
    name: str
    text: str
    variables: tuple[tuple[str, int | None], ...] = ()
    confidence: Confidence = Confidence.HIGH
    owner: str = ""
    inlined: bool = False

    @property
    def id(self) -> str:
        return f"{self.path}::{self.name}"

    @property
    def static(self) -> int:
        return len(self.text.split())

    @property
    def tokens(self) -> int:
        return self.static + sum(size or 0 for _, size in self.variables)


class Call(Struct, frozen=True):
    """A request to be. ``model`` may be one without a price; ``overhead`` and ``output`` are tokens."""

    id: str
    sends: tuple[Text, ...]
    calls: int = 1_000_000
    model: str = "small"
    output: int = 0
    cap: int = 0
    overhead: int = 0
    cached: Decimal | None = None


def tree(*calls: Call, also: tuple[Text, ...] = ()) -> Measured:
    """The measured tree of some calls and the prompts that they send; ``also`` are sent by none."""
    texts = list(dict.fromkeys([*(text for call in calls for text in call.sends), *also]))
    return Measured(
        tuple(
            _prompt(text, [call for call in calls if text in call.sends], order)
            for order, text in enumerate(texts)
        ),
        tuple(_request(call) for call in calls),
    )


def alone(text: Text, **call: object) -> Call:
    """The request that sends just one prompt, a million times a month unless told otherwise."""
    return Call(f"{text.path}#{text.name}", (text,), **call)  # type: ignore[arg-type]


def money(amount: Decimal | None) -> Interval[Decimal]:
    return UNKNOWN_MONEY if amount is None else Interval(amount, amount, amount, Grade.CONFIGURED)


def _share(text: Text, call: Call) -> Decimal | None:
    """Per call; a cached token costs a tenth."""
    price = INPUT.get(call.model)
    cached = call.cached or Decimal(0)
    return None if price is None else text.tokens * price / MILLION * (1 - cached * Decimal("0.9"))


def _per_call(call: Call) -> Decimal | None:
    shares = [_share(text, call) for text in call.sends]
    if call.model not in INPUT:
        return None
    rest = (call.overhead * INPUT[call.model] + call.output * OUTPUT[call.model]) / MILLION
    return sum((share for share in shares if share is not None), rest)


def _times(amount: Decimal | None, calls: int) -> Decimal | None:
    return None if amount is None else amount * calls


def _total(amounts: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _prompt(text: Text, calls: list[Call], order: int) -> MeasuredPrompt:
    segments: list[Segment] = [TextSegment(text.text, text.path, ())]
    segments += [VariableSegment(name, text.path, 0, 0) for name, _ in text.variables]
    prompt = Prompt(
        text.id, text.path, Place(order + 1, 1, order + 1, 2), order, order + 1, text.name, "python",
        "python-string", "none", "user", "message", "call", text.confidence, (), tuple(segments), "",
        text.inlined,
    )  # fmt: skip
    return MeasuredPrompt(
        prompt=prompt,
        model=calls[0].model if calls else "small",
        encoding="o200k_base",
        static=text.static,
        tokens=Interval(text.static, text.tokens, text.tokens, Grade.EXACT),
        variables=tuple(
            MeasuredVariable(name, 1, 1, "request", size, Grade.CONFIGURED) for name, size in text.variables
        ),
        per_call=money(_share(text, calls[0]) if calls else None),
        monthly=money(_total([_times(_share(text, call), call.calls) for call in calls]) if calls else None),
        owner=text.owner,
        text_sha256="",
    )


def _request(call: Call) -> MeasuredRequest:
    path = call.sends[0].path if call.sends else call.id.partition("#")[0]
    request = Request(
        call.id, path, 1, "openai", "chat.completions.create", False, "full",
        tuple(RequestPart(text.id, "user") for text in call.sends), call.model, "call", call.cap, 1, 0,
        "once",
    )  # fmt: skip
    tokens = sum(text.tokens for text in call.sends) + call.overhead
    return MeasuredRequest(
        request=request,
        model=call.model,
        provider="openai",
        model_source="call",
        input_tokens=Interval(tokens, tokens, tokens, Grade.EXACT),
        overhead=call.overhead,
        output_tokens=Interval(call.output, call.output, call.cap or None, Grade.ASSUMED),
        calls=call.calls,
        calls_grade=Grade.CONFIGURED,
        per_call=money(_per_call(call)),
        monthly=money(_times(_per_call(call), call.calls)),
        shares=tuple(money(_share(text, call)) for text in call.sends),
        cached=call.cached,
        rates=(INPUT[call.model], OUTPUT[call.model]) if call.model in INPUT else None,
    )
