"""Expressions that are compiled late, of which a mistake would show only where they are used."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import scrimp
from scrimp.expressions import compile_late, compiled_late


def test_one_is_what_it_would_be_compiled_at_once() -> None:
    late, at_once = (
        compiled_late(r"(?P<word>[a-z]+)\d", re.IGNORECASE),
        re.compile(r"(?P<word>[a-z]+)\d", re.IGNORECASE),
    )

    assert late.pattern == at_once.pattern
    assert late.flags == at_once.flags
    assert late.findall("a1 B2 c") == ["a", "B"] == late.findall("a1 B2 c")
    assert late.sub(r"<\g<word>>", "a1 b2") == "<a> <b>"


def test_those_of_a_module_can_be_compiled_before_they_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("made")
    module.__dict__.update(late=compiled_late("[ab]+"), other="text")

    compile_late(module)
    monkeypatch.delattr("re.compile")
    assert module.__dict__["late"].findall("ab c b") == ["ab", "b"]


def test_one_that_is_wrong_says_so_when_it_is_used() -> None:
    wrong = compiled_late(rb"(")

    with pytest.raises(re.error, match="unterminated"):
        wrong.search(b"")


def test_all_of_ours_can_be_compiled() -> None:
    root = Path(scrimp.__file__).parents[1]
    files = [each for each in root.rglob("*.py") if "= compiled_late(" in each.read_text("utf-8")]
    modules = [
        import_module(".".join(file.relative_to(root).with_suffix("").parts)) for file in sorted(files)
    ]
    late = [
        each for module in modules for each in vars(module).values() if type(each) is type(compiled_late(""))
    ]

    assert len(late) > 100
    assert all(each.pattern is not None for each in late)
