"""Cards are read quickly, understood whole, and refused with a place and a hint."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from scrimp.checks import shipped_cards
from scrimp.checks.cards import OPTIONS
from scrimp.config.cards import Card, card_named, find_cards
from scrimp.config.documents import parse
from scrimp.config.read_cards import load_cards, read_card
from scrimp.model.errors import UserError
from scrimp.model.findings import Severity

FILES = sorted(find_cards().glob("*.yaml"))
CARDS = shipped_cards()

GOOD = """\
id: ABC001
name: some-waste
summary: It wastes.
why: It costs.
severity: info
enabled: true
kind: blanks
fix: safe
options:
  keep_hard_breaks:
    default: true
    help: Whether.
evidence: {corpus: none, date: 2026-11, prompts: 0, hits: 0, tokens_saved: 0, precision: exact}
examples:
  hit:
    - {path: a.py, before: x, marks: x}
  miss:
    - {path: a.py, text: y, because: It is y.}
"""


def error_of(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        read_card("ABC001.yaml", text.encode(), OPTIONS)
    return caught.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_card_means_what_yaml_says_it_means(path: Path) -> None:
    expected = YAML(typ="safe", pure=True).load(io.BytesIO(path.read_bytes()))
    assert parse(path.name, path.read_bytes()).value == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_card_lies_in_the_file_of_its_id(path: Path) -> None:
    assert read_card(path.name, path.read_bytes(), OPTIONS).id == path.stem


@pytest.mark.parametrize(
    "text",
    [
        "a: 'it''s'\nb: \"x\\n\\u00e9\\ty\"\nc: [1, 2.5, true, null, word]\nd: {e: f}\n",
        "a: |\n  one\n\n    two\n  three\nb: |-\n  x\n# a comment\nc: >-\n  one\n  two\n\n  three\n",
        "a: # nothing\nb:\n  - x\n  - y: 1\n    z: 2\n  -\n",
        "- é: 1\n- 2026-11\n",
    ],
)
def test_what_is_understood_is_what_yaml_says(text: str) -> None:
    assert parse("x.yaml", text.encode()).value == YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: &x 1\n", "x.yaml:1:4"),
        ("a: 1\nb: !!str 2\n", "x.yaml:2:4"),
        ("é: 1\nb: one\n  two\n", "x.yaml:2:4"),
        ("a: 1\na: 2\n", "x.yaml:2:1"),
        ("a: |2\n    b\n", "x.yaml:1:4"),
        ("a: [1\nb: 2\n", "x.yaml:"),
        ("a: 1\n---\nb: 2\n", "x.yaml:1:1"),
    ],
)
def test_what_is_not_understood_is_refused_at_its_place(text: str, place: str) -> None:
    with pytest.raises(UserError, match=place.replace(".", r"\.")):
        parse("x.yaml", text.encode())


def test_a_good_card_is_read() -> None:
    card = read_card("ABC001.yaml", GOOD.encode(), OPTIONS)
    assert (card.id, card.severity, card.values) == ("ABC001", Severity.INFO, {"keep_hard_breaks": True})


@pytest.mark.parametrize(
    ("before", "after", "place", "hint"),
    [
        ("severity: info", "severity: infos", "5:1", ""),
        ("enabled: true", "enable: true", "6:1", "did you mean `enabled`?"),
        ("    help: Whether.", "    hlep: Whether.", "12:5", "did you mean `help`?"),
        ("{path: a.py, before: x,", "{path: a.py, befor: x,", "16:20", "did you mean `before`?"),
        ("hits: 0", "hits: none", "13:53", ""),
        ("id: ABC001", "id: abc1", "1:1", ""),
    ],
)
def test_a_bad_card_is_refused_at_its_place(before: str, after: str, place: str, hint: str) -> None:
    error = error_of(GOOD.replace(before, after))
    assert error.message.startswith(f"ABC001.yaml:{place}: ")
    assert error.hint == hint


def test_a_missing_key_is_named() -> None:
    assert "summary" in error_of(GOOD.replace("summary: It wastes.\n", "")).message


def test_two_cards_with_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "ABC001.yaml").write_text(GOOD)
    (tmp_path / "ABC002.yaml").write_text(GOOD.replace("ABC001", "ABC002"))
    with pytest.raises(UserError, match="ABC001 some-waste"):
        load_cards(tmp_path, OPTIONS)


def test_a_card_is_found_by_id_or_name() -> None:
    assert card_named(CARDS, "fmt001") is card_named(CARDS, "leaked-indentation")
    with pytest.raises(UserError) as caught:
        card_named(CARDS, "leaked-identation")
    assert caught.value.hint == "did you mean `leaked-indentation`? `scrimp rules` lists all"


def test_options_and_severity_are_set_on_a_copy() -> None:
    card = read_card("ABC001.yaml", GOOD.encode(), OPTIONS)
    changed = card.configured({"keep_hard_breaks": False}, Severity.ERROR)
    assert (changed.values, changed.severity) == ({"keep_hard_breaks": False}, Severity.ERROR)
    assert (card.values, card.severity) == ({"keep_hard_breaks": True}, Severity.INFO)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"kep": True}, "ABC001 has no option `kep`"),
        ({"keep_hard_breaks": 1}, "must be true or false, not 1"),
    ],
)
def test_wrong_options_are_refused(settings: dict[str, object], message: str) -> None:
    with pytest.raises(UserError, match=message):
        read_card("ABC001.yaml", GOOD.encode(), OPTIONS).configured(settings)


def test_a_whole_number_will_do_for_a_number() -> None:
    assert card_named(CARDS, "CCH001").configured({"cached_share": 0}).values["cached_share"] == 0


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_that_comes_with_scrimp_says_why_and_shows_its_evidence(card: Card) -> None:
    assert card.why
    assert card.evidence
    assert re.fullmatch("[A-Z]{3}[0-9]{3}", card.id)
