"""Writes what the rule cards make: docs/rules, with a page for each and a table of all, and all of them as one file.

Run it after a change of a card: ``python scripts/generate_pages.py``. With ``--check`` it writes nothing and fails
where a page, or the file that is read instead of the cards, is not as the cards make it; a test does the same.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scrimp.checks.cards import COMPILED, compiled, written_cards
from scrimp.pages import markdown

ROOT = Path(__file__).parents[1]
PAGES = Path("docs/rules")
ADVICE = "run: python scripts/generate_pages.py"


def made() -> dict[Path, bytes]:
    """The files with what they hold, by their paths."""
    cards = written_cards()
    pages = {"README.md": markdown.index(cards), **{f"{card.id}.md": markdown.page(card) for card in cards}}
    return {
        Path("rules", COMPILED): compiled(cards),
        **{PAGES / name: text.encode() for name, text in pages.items()},
    }


def differing(wanted: dict[Path, bytes]) -> list[Path]:
    """The files that are not as the cards make them, pages of rules that are gone included."""
    paths = {*wanted, *(path.relative_to(ROOT) for path in (ROOT / PAGES).glob("*.md"))}
    there = {path: (ROOT / path).read_bytes() for path in paths if (ROOT / path).exists()}
    return sorted(path for path in paths if wanted.get(path) != there.get(path))


def write() -> None:
    """Make all files as the cards say."""
    wanted = made()
    (ROOT / PAGES).mkdir(parents=True, exist_ok=True)
    for path in differing(wanted):
        if path in wanted:
            (ROOT / path).write_bytes(wanted[path])
        else:
            (ROOT / path).unlink()
        print(f"wrote {path.as_posix()}" if path in wanted else f"removed {path.as_posix()}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        stale = differing(made())
        if stale:
            sys.exit(f"not as the cards make them: {', '.join(map(str, stale))}\n{ADVICE}")
    else:
        write()
