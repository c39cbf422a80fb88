"""Parts joined to the requests that they go out with: a run to its agent, a message to its history and its call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from scrimp.link.calls.arguments import Arguments, Bound
from scrimp.link.calls.sending import Place, Sending
from scrimp.link.values import Made, Value


def with_parts(sendings: list[Sending], arguments: Arguments) -> list[Sending]:
    """Sendings, the requests with their parts; parts without a request stay by themselves."""
    parts = [each for each in sendings if each.pattern.makes == "part"]
    if not parts:
        return sendings
    requests: dict[Place, list[int]] = defaultdict(list)
    sent = [(number, each) for number, each in enumerate(sendings) if each.pattern.makes == "request"]
    for number, each in sent:
        requests[each.sink.path, each.sink.call.call.start].append(number)
    for number, each in sent:
        for place in _holders(each, arguments):
            requests[place].append(number)
    result = list(sendings)
    for each in parts:
        found = next((place for place in _joins(each, arguments) if place in requests), None)
        for number in requests[found] if found is not None else ():
            known = result[number]
            result[number] = replace(known, sent=known.sent.plus(each.sent))
    return result


def _holders(request: Sending, arguments: Arguments) -> Iterator[Place]:
    """The calls that made what holds a request's messages, a chat history for example."""
    bound = Bound(request.sink.call.call, request.sink.path)
    for text in request.pattern.texts:
        value = arguments.value(bound, text.argument, text.position) if text.argument else None
        if isinstance(value, Made):
            yield value.path, value.call.start


def _joins(part: Sending, arguments: Arguments) -> Iterator[Place]:
    """The calls that made the object whose request a part goes out with, the last of its chain first."""
    bound = Bound(part.sink.call.call, part.sink.path)
    named: list[Value | None] = [arguments.value(bound, each) for each in part.pattern.joined]
    for value in (*named, part.match.client):
        if isinstance(value, Made):
            call, path, _ = value.making
            yield value.path, value.call.start
            yield path, call.start
