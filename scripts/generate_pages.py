"""Writes docs/rules: a page for each rule card and a table of all of them.

Run it after a change of a card: ``python scripts/generate_pages.py``. With ``--check`` it writes nothing and fails
where a page is not as its card makes it; a test does the same.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scrimp.checks import shipped_cards
from scrimp.pages import markdown

FOLDER = Path(__file__).parents[1] / "docs/rules"
ADVICE = "run: python scripts/generate_pages.py"


def pages() -> dict[str, str]:
    """The pages as text, by the names of their files."""
    cards = shipped_cards()
    return {"README.md": markdown.index(cards), **{f"{card.id}.md": markdown.page(card) for card in cards}}


def differing() -> list[str]:
    """The files that are not as the cards make them, those of rules that are gone included."""
    made = pages()
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in {*made, *there} if made.get(name) != there.get(name))


def write() -> None:
    """Make all files as the cards say."""
    made = pages()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in differing():
        if name in made:
            (FOLDER / name).write_text(made[name], "utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()
        print(f"wrote docs/rules/{name}" if name in made else f"removed docs/rules/{name}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        stale = differing()
        if stale:
            sys.exit(f"docs/rules: not as the cards make them: {', '.join(stale)}\n{ADVICE}")
    else:
        write()
