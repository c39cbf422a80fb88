"""PHP's strings as PHP means them, each character with its place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_examples import Form, assert_decodes, longest, said, value
from readers_examples import read

COPIED = {"a": "a", "é": "é", "🙂": "🙂", " ": " ", "\n": "\n", "#": "#", "日本": "日本", "{": "{", "}": "}"}
ESCAPES = {
    r"\n": "\n",
    r"\t": "\t",
    r"\v": "\v",
    r"\e": "\x1b",
    r"\\": "\\",
    r"\$": "$",
    r"\x41": "A",
    r"\101": "A",
    r"\u{e9}": "é",
    r"\u{1F600}": "😀",
}
KEPT = {r"\q": r"\q", r"\'": r"\'", r"\a": r"\a", r"\s": r"\s", r"\b": r"\b"}
HOLES: dict[str, str | None] = {"{$a->b}": None, "{$a['b'][0]}": None}
FORMS = {
    "double": Form("a.php", '<?php\n$p = "%s";\n', COPIED | ESCAPES | KEPT | HOLES | {"'": "'", r"\"": '"'}),
    "single": Form("a.php", "<?php\n$p = '%s';\n", COPIED | {r"\'": "'", r"\\": "\\", r"\n": r"\n", '"': '"', "$x": "$x"}),
    "heredoc": Form("a.php", "<?php\n$p = <<<TEXT\n%s\nTEXT;\n", COPIED | ESCAPES | KEPT | HOLES | {'"': '"', r"\"": r"\""}),
    "nowdoc": Form("a.php", "<?php\n$p = <<<'TEXT'\n%s\nTEXT;\n", COPIED | {r"\n": r"\n", "$x": "$x", "{$y}": "{$y}"}),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_every_span_decodes_to_its_text(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    units = data.draw(form.literals())
    source = form.source(units)
    site = longest(read(form.path, source))

    assert_decodes(site.expression, source, form.units)
    assert said(site.expression) == form.meant(units)


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ('"You are a \\"kind\\" pirate."', 'You are a "kind" pirate.'),
        ("'It\\'s a\\ttab and \\\\ a line'", "It's a\\ttab and \\ a line"),
        ('"one $two three four"', "one {} three four"),
        ('"one $two[three] $four->five six seven"', "one {} {} six seven"),
        ('"one {$two->three()} ${four} five six"', "one {} {} five six"),
        ('"one \\{$two} three four"', "one \\{{}} three four"),
        ('"one { $two } three four"', "one { {} } three four"),
        ("'one two ' . $three . ' four'", "one two {} four"),
        ("sprintf('one %s two %d%% %05.2f three', $a, $b, $c)", "one {} two {}% {} three"),
        ("sprintf('one %2$s two %1$s three', 'a', $b)", "one {} two a three"),
        ("'one two three' . \"\\n\" . 'four'", "one two three\nfour"),
        ("b'one two three four'", "one two three four"),
        ("<<<TEXT\n    one two\n      three $four\n    TEXT", "one two\n  three {}"),
        ("<<<TEXT\n  one\n\n  two three\n  TEXT", "one\n\ntwo three"),
        ('<<<"TEXT"\none two \\"three\\" \\x41\nTEXT', 'one two \\"three\\" A'),
        ("<<<'TEXT'\n  one $two \\n {$three} four\n  TEXT", "one $two \\n {$three} four"),
        ("<<<TEXT\r\n  one two\r\n  three four\r\n  TEXT", "one two\nthree four"),
        ("<<<TEXT\n\tone two\n\tthree four\n\tTEXT", "one two\nthree four"),
        ("trim(<<<TEXT\n  one two three\n  TEXT)", "one two three"),
        ("trim('one two three')", "one two three"),
        ("(string) 'one two three'", "one two three"),
    ],
)
def test_literals(literal: str, expected: str) -> None:
    assert value("a.php", f"<?php\n$p = {literal};\n") == expected


def test_pages_are_not_read_as_text() -> None:
    facts = read(
        "a.php", '<p>one two three four</p>\n<?php $p = "five six seven"; ?>\n<p>eight nine ten</p>\n'
    )

    assert [said(each.expression) for each in facts.sites] == ["five six seven"]


def words(text: str) -> list[str]:
    """What the sites of more than two words say, in the order of the text."""
    facts = read("a.php", text)
    assert facts.faults == ()
    found = sorted((each for each in facts.sites if each.words > 2), key=lambda each: each.start)
    return [said(each.expression) for each in found]


@pytest.mark.parametrize(
    "statement",
    [
        "echo {};",
        "print {};",
        "printf({}, $a);",
        "exit({});",
        "die({});",
        "throw new Exception({});",
        "throw new InvalidArgumentException(sprintf({}, $a));",
        "$a ?? throw new Exception({});",
        "Log::info({});",
        "$this->logger->error({});",
        "error_log({});",
        "abort(403, {});",
        "abort_if($a, 403, {});",
        "$this->output->writeln({});",
        "DB::statement({});",
        "$pdo->prepare({});",
        "__({});",
        "trigger_error({}, E_USER_WARNING);",
        "assert($a, {});",
        "var_dump({});",
    ],
)
def test_what_goes_to_people_is_no_text_for_models(statement: str) -> None:
    said = statement.replace("{}", "'one two three four'")

    assert words(f"<?php\nfunction run() {{ {said}\n ask('You are a pirate.'); }}\n") == ["You are a pirate."]
