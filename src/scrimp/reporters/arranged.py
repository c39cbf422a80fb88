"""What of a request goes out together and what one or the other, as objects of the JSON document."""

from __future__ import annotations

from typing import Any

from scrimp.model.amounts import UNKNOWN_MONEY
from scrimp.model.arrangement import OneOf, Together
from scrimp.model.measured import MeasuredRequest
from scrimp.reporters.amounts import usd

Object = dict[str, Any]
TYPICALLY, SOMETIMES = "typically", "sometimes"
"""By which calls a prompt is sent that not all of them send: by the typical one too, or only by others."""


def alternatives_of(together: Together[int]) -> list[Object]:
    """The choices among parts, by their numbers: each with the source that decides, and the ways that there are."""
    return [
        {"condition": piece.condition or None, "ways": [_way(each) for each in piece.alternatives]}
        for piece in together.pieces
        if isinstance(piece, OneOf)
    ]


def _way(together: Together[int]) -> Object:
    return {
        "prompts": [piece for piece in together.pieces if not isinstance(piece, OneOf)],
        "open": together.open_parts > 0,
        "alternatives": alternatives_of(together),
    }


def sent_prompts(measured: MeasuredRequest) -> list[Object]:
    """The prompts of a request and what each bears; ``sent`` tells of those that not all calls send which ones do."""
    request = measured.request
    shares = measured.shares or (UNKNOWN_MONEY,) * len(request.parts)
    always = set(request.together.certain())
    return [
        {
            "id": part.prompt,
            "role": part.role,
            **({} if number in always else {"sent": TYPICALLY if number in measured.sent else SOMETIMES}),
            "per_call_usd": usd(share),
        }
        for number, (part, share) in enumerate(zip(request.parts, shares, strict=True))
    ]
