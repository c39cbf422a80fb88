"""Which model calls of published packages ``scrimp audit`` finds, and whose text it resolves: calls.py [NAME ...]

The calls were listed by reading: ``calls/README.md`` says what counts and what the keys of ``calls/*.jsonl`` mean.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apps
import corpus
import harness
import speed

LABELS = harness.HERE / "calls"
LISTED = frozenset(path.stem for path in LABELS.glob("*.jsonl"))
OWN_TEXT = ("repository", "both")
"""What a record says of its text if any of it lies in the repository."""
HANDED_ON = "handed"
"""What a place says of its text if it only hands it on: a request there is neither right nor wrong."""
WITH_TEXT = ("full", "partial")
"""What a request says of its text if any of it was found."""


@dataclass(frozen=True)
class Record:
    """One line of a list: a model call, or a place where text for one is put together."""

    path: str
    line: int
    kind: str
    function: str
    text: str
    sdk: str = ""
    wrapper: str = ""
    unsure: bool = False
    built: int = 0

    @property
    def lines(self) -> tuple[int, ...]:
        """Where a request may stand that is this record: at the call, or where the called object is made."""
        return (self.line, self.built) if self.built else (self.line,)

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.function}"


@dataclass(frozen=True)
class Score:
    """What was found of a list. ``own`` are the calls with text of the repository, ``false`` requests that are none."""

    calls: Sequence[Record] = ()
    missed: Sequence[Record] = ()
    own: Sequence[Record] = ()
    unresolved: Sequence[Record] = ()
    places: Sequence[Record] = ()
    places_unresolved: Sequence[Record] = ()
    false: Sequence[str] = ()

    def plus(self, other: Score) -> Score:
        """Both packages together."""
        return Score(**{name: [*getattr(self, name), *getattr(other, name)] for name in vars(self)})

    def __str__(self) -> str:
        return (
            f"calls {_share(self.calls, self.missed)} false {len(self.false)} "
            f"resolved {_share(self.own, self.unresolved)} "
            f"places resolved {_share(self.places, self.places_unresolved)}"
        )


def _share(of: Sequence[object], without: Sequence[object]) -> str:
    found = len(of) - len(without)
    return f"{found}/{len(of)} = {found / len(of):.3f}" if of else "0/0"


def records(name: str) -> list[Record]:
    """The list of one package."""
    known = Record.__dataclass_fields__
    lines = (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Record(**{key: value for key, value in json.loads(line).items() if key in known}) for line in lines
    ]


@dataclass(frozen=True)
class Requests:
    """The requests of an audit that calls make, by where they stand."""

    by_place: dict[tuple[str, int], list[dict[str, Any]]]

    @classmethod
    def of(cls, document: dict[str, Any]) -> Requests:
        """Those of an audit's JSON document."""
        by_place: dict[tuple[str, int], list[dict[str, Any]]] = {}
        for request in document["requests"]:
            if not request["implicit"]:
                by_place.setdefault((request["path"], request["line"]), []).append(request)
        return cls(by_place)

    def at(self, record: Record) -> list[dict[str, Any]]:
        """The requests at a record's lines."""
        return [request for line in record.lines for request in self.by_place.get((record.path, line), ())]

    def any_with_text(self, records: Sequence[Record]) -> bool:
        """Whether any text was found of what is sent at one of the records."""
        return any(request["text"] in WITH_TEXT for record in records for request in self.at(record))

    def reach(self, call: Record, places: Sequence[Record]) -> bool:
        """Whether a request stands at the call, or one of its SDK where its text is put together."""
        from_places = (request for place in places for request in self.at(place))
        return bool(self.at(call)) or any(request["sdk"] == call.sdk for request in from_places)

    def elsewhere(self, listed: Sequence[Record]) -> list[str]:
        """The requests that stand where nothing is listed, those of tests and examples apart."""
        known = {(record.path, line) for record in listed for line in record.lines}
        return [
            f"{path}:{line} {request['sdk']}.{request['function']}"
            for (path, line), there in self.by_place.items()
            for request in there
            if (path, line) not in known and not apps.ASIDE.search(path)
        ]


def score(listed: Sequence[Record], requests: Requests) -> Score:
    """Compare a list with an audit: ``calls/README.md`` says when a call is found and when it is resolved."""
    calls = [each for each in listed if each.kind == "call" and not each.unsure]
    own = [each for each in calls if each.text in OWN_TEXT]
    put_together = [each for each in listed if each.kind == "place" and each.text != HANDED_ON]
    places = [each for each in put_together if each.text in OWN_TEXT]

    def of(call: Record) -> list[Record]:
        return [place for place in put_together if call.wrapper and place.wrapper == call.wrapper]

    return Score(
        calls=calls,
        missed=[call for call in calls if not requests.reach(call, of(call))],
        own=own,
        unresolved=[call for call in own if not requests.any_with_text([call, *of(call)])],
        places=places,
        places_unresolved=[place for place in places if not requests.any_with_text([place])],
        false=requests.elsewhere(listed),
    )


def trees(names: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """The named packages' trees, downloaded if need be."""
    if unknown := sorted(set(names) - LISTED):
        raise harness.BenchmarkError(
            f"no calls are listed of {', '.join(unknown)}; they are of {', '.join(sorted(LISTED))}"
        )
    for name in names:
        if name == speed.CREWAI.package:
            yield name, speed.CREWAI.unpacked()
        elif name in apps.pins():
            yield name, apps.fetched([name])[name]
        else:
            yield name, corpus.fetched([name])[0][0]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", default=sorted(LISTED), metavar="NAME")
    parser.add_argument("--missed", action="store_true", help="list what is missed, false and unresolved")
    return parser.parse_args()


def show_misses(found: Score) -> None:
    for title, entries in (
        ("missed", found.missed),
        ("false", found.false),
        ("unresolved", found.unresolved),
        ("place unresolved", found.places_unresolved),
    ):
        for entry in entries:
            print(f"  {title}: {entry}")


def benchmark() -> None:
    given = options()
    total = Score()
    for name, tree in trees(given.names):
        document = json.loads(harness.audit(tree).read_text(encoding="utf-8"))
        found = score(records(name), Requests.of(document))
        print(f"{name}: {found}")
        if given.missed:
            show_misses(found)
        total = total.plus(found)
    print(total)


if __name__ == "__main__":
    harness.main(benchmark)
