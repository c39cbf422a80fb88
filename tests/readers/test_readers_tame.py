"""What is read in the main process: code as people write it, and nothing that parsers are known to choke on."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrimp.readers.tame import LARGEST, NESTING, is_tame

HERE = Path(__file__).parent


def test_code_as_people_write_it_is_tame() -> None:
    files = [path.read_bytes() for path in HERE.glob("*.py")]
    small = [raw for raw in files if len(raw) <= LARGEST]

    assert sum(map(is_tame, small)) > 0.9 * len(small)
    assert is_tame(b"")
    assert is_tame(b"(" * NESTING + b")" * NESTING)
    assert is_tame(b"# " + b"-" * 1_000 + b"\n" + b"x = '" + b" " * 1_000 + b"'\n" * 10)


@pytest.mark.parametrize(
    "raw",
    [
        b"x" * (LARGEST + 1),
        b"[" * 1_000,
        b"x = " + b"({[" * 100 + b"]})" * 100,
        b"f(a)(b" * 500,
        b'"' + rb"\N{" * 3_000,
        b"import openai\n" * 40 + b"lambda: " * 1_000,
        b"a => " * 1_000,
        b"---\n" * 2_000,
        b"if (a) { b() } else " * 1_000,
    ],
)
def test_what_nests_or_repeats_itself_is_not_tame(raw: bytes) -> None:
    assert not is_tame(raw)
