"""What a rewrite changes, as a unified diff."""

from __future__ import annotations

from scrimp.fix.write import Rewrite

_NO_LINE_END = "\n\\ No newline at end of file\n"


def unified_diff(rewrite: Rewrite) -> str:
    """The change of one file as ``git diff`` writes it; empty if nothing changes. Line ends are kept."""
    return difference(rewrite.before.path, rewrite.before.text, rewrite.text)


def difference(path: str, before: str | None, after: str) -> str:
    """What becomes of a file's text, likewise; ``None`` is a file that isn't there."""
    import difflib  # noqa: PLC0415  only needed here, and slow to import

    old = "/dev/null" if before is None else f"a/{path}"
    lines = difflib.unified_diff(_lines(before or ""), _lines(after), old, f"b/{path}")
    return "".join(line if line.endswith("\n") else line + _NO_LINE_END for line in lines)


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends one, as everywhere in this program."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
