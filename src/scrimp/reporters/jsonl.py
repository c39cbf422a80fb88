"""``--format jsonl``: the JSON document in lines, one for each prompt, request, finding and so on.

A line is an object with its ``type`` in front: the lists of the document by their item (``prompt``, ``finding`` …), and
``report`` for the first line, which holds all that is no list. Streams and ``jq 'select(.type == "finding")'`` need no
more.
"""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.model.report import Report
from scrimp.reporters.json import Object, document, encoded
from scrimp.reporters.view import View

ITEMS = {
    "prompts": "prompt",
    "requests": "request",
    "unresolved": "unresolved",
    "findings": "finding",
    "saveable_by_rule": "saveable",
    "abstentions": "abstention",
    "changes": "change",
    "skipped": "skipped",
}
"""The lists of the document, in their order, and what one of their items is."""


def render(report: Report, view: View) -> str:
    """A line an object."""
    whole = document(report, texts="texts" in view.lists)
    return "".join(f"{encoded(each)}\n" for each in _objects(whole))


def _objects(whole: Object) -> Iterator[Object]:
    yield {"type": "report", **{key: value for key, value in whole.items() if key not in ITEMS}}
    for key, kind in ITEMS.items():
        for item in whole[key]:
            yield {"type": kind, **item}
