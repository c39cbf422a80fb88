"""What a rewrite changes, as a unified diff."""

from __future__ import annotations

from scrimp.fix.write import Rewrite

_NO_LINE_END = "\n\\ No newline at end of file\n"


def unified_diff(rewrite: Rewrite) -> str:
    """The change of one file as ``git diff`` writes it; empty if nothing changes. Line ends are kept."""
    import difflib  # noqa: PLC0415  only needed here, and slow to import

    path = rewrite.before.path
    lines = difflib.unified_diff(_lines(rewrite.before.text), _lines(rewrite.text), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else line + _NO_LINE_END for line in lines)


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends one, as everywhere in this program."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
