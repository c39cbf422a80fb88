"""What instruction files import stands in them, and is loaded as they are."""

from __future__ import annotations

from linked_repository import prompt, shown

from scrimp.link import link
from scrimp.model.facts import Facts
from scrimp.model.prompts import Linked
from scrimp.model.source import Source
from scrimp.readers import agent, reader_for
from scrimp.readers.paths import agent_file


def linked(files: dict[str, str]) -> Linked:
    """A tree whose other files are all imported."""
    return link({path: _facts(Source(path, text, "")) for path, text in files.items()})


def _facts(source: Source) -> Facts:
    if agent_file(source.path):
        return agent.read(source)
    reader = reader_for(source.path, b"")
    return agent.imported(source, reader.read(source) if reader else None)


def test_an_imported_file_is_a_part_of_its_importer_and_costs_nothing_of_its_own() -> None:
    found = linked({"CLAUDE.md": "See @docs/a.md now", "docs/a.md": "Use {braces} well"})
    inner = prompt(found, "docs/a.md")

    assert shown(prompt(found, "CLAUDE.md")) == "See Use {braces} well now"
    assert (inner.kind, inner.loaded, inner.role, inner.confidence) == (
        "partial",
        "session",
        "system",
        "high",
    )
    assert inner.evidence == ("part of CLAUDE.md",)
    assert inner.variables == ()
    assert [request.id for request in found.requests] == ["CLAUDE.md!"]


def test_any_kind_of_file_can_be_imported() -> None:
    found = linked({"CLAUDE.md": "@package.json\n@Makefile", "package.json": "{}\n", "Makefile": "all:\n"})

    assert shown(prompt(found, "CLAUDE.md")) == "{}\n\nall:\n"


def test_an_imported_file_is_loaded_as_the_importer_that_is_loaded_most_often() -> None:
    files = {"pkg/CLAUDE.md": "@../a.md", "CLAUDE.md": "x", "a.md": "a"}

    assert prompt(linked(files), "a.md").loaded == "conditional"
    assert prompt(linked({**files, "CLAUDE.md": "@a.md"}), "a.md").loaded == "session"


def test_an_instruction_file_that_another_one_imports_counts_once() -> None:
    found = linked({"CLAUDE.md": "@AGENTS.md", "AGENTS.md": "Be kind."})

    assert [request.id for request in found.requests] == ["CLAUDE.md!"]
    assert prompt(found, "AGENTS.md").kind == "instructions"


def test_one_that_is_loaded_more_often_by_itself_counts_by_itself() -> None:
    found = linked({"pkg/CLAUDE.md": "@../AGENTS.md", "AGENTS.md": "Be kind."})

    assert [request.id for request in found.requests] == ["AGENTS.md!", "pkg/CLAUDE.md!"]


def test_agents_that_know_no_imports_are_sent_what_is_written() -> None:
    found = linked({"AGENTS.md": "Be kind as in @a.md", "a.md": "a"})

    assert shown(prompt(found, "AGENTS.md")) == "Be kind as in @a.md"
    assert [each.id for each in found.prompts] == ["AGENTS.md"]


def test_imports_are_followed_five_hops() -> None:
    files = {f"{number}.md": f"{number} @{number + 1}.md" for number in range(1, 8)}
    found = linked({"CLAUDE.md": "0 @1.md", **files})

    assert shown(prompt(found, "CLAUDE.md")) == "0 1 2 3 4 5 @6.md"
    assert [each.path for each in found.prompts if each.inlined] == [f"{number}.md" for number in range(1, 6)]


def test_imports_in_circles_and_repeated_ones_are_followed_once() -> None:
    found = linked({"CLAUDE.md": "@a.md @a.md", "a.md": "a @b.md", "b.md": "b @a.md @CLAUDE.md"})

    assert shown(prompt(found, "CLAUDE.md")) == "a b @a.md @CLAUDE.md @a.md"
    assert shown(prompt(found, "b.md")) == "b @a.md @CLAUDE.md"
    assert [request.id for request in found.requests] == ["CLAUDE.md!"]


def test_a_thicket_of_imports_takes_no_time() -> None:
    everything = " ".join(f"@{number}.md" for number in range(60))
    found = linked({"CLAUDE.md": everything, **{f"{number}.md": everything for number in range(60)}})

    assert len(found.prompts) == 61


def test_what_leads_nowhere_stays_as_written_and_is_listed() -> None:
    text = "Ask @john\n@~/.claude/mine.md\n@docs/gone.md, @../up.md"
    found = linked({"CLAUDE.md": text})

    assert shown(prompt(found, "CLAUDE.md")) == text
    assert [(each.path, each.line, each.what, each.reason) for each in found.unresolved] == [
        ("CLAUDE.md", 2, "@~/.claude/mine.md", "imports from outside of the tree are not followed"),
        ("CLAUDE.md", 3, "@docs/gone.md,", "the tree has no such text"),
        ("CLAUDE.md", 3, "@../up.md", "imports from outside of the tree are not followed"),
    ]
