"""Ruby's strings as Ruby means them, each character with its place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_examples import Form, assert_decodes, longest, said, value
from readers_examples import read

from scrimp.model.algebra import Template

COPIED = {"a": "a", "é": "é", "🙂": "🙂", " ": " ", "\n": "\n", "日本": "日本"}
ESCAPES = {
    r"\n": "\n",
    r"\t": "\t",
    r"\s": " ",
    r"\e": "\x1b",
    r"\\": "\\",
    r"\"": '"',
    r"\'": "'",
    r"\#": "#",
    r"\u00e9": "é",
    r"\u{1F600}": "😀",
    r"\x41": "A",
    r"\101": "A",
    r"\q": "q",
    "\\\n": "",
}
HOLES: dict[str, str | None] = {"#{name}": None, "#{a.fetch(:b)}": None, "#{ c + d }": None}
FORMS = {
    "double": Form("a.rb", 'P = "%s"\n', COPIED | ESCAPES | HOLES | {"'": "'"}),
    "single": Form("a.rb", "P = '%s'\n", COPIED | {r"\'": "'", r"\\": "\\", r"\n": r"\n", '"': '"'}),
    "percent": Form("a.rb", "P = %%(%s)\n", COPIED | ESCAPES | HOLES | {"'": "'", '"': '"'}),
    "heredoc": Form("heredoc.rb", "P = <<TEXT\n%s\nTEXT\n", COPIED | ESCAPES | HOLES | {"'": "'", '"': '"'}),
    "raw heredoc": Form(
        "heredoc.rb",
        "P = <<~'TEXT'\n%s\nTEXT\n",
        {k: v for k, v in COPIED.items() if k != " "} | {r"\n": r"\n", "#{x}": "#{x}"},
    ),
}


@pytest.mark.parametrize("name", FORMS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_every_span_decodes_to_its_text(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    units = data.draw(form.literals())
    source = form.source(units)
    site = longest(read(form.path, source))

    assert_decodes(site.expression, source, form.units)
    assert said(site.expression) == form.meant(units) + "\n" * form.path.endswith("heredoc.rb")


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ('"You are a \\"kind\\" pirate."', 'You are a "kind" pirate.'),
        ("'It\\'s a\\ttab and a line'", "It's a\\ttab and a line"),
        ("%q(one (two) three four)", "one (two) three four"),
        ("%Q[one two #{three} four]", "one two {} four"),
        ("%{one two three four}", "one two three four"),
        ('"one two " "three four"', "one two three four"),
        ("\"one two \" \\\n  'three \\n four'", "one two three \\n four"),
        ('"one two" + " three" + four', "one two three{}"),
        (r'"caf\u{e9 1F600} two three"', "caf\u00e9😀 two three"),
        ('"one two #@three #$four five"', "one two {} {} five"),
        ('"one two %s four" % three', "one two {} four"),
        ('format("one two %s four", three)', "one two {} four"),
        ('"one\r\ntwo three four"', "one\ntwo three four"),
    ],
)
def test_literals(literal: str, expected: str) -> None:
    assert value("a.rb", f"P = {literal}\n") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("P = <<TEXT\n  one two\n  three\nTEXT\n", "  one two\n  three\n"),
        ("P = <<-TEXT\n  one two\n  three\n  TEXT\n", "  one two\n  three\n"),
        ("P = <<~TEXT\n  one two\n    three\n\n  four\nTEXT\n", "one two\n  three\n\nfour\n"),
        ("P = <<~TEXT\n\t one two\n\t  three\nTEXT\n", "one two\n three\n"),
        ("P = <<~TEXT\n    one two\n\tthree four\nTEXT\n", "one two\n\tthree four\n"),
        (
            "P = <<~TEXT\n    one #{two} three\n  \n      #{four} five\n    TEXT\n",
            "one {} three\n\n  {} five\n",
        ),
        ("P = <<~TEXT\n  one two \\\n  three four\nTEXT\n", "one two three four\n"),
        ("P = <<~TEXT\n  \\  one two\n  three four\nTEXT\n", "  one two\nthree four\n"),
        ("P = <<~'TEXT'\n  one \\n two #{three}\nTEXT\n", "one \\n two #{three}\n"),
        ('P = <<~"A B"\n  one two three\nA B\n', "one two three\n"),
        ("P = <<~TEXT.strip\n  one two three\nTEXT\n", "one two three\n"),
        ("P = <<~TEXT.freeze\n  one two three\nTEXT\n", "one two three\n"),
        ("P = <<~TEXT + 'and four'\n  one two three\nTEXT\n", "one two three\nand four"),
        ("P = <<~TEXT\r\n  one two\r\n  three\r\nTEXT\r\n", "one two\nthree\n"),
        ("f(<<~A, <<~B)\n  one\nA\n  two three four\nB\n", "two three four\n"),
    ],
)
def test_heredocs(source: str, expected: str) -> None:
    assert value("a.rb", source) == expected


def words(text: str) -> list[str]:
    """What the sites of more than two words say, in the order of the text."""
    facts = read("a.rb", text)
    assert facts.faults == ()
    found = sorted((each for each in facts.sites if each.words > 2), key=lambda each: each.start)
    return [said(each.expression) for each in found]


@pytest.mark.parametrize(
    "statement",
    [
        "puts {}",
        "warn {}",
        "raise {}",
        "raise ArgumentError, {}",
        "raise ArgumentError.new({})",
        "fail MyError.new({}) unless ready",
        "logger.info {}",
        "Rails.logger.warn({})",
        "logger.debug { {} }",
        "abort {}",
        "desc {}",
        "it {} do\nend",
        "validates :name, presence: { message: {} }",
        "ActiveRecord::Base.connection.execute({})",
        "DB.exec({})",
        "I18n.t({})",
    ],
)
def test_what_goes_to_people_is_no_text_for_models(statement: str) -> None:
    said = statement.replace("{}", '"one two three four"')

    assert words(f"def run\n  {said}\n  ask('You are a pirate.')\nend\n") == ["You are a pirate."]


def test_the_last_expression_of_a_method_is_what_it_returns() -> None:
    source = """
        class Pirate
          def one = "You are the first pirate."
          def two = <<~TEXT
            You are the second pirate.
          TEXT
          def three
            "You are the third pirate."
          end
          def self.four(kind:, tone: "a kind tone please")
            if kind
              "You are the fourth pirate."
            else
              "You are no pirate."
            end
          end
          def five
            return "You are the fifth pirate." if kind
            text = +"You are the sixth pirate."
            text << " You are kind."
            text
          end
        end
        """
    returned = {
        function.name: [
            said(each.expression.body) for each in function.returns if isinstance(each.expression, Template)
        ]
        for function in read("a.rb", source).functions
    }

    assert returned == {
        "Pirate.one": ["You are the first pirate."],
        "Pirate.two": ["You are the second pirate.\n"],
        "Pirate.three": ["You are the third pirate."],
        "Pirate.four": ["You are the fourth pirate.", "You are no pirate."],
        "Pirate.five": ["You are the fifth pirate."],
    }
