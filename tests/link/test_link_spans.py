"""The universal proof of spans: each segment of each example, cut from its source, decodes to its text."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest
from format_examples import EXAMPLES as FORMATS
from link.test_link_caching import EXAMPLES as CACHING
from link.test_link_sdks import EXAMPLES as SDKS
from linked_trees import linked

from scrimp.model.segments import TextSegment, VariableSegment, walk

SOURCES = {
    **{name: (example.path, dedent(example.code)) for name, example in SDKS.items()},
    **{f"caching: {name}": (path, dedent(code)) for name, (path, code, _) in CACHING.items()},
    **{
        f"format: {name}": (path, text)
        for name, (path, text, rows) in FORMATS.items()
        if any(row[2] for row in rows)
    },
}
ESCAPED = re.compile(
    r"""\\(?:u\{(?P<braced>[0-9a-fA-F]+)\}|[uU](?P<long>[0-9a-fA-F]{4})|x(?P<short>[0-9a-fA-F]{2})|(?P<one>.))""",
    re.DOTALL,
)
CONTROL = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "0": "\0",
    "a": "\a",
    "e": "\x1b",
    "\n": "",
}
SAME = {
    "{{": "{",
    "}}": "}",
    "%%": "%",
    '""': '"',
    "''": "'",
    "``": "`",
    "#lt;": "<",
    "#gt;": ">",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
}
"""Characters that are written otherwise: doubled, or by a name."""
QUOTED = re.compile(r'\{\{"(.*)"\}\}')
WORD = re.compile(r"\w+")
HEADING = re.compile(r"(?m)^# \w+$")
"""What POML writes above a role or a task: it is sent, and stands nowhere in the source."""


def decoded(cut: str) -> str:
    """What a unit of source says, in any of the languages: an escape, a doubled character, a quoted text or itself."""

    def one(match: re.Match[str]) -> str:
        code = match["braced"] or match["long"] or match["short"]
        return chr(int(code, 16)) if code else CONTROL.get(match["one"], match["one"])

    quoted = QUOTED.fullmatch(cut)
    return quoted[1] if quoted else SAME.get(cut) or ESCAPED.sub(one, cut)


def says(cut: str, text: str) -> bool:
    """Whether a unit of source stands for a text; markup folds its white space."""
    return text in (cut, decoded(cut), cut.replace("\r\n", "\n")) or (cut.isspace() and text == " ")


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_piece_cut_from_the_source_decodes_to_its_text(name: str, line_end: str) -> None:
    path, text = SOURCES[name]
    source = text.replace("\n", line_end)
    prompts = linked({path: source}).prompts
    assert prompts
    for prompt in prompts:
        assert 0 <= prompt.start < prompt.end <= len(source)
        for segment in walk(prompt.segments):
            match segment:
                case TextSegment():
                    assert segment.path == path
                    assert_decodes(segment, source)
                case VariableSegment() if segment.end:
                    assert WORD.findall(segment.name)[-1] in source[segment.start : segment.end]


def assert_decodes(segment: TextSegment, source: str) -> None:
    """Every piece, in order, decodes to what the text says there; no word of it is without a piece."""
    done = 0
    for start, end, begun, ended in segment.pieces:
        assert done <= start < end <= len(segment.value)
        assert 0 <= begun < ended <= len(source)
        assert not WORD.search(HEADING.sub("", segment.value[done:start]))
        assert says(source[begun:ended], segment.value[start:end])
        done = end
    assert not WORD.search(segment.value[done:])
