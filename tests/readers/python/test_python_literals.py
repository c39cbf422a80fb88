"""String literals mean what Python says they mean, and every character knows where it was written."""

from __future__ import annotations

import ast
import sys
import warnings

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from readers_examples import assert_written, texts

from scrimp.model.algebra import Expression, Join, Text, Variable
from scrimp.model.source import Source
from scrimp.readers import python

PLAIN = ["a", "word ", " ", "é", "日本", "🙂", "#", "%s", "\t", "\u2028", "\x0b"]
ESCAPES = [
    *(
        r"\n",
        r"\t",
        r"\\",
        r"\'",
        r"\"",
        r"\a",
        r"\x41",
        r"\xe9",
        r"\101",
        r"\7",
        r"\08",
        r"\377",
        "\\\n",
        "\\\r\n",
    ),
    *(r"\u00e9", r"\U0001F600", r"\N{BULLET}", r"\N{LATIN SMALL LETTER A}", r"\d", r"\8", r"\ "),
]
LINE_ENDS = ["\n", "\r\n", "\r"]
BRACES = ["{{", "}}", "{{{{", r"\{{", r"\}}"]
HOLES = [
    "{name}",
    "{a.b!r}",
    "{x:>10}",
    "{x:{width}.2f}",
    "{d[0]}",
    "{f(a, b)}",
    "{x=}",
    "{ x = !r}",
    "{(lambda: 1)()}",
]


@st.composite
def literals(draw: st.DrawFn) -> str:
    """The source of one string literal; a few of them are not valid."""
    prefix = draw(st.sampled_from(["", "", "r", "R", "u", "f", "F", "rf", "fR"]))
    quote = draw(st.sampled_from(["'", '"', "'''", '"""']))
    pieces = [*PLAIN, *ESCAPES]
    if len(quote) == 3:
        pieces += [*LINE_ENDS, "'", '"']
    if "f" in prefix.lower():
        pieces += [*BRACES, *HOLES]
    return prefix + quote + "".join(draw(st.lists(st.sampled_from(pieces), max_size=12))) + quote


def expression_of(source: str) -> Expression:
    """What the reader makes of the string expression that is bound in ``source``."""
    facts = python.read(Source("a.py", source, ""))
    assert facts.faults == ()
    (site,) = facts.sites
    return site.expression


def parts_of(expression: Expression) -> list[str | ast.expr]:
    """Texts and holes in turn, holes as parsed expressions."""
    found: list[str | ast.expr] = []
    for part in expression.parts if isinstance(expression, Join) else (expression,):
        match part:
            case Text():
                found.append(part.value)
            case Variable():
                found.append(ast.parse(part.name, mode="eval").body)
            case _:
                raise AssertionError(part)
    return found


def parts_by_python(node: ast.expr) -> list[str | ast.expr]:
    """The same by Python's own parser."""
    if isinstance(node, ast.Constant):
        assert isinstance(node.value, str)
        return [node.value]
    assert isinstance(node, ast.JoinedStr)
    found: list[str | ast.expr] = []
    for value in node.values:
        match value:
            case ast.Constant(value=str() as text) if found and isinstance(found[-1], str):
                found[-1] += text
            case ast.Constant(value=str() as text):
                found.append(text)
            case ast.FormattedValue():
                found.append(value.value)
    return found or [""]


def comparable(parts: list[str | ast.expr]) -> list[str]:
    """Parts as text, so that two lists can be compared."""
    return [part if isinstance(part, str) else f"hole {ast.unparse(part)}" for part in parts]


def parsed(source: str) -> ast.expr:
    """The value that is bound in ``source``, by Python's own parser; sources that are not valid don't count."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes that Python doesn't know
        try:
            (statement,) = ast.parse(source).body
        except (SyntaxError, ValueError):
            assume(False)
            raise
    assert isinstance(statement, ast.Assign)
    return statement.value


@given(st.lists(literals(), min_size=1, max_size=4), st.sampled_from([" ", "\n    ", "  # why\n", "\r\n"]))
def test_a_string_means_what_it_means_to_python(written: list[str], between: str) -> None:
    source = f"PROMPT = (\n{between.join(written)}\n)\n"
    expected = parsed(source)

    expression = expression_of(source)

    assert comparable(parts_of(expression)) == comparable(parts_by_python(expected))
    assert_written(expression, source)


@given(st.lists(literals(), min_size=1, max_size=4))
def test_every_character_knows_its_place_but_those_of_a_lone_carriage_return(written: list[str]) -> None:
    source = f"PROMPT = (é, {' '.join(written)})[1]\n".replace("\r", "")
    parsed(source)

    for text in texts(python.read(Source("a.py", source, "")).sites[0].expression):
        assert sum(end - start for start, end, _, _ in text.pieces) == len(text.value)


@given(st.text(), st.sampled_from([repr, ascii, lambda value: f"r'''{value}'''"]))
def test_any_text_written_as_a_literal_is_read_back(value: str, write: object) -> None:
    assert callable(write)
    source = f"PROMPT = {write(value)}\n"
    node = parsed(source)
    assume(isinstance(node, ast.Constant))

    expression = expression_of(source)

    assert isinstance(expression, Text)
    assert expression.value == ast.literal_eval(node)
    assert_written(expression, source)


def test_an_escape_is_a_unit_and_the_rest_is_copied() -> None:
    source = r'PROMPT = "Be brief.\nNo \u00e9." "!"'

    expression = expression_of(source)

    assert isinstance(expression, Text)
    assert expression.value == "Be brief.\nNo é.!"
    assert [(expression.value[a:b], source[c:d]) for a, b, c, d in expression.pieces] == [
        ("Be brief.", "Be brief."),
        ("\n", r"\n"),
        ("No ", "No "),
        ("é", r"\u00e9"),
        (".", "."),
        ("!", "!"),
    ]


def test_bytes_are_no_text() -> None:
    facts = python.read(Source("a.py", 'PROMPT = b"You are a helpful assistant."\n', ""))

    assert facts.sites == ()


def test_a_hole_knows_its_place_and_what_fills_it() -> None:
    source = 'PROMPT = f"Answer {question} in {self.language!s:>5} please"\n'

    expression = expression_of(source)

    assert isinstance(expression, Join)
    holes = [part for part in expression.parts if isinstance(part, Variable)]
    assert [source[hole.start : hole.end] for hole in holes] == ["{question}", "{self.language!s:>5}"]
    assert [hole.name for hole in holes] == ["question", "self.language"]


@pytest.mark.parametrize(
    "source",
    [
        'f"Use {"quotes"} inside"',
        'f"Use {f"{f"{name}"}"} deeper"',
        'f"Lines {\n    name  # said why\n} of code"',
        "f\"Escapes {'\\n'.join(names)} too\"",
        "f'''A {f\"{name!r:>{width}}\"} and {'}'}'''",
    ],
)
def test_what_python_3_12_allows_inside_of_holes_is_read(source: str) -> None:
    if sys.version_info >= (3, 12):
        ast.parse(source)

    facts = python.read(Source("a.py", f"PROMPT = {source}\n", ""))

    assert facts.faults == ()
    expression = facts.sites[-1].expression
    assert isinstance(expression, Join)
    assert sum(isinstance(part, Variable) for part in expression.parts) == source.count(" {")
    assert_written(expression, f"PROMPT = {source}\n")


def test_a_carriage_return_by_itself_ends_a_statement() -> None:
    facts = python.read(
        Source("a.py", 'A = "one" + "two three"\rsend(A)\r\nB = """four\rfive six"""\rsend(B)\r', "")
    )

    assert [(each.name, each.words) for each in facts.sites] == [("A", 3), ("B", 3)]
    assert [each.callee for each in facts.calls] == ["send", "send"]
