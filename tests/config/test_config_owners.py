"""Owners from CODEOWNERS files and from the configuration."""

from __future__ import annotations

import pytest
from configured_tree import Files, refused

from scrimp.config.load import load
from scrimp.config.owners import from_codeowners

CODEOWNERS = """\
# everything
*            @acme/core @someone
/docs/       docs@example.org   # inline
src/search   @search
src/search/free.py
*.md
name\\ with\\ blank.py @blank
!negated @nobody
\\
"""


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("a.py", "acme/core"),
        ("docs/a.txt", "docs@example.org"),
        ("src/search/a.py", "search"),
        ("src/search/free.py", None),
        ("README.md", None),
        ("name with blank.py", "blank"),
        ("negated", "acme/core"),
    ],
)
def test_the_last_line_that_matches_wins(path: str, owner: str | None) -> None:
    assert from_codeowners(CODEOWNERS.encode()).of(path) == owner


def test_sections_of_gitlab_have_default_owners() -> None:
    owners = from_codeowners(b"[Docs] @writers\ndocs/\ndocs/api/ @api\n^[Other][2]\nother/\n")

    assert [owners.of(path) for path in ("docs/a", "docs/api/a", "other/a")] == ["writers", "api", None]


def test_gitlab_s_roles_are_names_and_its_exclusions_are_nobody_s() -> None:
    owners = from_codeowners(b"[Docs] @writers\ndocs/ @@maintainer\n!docs/api/\n")

    assert [owners.of(path) for path in ("docs/a", "docs/api/a")] == ["maintainer", None]


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [("docs/*", "docs/a.md", "docs/api/a.md"), ("/*", "a.md", "docs/a.md"), ("**/x/*", "y/x/a", "y/x/z/a")],
)
def test_a_star_at_the_end_means_one_level(pattern: str, inside: str, outside: str) -> None:
    owners = from_codeowners(f"* @all\n{pattern} @few\n".encode())

    assert [owners.of(path) for path in (inside, outside)] == ["few", "all"]


def test_owners_are_the_same_with_and_without_their_at_sign() -> None:
    loaded = load(
        Files(
            {
                "scrimp.yaml": "owners: {a/: '@acme/a', b/: acme/b}\n"
                "prompts: [{match: c/, owner: '@acme/c'}]\n"
                "budgets: [{name: a, owner: '@acme/a', max_monthly: 1}]"
            }
        )
    ).settings

    assert [loaded.owners.of(path) for path in ("a/x", "b/x")] == ["acme/a", "acme/b"]
    assert (loaded.prompts[0].owner, loaded.budgets[0].owner) == ("acme/c", "acme/a")


@pytest.mark.parametrize("text", ["owners: {a/: '@'}", "budgets: [{name: a, owner: '@', max_monthly: 1}]"])
def test_a_name_without_a_name_is_refused(text: str) -> None:
    assert "expected the name of an owner" in refused({"scrimp.yaml": text})[0]


def test_bytes_that_are_not_utf_8_still_name_their_file() -> None:
    assert from_codeowners(b"\xff.py @raw\n").of("\udcff.py") == "raw"


ROOTS: dict[str, dict[str, str]] = {
    "no configuration": {},
    "asked for": {"scrimp.yaml": "owners: CODEOWNERS"},
    "not asked for": {"scrimp.yaml": "model: x"},
}


@pytest.mark.parametrize(
    "place", [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]
)
@pytest.mark.parametrize("root", ROOTS.values(), ids=ROOTS.keys())
def test_the_file_is_found_where_code_hosts_look(place: str, root: dict[str, str]) -> None:
    assert load(Files({place: "* @me", **root})).settings.owners.of("a.py") == "me"


def test_a_file_can_be_named_and_a_mapping_given() -> None:
    by_file = load(Files({"OWNERS": "* @me", "CODEOWNERS": "* @you", "scrimp.yaml": "owners: OWNERS"}))
    by_mapping = load(Files({"CODEOWNERS": "* @you", "scrimp.yaml": "owners: {a.py: me, '*': us}"}))

    assert by_file.settings.owners.of("a.py") == "me"
    assert [by_mapping.settings.owners.of(path) for path in ("a.py", "b.py")] == ["me", "us"]


def test_without_any_nobody_owns() -> None:
    assert load(Files({})).settings.owners.of("a.py") is None
