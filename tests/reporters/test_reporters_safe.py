import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.reporters.safe import safe

ANY_TEXT = st.text(st.characters())
HOSTILE = st.lists(
    st.sampled_from(
        ["::", ":", " ", "#", "##[", "[", "\r", "\n", "\x1b[2J", "\u202e", "\u200b", "\udcff", "a"]
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("src/prompts.py", "src/prompts.py", id="plain text stays"),
        pytest.param("Grüße 你好 😀", "Grüße 你好 😀", id="letters and emoji of any script stay"),
        pytest.param("\x1b]0;pwn\x07", r"\x1b]0;pwn\x07", id="escape sequences"),
        pytest.param("\x7f\x85\x9b", r"\x7f\x85\x9b", id="delete and C1 controls"),
        pytest.param("a\r\nb\tc", r"a\r\nb\tc", id="line ends and tabs"),
        pytest.param("\u202egnp.exe\u2069", r"\u202egnp.exe\u2069", id="bidirectional controls"),
        pytest.param("a\u200bb\ufeff\u2060", r"a\u200bb\ufeff\u2060", id="zero width"),
        pytest.param("\u3164\ufe0f\U000e0041", r"\u3164\ufe0f\U000e0041", id="invisible, and tags"),
        pytest.param("caf\udce9.md", r"caf\udce9.md", id="a byte that is not UTF-8"),
        pytest.param("::stop-commands::x", r":\x3astop-commands::x", id="a workflow command"),
        pytest.param("  ::error::x", r"  :\x3aerror::x", id="a workflow command after blanks"),
        pytest.param("a.md::NAME", "a.md::NAME", id="a prompt's id is no command"),
        pytest.param("x##[error]y", r"x#\x23[error]y", id="an old workflow command"),
        pytest.param("[red]:smile:[/]", "[red]:smile:[/]", id="markup is for the printer to ignore"),
    ],
)
def test_unsafe_characters_become_visible_escapes(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(ANY_TEXT | HOSTILE)
def test_nothing_dangerous_is_left(text: str) -> None:
    shown = safe(text)

    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown
    shown.encode("utf-8")


@given(ANY_TEXT | HOSTILE)
def test_safe_text_is_left_alone(text: str) -> None:
    assert safe(safe(text)) == safe(text)
