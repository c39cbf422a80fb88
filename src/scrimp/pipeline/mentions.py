"""What a file's bytes and facts mention: other files by their names, and the names that it binds."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from scrimp.expressions import compiled_late
from scrimp.link import CODE_LANGUAGES, loader
from scrimp.link.specifiers import is_named_by_path
from scrimp.link.symbols import CODE_SUFFIXES
from scrimp.model.facts import Facts
from scrimp.readers.words import quotes_text

_SUFFIX = rb"\.(?:txt|md|mdx|j2|jinja2?|tmpl|ya?ml|json|toml|prompt\w*|st)"
_CLOSED = rb"""(?:\?\w+)?\\?["']"""
_ENDING = compiled_late(b"(%b)%b" % (_SUFFIX, _CLOSED))
"""How the name of a file ends, with the quote behind it."""
_BEGINNING = compiled_late(rb"[^\n]{0,200}?([\w.-]+)")
"""What stands between that and the quote before it: folders, and the name."""
_LONGEST = 500  # bytes of both
_EMBED = b"//go:embed"
_EMBEDDED = compiled_late(rb"%b[ \t]+(?:[\w.-]+/)*([\w.-]+)" % _EMBED)
_EXPORTED = compiled_late(rb"(?m)^[ \t]*(?:export\b|(?:module\.)?exports\b)")
_WORD = compiled_late(rb"[\w\x80-\xff]+")
_BOUND = compiled_late(
    rb"(?m)^(?:(?:async )?def (%b)\(|from (.*)|(%b)\s*(?::[^=\n]+)?=)" % (_WORD.pattern, _WORD.pattern)
)
_CLASS = compiled_late(rb"(?m)^class (%b)" % _WORD.pattern)
_METHOD_TELLS = compiled_late(rb"""\n[ \t]+(?:return|yield)\b[^\n]*["']""")
ANY = "*"
_HANDED_ON = compiled_late(rb"""\bexport\s*(?:\*|\{[^}]*\})[^;\n]*\bfrom\s*["']""")


def named(path: str, raw: bytes, facts: Facts) -> set[str]:
    """The last parts of the names of files that a file may mean."""
    if facts.language in CODE_LANGUAGES:
        return set(_files_named(raw))
    return loader.named(facts, path) if facts.entries else set()


def _files_named(raw: bytes) -> Iterator[str]:
    """The names of files that code quotes or embeds: what ends like one is rare, so it is read from its end."""
    done = 0
    for ending in _ENDING.finditer(raw):
        at = ending.start()
        since = max(done, at - _LONGEST)
        quote = max(raw.rfind(b'"', since, at), raw.rfind(b"'", since, at))
        beginning = None if quote < 0 else _BEGINNING.fullmatch(raw, quote + 1, at)
        if beginning is not None:
            done = ending.end()
            yield (beginning[1] + ending[1]).decode("ascii", "replace")
    if _EMBED in raw:
        yield from (name.decode("ascii", "replace") for name in _EMBEDDED.findall(raw))


def bound(path: str, raw: bytes) -> tuple[str, ...]:
    """The names that a module assigns at its top level, imports, or returns something under; sorted.

    A class counts where its fields are described, as a call may ask for an answer in its form, or where a method may
    return text. ``*`` stands for any name: where modules are named by paths, one that quotes text may export it by
    names that nothing shows.
    """
    if is_named_by_path(path):
        may = _HANDED_ON.search(raw) is not None or (_EXPORTED.search(raw) is not None and quotes_text(raw))
        return (ANY,) if may else ()
    if posixpath.splitext(path)[1] not in CODE_SUFFIXES:  # what isn't named by paths has no other name
        return ()
    names = {name for found in _BOUND.finditer(raw) for name in _WORD.findall(found[found.lastindex or 0])}
    if b"description=" in raw or _METHOD_TELLS.search(raw) is not None:
        names.update(_CLASS.findall(raw))
    return tuple(sorted(name.decode("utf-8", "replace") for name in names))
