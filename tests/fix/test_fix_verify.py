"""Nothing but the text of strings changes: fixes of random prompts, and edits that would change more."""

from __future__ import annotations

import ast
import difflib
import textwrap

import pytest
from checks.written import Files, facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrimp.checks import shipped_cards
from scrimp.fix import Outcome, rewrite, verifier
from scrimp.fix.shift import splice
from scrimp.model.findings import Edit, Fix, Safety
from scrimp.model.source import Place, Source

CARDS = tuple(card for card in shipped_cards() if card.fix != "none" and card.name != "doubled-word")
"""The lines below double words by chance, and a word that is taken out is no blank."""
SAFE = frozenset({Safety.SAFE})


def fixed(path: str, text: str, safeties: frozenset[Safety] = SAFE) -> Outcome:
    files = Files({path: text})
    findings = files.checked(*CARDS).findings
    return rewrite(findings, safeties, lambda _path: Source(path, text, ""), verifier(facts))


def after(path: str, text: str, safeties: frozenset[Safety] = SAFE) -> str:
    """The text once there is nothing left to fix."""
    for _ in range(4):
        outcome = fixed(path, text, safeties)
        if not outcome.rewrites:
            return text
        text = outcome.rewrites[0].text
    raise AssertionError("fixes never come to an end")


def words(code: str) -> str:
    """The syntax tree of code, blanks in strings left out."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            node.values = [one for one in node.values if not _blank(one)]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = "".join(node.value.split())
    return ast.dump(tree)


def _blank(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.strip()


LINES = st.lists(
    st.sampled_from(
        [
            "Review the change that is given below.",
            "- naïve “quotes” and 日本語 🙂",
            "  - nested",
            "",
            "\\\\",
            "\\t",
            "a \\",
            "a \\ ",
            "tail  ",
            "tail \t ",
            "{question}",
            "{a['b']!r:>10}  ",
            "{{not}}  ",
            "Return only JSON.",
            "No other text.",
            "Respond in this format:",
            '[{{"a": 1,',
            '  "b": 2}}]',
        ]
    ),
    min_size=2,
    max_size=9,
)


@st.composite
def literals(draw: st.DrawFn) -> str:
    """A string literal of one of Python's kinds, or several in a row, as the value of a prompt."""
    style = draw(st.sampled_from(["triple", "lines"]))
    prefix = draw(st.sampled_from(["", "f", "rf", "r", "F"]))
    lines = ["Review the change that is given below.", *draw(LINES)]
    if style == "triple":
        indent = draw(st.sampled_from(["", "    ", "\t", "        "]))
        body = "\n".join(indent + line for line in lines)
        return f'{prefix}"""\n{body}\n{indent}"""'
    parts = " ".join(f"{prefix}'{line.rstrip(chr(92)).replace(chr(39), '')} '" + r' "  \n"' for line in lines)
    return f"({parts})"


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program with prompts at two depths."""
    one, other = draw(literals()), draw(literals())
    code = f"A_PROMPT = {one}\n\ndef f(question, a):\n    prompt = {other}\n    return prompt  \n"
    return code.replace("\n", "\r\n") if draw(st.booleans()) else code


def parses(code: str) -> bool:
    try:
        ast.parse(code)
    except (SyntaxError, ValueError):
        return False
    return True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(programs().filter(parses))
def test_safe_fixes_change_nothing_but_blanks_in_strings(code: str) -> None:
    assert words(after("a.py", code)) == words(code)


@settings(max_examples=75, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(programs().filter(parses))
def test_no_fix_changes_variables_or_code_or_adds_tokens(code: str) -> None:
    done = after("a.py", code, frozenset(Safety))
    before_prompts, after_prompts = Files({"a.py": code}).prompts, Files({"a.py": done}).prompts
    assert [one.prompt.id for one in before_prompts] == [one.prompt.id for one in after_prompts]
    for before, now in zip(before_prompts, after_prompts, strict=True):
        assert [one.name for one in before.prompt.variables] == [one.name for one in now.prompt.variables]
        assert now.static <= before.static


PYTHON_TEXTS = [
    ("x = 'a  b'", "x = 'a b'"),
    ("x = 'a  '", "x = ''"),
    ("x = f'a  {b}  '", "x = f'a {b}'"),
    ("x = 'a' '  ' 'b'", "x = 'a' '' 'b'"),
    ("x = '''a \\\n  b'''", "x = '''a \\\nb'''"),
    ("x = f'''{{\n  {y}\n}}'''", "x = f'''{{{y}}}'''"),
    ("x = r'''a\\ \nb'''", "x = r'''a\\\nb'''"),
    ("x = f'{\"a  \" if y else z}'", "x = f'{\"a\" if y else z}'"),
    ("x = ('a '", "x = ('a'"),
    ("x = 'Please rank.'", "x = 'Rank.'"),
    ("x = 'a ====== b'", "x = 'a --- b'"),
    ("x = 'a'", "x = 'a bc'"),
    ("x = 'a'", "x = 'a\\tb'"),
]
PYTHON_OTHERS = [
    ("x = '''a\\ \nb'''", "x = '''a\\\nb'''"),
    ("x = '\\1 2'", "x = '\\12'"),
    ("x = '\\ n'", "x = '\\n'"),
    ("x = '\\n'", "x = 'n'"),
    ("x = f'{ {1}}'", "x = f'{{1}}'"),
    ("x = f'{y:> 3}'", "x = f'{y:>3}'"),
    ("x = f'{y} '", "x = f'{z} '"),
    ("x = f'a b {y}'", "x = f'a {b} {y}'"),
    ("x = 'a b'", "x = r'a b'"),
    ("x = 'a b'", "x = 'a' 'b'"),
    ("x = 'a' 'b'", "x = 'ab'"),
    ("x = 'a'  # b ", "x = 'a'  # b"),
    ("x = 'a'", "x = 1"),
    ("if x:\n    y = 'a '", "if x:\n    pass\ny = 'a'"),
]


def fix(path: str, before: str, after: str, safety: Safety = Safety.SAFE) -> Fix:
    """The edits that make one text of another."""
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    edits = [
        Edit(path, start, end, after[low:high], Place(1, 1, 1, 1))
        for kind, start, end, low, high in changes
        if kind != "equal"
    ]
    assert splice(before, edits) == after
    return Fix(safety, tuple(edits))


def reason(path: str, before: str, after: str, safety: Safety = Safety.SAFE) -> str | None:
    return verifier(facts)(Source(path, before, ""), [fix(path, before, after, safety)])


@pytest.mark.parametrize(("before", "after"), PYTHON_TEXTS)
def test_the_text_of_strings_may_change(before: str, after: str) -> None:
    assert reason("a.py", before, after) is None


@pytest.mark.parametrize(("before", "after"), PYTHON_OTHERS)
def test_anything_else_is_refused(before: str, after: str) -> None:
    assert reason("a.py", before, after) is not None


TEXTS = {
    "a.js": ("const x = `Review the change ${y}  and\\n more `;", "`", "${y}"),
    "a.ts": ("const x: string = `Review the change ${y}  and\\n more `;", "`", "${y}"),
    "a.vue": (
        "<template>hi</template>\n<script>\nconst x = `Review the change ${y}  and`\n</script>",
        "`",
        "${y}",
    ),
    "a.go": ('package a\nvar x = "Review the change  and\\n more "', '"', "package"),
    "A.java": ('class A { String x = "Review the change  and\\n more "; }', '"', "class"),
    "a.cs": ('class A { string x = $"Review the change {y}  and\\n more "; }', '"', "{y}"),
    "a.rb": ('x = "Review the change #{y}  and\\n more "', '"', "#{y}"),
    "a.php": ('<?php $x = "Review the change {$y}  and\\n more ";', '"', "{$y}"),
    "a.rs": ('fn f() { let x = "Review the change  and\\n more "; }', '"', "let "),
}


@pytest.mark.parametrize("path", TEXTS)
def test_in_every_language_only_the_text_of_strings_may_change(path: str) -> None:
    code, quote, other = TEXTS[path]
    assert reason(path, code, code.replace("  and", "")) is None
    assert reason(path, code, code.replace("Review the change", "Judge it")) is None
    for broken in (code.replace(other, ""), code.replace(quote, "", 1), code.replace("x", "xx", 1)):
        assert reason(path, code, broken) is not None


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "A.java",
            'class A { String x = """\n   a b\n  c\n     d"""; }',
            'class A { String x = """\n   a b\n     d"""; }',
        ),
        ("a.rb", "x = <<~T\n  a b\n c\n   d\nT\n", "x = <<~T\n  a b\n   d\nT\n"),
        ("a.rb", "x = <<~T\n  a\n  #{b} \nT\n", "x = <<~T\n  a\n  #{b}T\n"),
        ("a.cs", 'class A { string x = """\r  a\r  """; }', 'class A { string x = """  a\r  """; }'),
        ("a.php", "<?php $x = <<<T\n  a\\ n\n  T;\n", "<?php $x = <<<T\n  a\\n\n  T;\n"),
        ("a.go", 'package a\nvar x = "a\\x4 1"', 'package a\nvar x = "a\\x41"'),
        ("a.js", "x = `$ {y}`", "x = `${y}`"),
        ("a.cs", 'class A { string x = @"a ""b"; }', 'class A { string x = @"a "b"; }'),
    ],
)
def test_what_gets_another_meaning_is_refused(path: str, before: str, after: str) -> None:
    assert reason(path, before, after) is not None


CALL = "x = f'Rank {json.dumps(rows, indent=2)} now'"


@pytest.mark.parametrize(
    ("after", "safety", "allowed"),
    [
        ("x = f'Rank {json.dumps(rows)} now'", Safety.UNSAFE, True),
        ("x = f'Rank {json.dumps(rows, indent=2, sort_keys=True)} now'", Safety.UNSAFE, True),
        ("x = f'Rank {json.dumps(rows)} now'", Safety.SAFE, False),
        ("x = f'Rank {json(rows, indent=2)} now'", Safety.UNSAFE, False),
        ("x = f'Rank {rows} now'", Safety.UNSAFE, False),
    ],
)
def test_whole_arguments_of_calls_may_change_in_an_unsafe_fix(
    after: str, safety: Safety, *, allowed: bool
) -> None:
    assert (reason("a.py", CALL, after, safety) is None) == allowed


JINJA = "Name {{ x }} and  \n{% if y %}z{% endif %}"
YAML = "system_prompt: |\n  Review the change.  \n  Be brief.\nuser_prompt: b  # c \nother: [1, 'd ']\n"
AGENTS = "---\na: 1\n---\nBe brief.  \n"


@pytest.mark.parametrize(
    ("path", "before", "after", "allowed"),
    [
        ("prompts/a.jinja", JINJA, JINJA.replace("  ", ""), True),
        ("prompts/a.jinja", JINJA, JINJA.replace("x", ""), False),
        ("prompts/a.jinja", JINJA, JINJA.replace("z", ""), True),
        ("prompts/a.jinja", JINJA, JINJA.replace("if y", "if z"), False),
        ("prompts/a.jinja", JINJA, JINJA.replace("and", "{{ and }}"), False),
        ("prompts/a.jinja", "Name it: { {{ x }}", "Name it: {{{ x }}", False),
        ("a.yaml", YAML, YAML.replace("change.  ", "change."), True),
        (
            "a.yaml",
            YAML,
            YAML.replace("Review the change.", ""),
            False,
        ),  # blanks before the block's first line
        ("a.yaml", YAML, YAML.replace("Review", "Judge"), True),
        ("a.yaml", YAML, YAML.replace("  Be", " Be"), False),
        ("a.yaml", YAML, YAML.replace("|", ">"), False),
        ("a.yaml", YAML, YAML.replace("user_prompt", "user_promp"), False),
        ("a.yaml", YAML, YAML.replace("# c ", "# c"), False),
        ("a.yaml", YAML, YAML.replace("'d '", "'d"), False),
        ("a.yaml", YAML, YAML.replace("b  # c", "b # c: d"), False),
        ("a.toml", 'prompt = """\na \\ \n b  c"""\n', 'prompt = """\na \\ \n b c"""\n', True),
        ("a.toml", 'prompt = """\na \\ n b"""\n', 'prompt = """\na \\n b"""\n', False),
        ("a.json", '{"prompt": "a  b"}', '{"prompt": "a b"}', True),
        ("a.json", '{"prompt": "a  b"}', '{"prompt": "a" b"}', False),
        ("AGENTS.md", AGENTS, AGENTS.replace("  ", ""), True),
        ("AGENTS.md", AGENTS, AGENTS.replace("a: 1", "a: 2"), False),
    ],
)
def test_files_of_other_formats_keep_their_entries_and_holes(
    path: str, before: str, after: str, *, allowed: bool
) -> None:
    assert (reason(path, before, after) is None) == allowed


def test_a_hazardous_fix_is_refused_and_the_others_are_made() -> None:
    code = textwrap.dedent(
        '''\
        A_PROMPT = """Review the change that is given below.\t \t \t
        Be brief.
        """
        '''
    )
    outcome = fixed("a.py", code)
    assert [one.text for one in outcome.rewrites] == [code.replace("\t \t \t\n", "\n")]
    assert fixed("a.py", outcome.rewrites[0].text) == Outcome((), (), (), ())
