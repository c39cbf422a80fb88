from __future__ import annotations

import string
from typing import Any

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_examples import assert_written, filled, fixed, texts, variables, whole

from scrimp.model.algebra import EMPTY, Branch, Include, Join, Loop, Text, Variable
from scrimp.model.pieces import Writer, verbatim
from scrimp.readers.templates import LANGUAGES, dollar, jinja, mustache, percent, scan, sniff
from scrimp.readers.templates import format as braces

plain = st.text("ab {}%$\n\"':#-é漢", max_size=8)
names = st.sampled_from(["a", "b", "long_name"])
VALUES: dict[str, Any] = {"a": "A", "b": 7, "long_name": ""}


@given(st.lists(st.tuples(plain, names), max_size=5), plain)
def test_format_sends_what_str_format_sends(parts: list[tuple[str, str]], end: str) -> None:
    source = "".join(f"{_escape_braces(text)}{{{name}}}" for text, name in parts) + _escape_braces(end)

    expression = braces.scan(whole(source))

    assert filled(expression, VALUES) == source.format(**VALUES)
    assert_written(expression, source)


@given(st.lists(st.tuples(plain, names), max_size=5), plain)
def test_percent_sends_what_the_operator_sends(parts: list[tuple[str, str]], end: str) -> None:
    source = "".join(f"{text.replace('%', '%%')}%({name})s" for text, name in parts) + end.replace("%", "%%")

    expression = percent.scan(whole(source))

    assert filled(expression, VALUES) == source % VALUES
    assert_written(expression, source)


@given(st.lists(st.tuples(plain, names), max_size=5), plain)
def test_dollar_sends_what_string_template_sends(parts: list[tuple[str, str]], end: str) -> None:
    source = "".join(f"{text.replace('$', '$$')}${{{name}}}" for text, name in parts) + end.replace("$", "$$")

    expression = dollar.scan(whole(source))

    assert filled(expression, VALUES) == string.Template(source).substitute(VALUES)
    assert_written(expression, source)


def _escape_braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _closed(tag: str, kind: str) -> str:
    return {"": f"{{% {tag} %}}", "<": f"{{%- {tag} %}}", ">": f"{{% {tag} -%}}"}[kind]


trims = st.sampled_from(["", "", "<", ">"])
jinja_text = st.text("ab \n.é", max_size=6)
jinja_atoms = [
    "{{ a }}",
    "{{- b }}",
    "{{ long_name -}}",
    "{# note #}",
    "{#- n -#}",
    "{{ 'l' ~ a }}",
    "{% raw %} {{ x }} {% endraw %}",
    "{{ 'yes' if a else 'no' }}",
]


def _if_else(name: str, bodies: tuple[str, str], kinds: tuple[str, str, str]) -> str:
    opening, middle, closing = (
        _closed(tag, kind) for tag, kind in zip((f"if {name}", "else", "endif"), kinds, strict=True)
    )
    return opening + bodies[0] + middle + bodies[1] + closing


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        st.lists(inner, max_size=4).map("".join)
        | st.builds(_if_else, names, st.tuples(inner, inner), st.tuples(trims, trims, trims))
        | st.builds(
            lambda name, body, one: _closed(f"if {name}", one) + body + "{% endif %}", names, inner, trims
        )
        | st.builds(
            lambda body, one, two: _closed("for x in a", one) + body + _closed("endfor", two),
            inner,
            trims,
            trims,
        )
    )


jinja_templates = st.recursive(jinja_text | st.sampled_from(jinja_atoms), _blocks, max_leaves=8)


@settings(max_examples=200, deadline=None)
@given(jinja_templates)
def test_jinja_sends_what_jinja_sends(source: str) -> None:
    expression, faults = jinja.parse(whole(source))

    assert filled(expression, VALUES) == jinja2.Environment().from_string(source).render(VALUES)
    assert faults == ()
    assert_written(expression, source)


@given(st.sampled_from(LANGUAGES), st.text("ab{}%$#/^>! \n'\"if|-~\\é", max_size=40))
def test_no_scanner_raises_and_places_are_true(language: str, source: str) -> None:
    assert_written(scan(language, whole(source)), source)
    assert sniff(source) in LANGUAGES


@given(st.sampled_from(LANGUAGES[1:]), st.text("ab{}%$ \né", max_size=30), st.integers(0, 9))
def test_a_scanner_keeps_the_places_of_a_text_that_is_part_of_a_file(
    language: str, template: str, shift: int
) -> None:
    source = "x" * shift + template
    expression = scan(language, verbatim(source, shift, len(source)))

    assert_written(expression, source)
    assert fixed(expression) == fixed(scan(language, whole(template)))


class TestFormat:
    def test_a_field_is_named_by_its_field_and_an_empty_one_by_its_number(self) -> None:
        expression = braces.scan(whole("{} {0} {x!r:>10} {y.z[0]:{width}} {}"))

        assert variables(expression) == ["0", "0", "x", "y.z[0]", "1"]

    def test_escaped_braces_are_units_at_their_place(self) -> None:
        expression = braces.scan(whole('{{"a": {b}}}'))

        assert isinstance(expression, Join)
        assert expression.parts[0] == Text('{"a": ', ((0, 1, 0, 2), (1, 6, 2, 7)))
        assert expression.parts[1] == Variable("b", 7, 10)

    def test_a_json_example_keeps_its_braces(self) -> None:
        source = 'Answer {question} like {"a": {"b": 1}}.'
        expression = braces.scan(whole(source))

        assert variables(expression) == ["question"]
        assert fixed(expression) == 'Answer  like {"a": {"b": 1}}.'

    def test_a_variable_stands_at_its_place(self) -> None:
        expression = braces.scan(whole("ab {name} c"))

        assert isinstance(expression, Join)
        assert expression.parts[1] == Variable("name", 3, 9)


class TestPercent:
    def test_all_kinds_of_fields(self) -> None:
        expression = percent.scan(whole("%s %(x)5.2f %-10d %*d 100%% 5%! %"))

        assert variables(expression) == ["0", "x", "1", "2"]
        assert fixed(expression) == "    100% 5%! %"


class TestDollar:
    def test_a_price_is_text(self) -> None:
        expression = dollar.scan(whole("$5 for ${item} and $name, $$1, ${"))

        assert variables(expression) == ["item", "name"]
        assert fixed(expression) == "$5 for  and , $1, ${"


class TestJinja:
    def test_branches_keep_their_conditions_and_loops_their_subject(self) -> None:
        source = (
            "{% if a == 1 %}A{% elif b %}B{% else %}C{% endif %}"
            "{% for x in xs if x %}- {{ x.y | trim }}{% endfor %}"
        )
        expression = jinja.scan(whole(source))

        assert isinstance(expression, Join)
        branch, loop = expression.parts
        assert isinstance(branch, Branch)
        assert branch.condition == "a == 1 elif b"
        assert [fixed(alternative) for alternative in branch.alternatives] == ["A", "B", "C"]
        assert isinstance(loop, Loop)
        assert loop.over == "xs if x"
        assert variables(loop.body) == ["x.y"]

    def test_an_if_without_else_may_send_nothing(self) -> None:
        expression = jinja.scan(whole("{% if a %}A{% endif %}"))

        assert isinstance(expression, Branch)
        assert expression.alternatives[1] == EMPTY

    def test_includes_and_parents_are_named(self) -> None:
        expression = jinja.scan(
            whole("{% extends 'base.j2' %}{% include \"p.md\" ignore missing %}{% include x %}")
        )

        assert isinstance(expression, Join)
        assert expression.parts == (Include("base.j2", 0, 23), Include("p.md", 23, 58), Variable("x", 58, 73))

    def test_comments_are_not_sent(self) -> None:
        assert fixed(jinja.scan(whole("a{# {{ b }} {% if %} #}c"))) == "ac"

    def test_raw_text_is_sent_as_it_stands(self) -> None:
        assert jinja.scan(whole("{% raw %}{{ x }}{% endraw %}")) == verbatim(
            "{% raw %}{{ x }}{% endraw %}", 9, 16
        )

    def test_a_name_set_to_text_is_filled_with_it(self) -> None:
        expression = jinja.scan(whole("{% set s = 'You are x' %}{% set t %}body{% endset %}{{ s }}{{ t }}"))

        assert [text.value for text in texts(expression)] == ["You are x", "body"]

    def test_a_name_set_in_a_branch_is_a_hole(self) -> None:
        expression = jinja.scan(whole("{% if a %}{% set s = 'x' %}{% endif %}{{ s }}"))

        assert isinstance(expression, Join)
        assert expression.parts[-1] == Variable("s", 38, 45)

    def test_a_loop_variable_hides_a_name_set_before(self) -> None:
        expression = jinja.scan(whole("{% set s = 'x' %}{% for s in xs %}{{ s }}{% endfor %}"))

        assert list(texts(expression)) == []

    def test_a_macro_is_sent_where_it_is_called(self) -> None:
        expression = jinja.scan(whole("{% macro m(p) %}Hello {{ p }}{% endmacro %}{{ m('x') }}"))

        assert isinstance(expression, Variable)
        assert expression.of is not None
        assert fixed(expression.of) == "Hello "

    def test_text_in_expressions_is_read(self) -> None:
        expression = jinja.scan(whole("{{ persona | default('You are\\n kind') }}{{ ('long' if a else b) }}"))

        assert isinstance(expression, Join)
        assert [text.value for text in texts(expression)] == ["You are\n kind", "long"]
        assert variables(expression) == ["persona", "b"]

    def test_delimiters_in_strings_and_brackets_end_nothing(self) -> None:
        expression = jinja.scan(whole("{{ f('}}') }}{{ {'a': {}}['a'] }}!"))

        assert variables(expression) == ["f", "{'a': {}}['a']"]
        assert fixed(expression) == "!"

    def test_other_block_tags_leave_what_they_hold(self) -> None:
        source = '{% chat role="system" %}You are {{ x }}{% endchat %}{% block b %}B{% endblock %}'

        assert fixed(jinja.scan(whole(source))) == "You are B"

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("a {{ b", "a {{ b"),
            ("a {# b", "a {# b"),
            ("a {% raw %} {{ b }}", "a {% raw %} {{ b }}"),
            ("a {% if x %} b", "a  b"),
            ("a {% endif %} b", "a  b"),
            ("a {% else %} b", "a  b"),
            ("{% if x %}{% for y in z %}b{% endif %}", "b"),
        ],
    )
    def test_malformed_templates_keep_their_text_and_say_so(self, source: str, text: str) -> None:
        expression, faults = jinja.parse(whole(source))

        assert fixed(expression) == text
        assert faults
        assert not any(fault.incomplete for fault in faults)


class TestMustache:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("{{name}} {{{raw}}} {{&amp}} {{$sk}} {{this.x}}", ["name", "raw", "amp", "sk", "this.x"]),
            ("{{#if a}}{{b}}{{else}}{{c}}{{/if}}", ["b", "c"]),
            ("\\{{escaped}} {{helper arg x=1}}", ["helper"]),
        ],
    )
    def test_holes(self, source: str, expected: list[str]) -> None:
        assert variables(mustache.scan(whole(source))) == expected

    def test_branches_and_loops(self) -> None:
        expression = mustache.scan(
            whole("{{#if a}}A{{else if b}}B{{else}}C{{/if}}{{#each xs}}X{{/each}}{{^y}}Y{{/y}}{{#z}}Z{{/z}}")
        )

        assert isinstance(expression, Join)
        branch, each, inverted, section = expression.parts
        assert isinstance(branch, Branch)
        assert [fixed(alternative) for alternative in branch.alternatives] == ["A", "B", "C"]
        assert isinstance(each, Loop)
        assert each.over == "xs"
        assert isinstance(inverted, Branch)
        assert [fixed(alternative) for alternative in inverted.alternatives] == ["", "Y"]
        assert isinstance(section, Loop)

    def test_unless_turns_its_alternatives(self) -> None:
        expression = mustache.scan(whole("{{#unless a}}U{{else}}V{{/unless}}"))

        assert isinstance(expression, Branch)
        assert [fixed(alternative) for alternative in expression.alternatives] == ["V", "U"]

    def test_a_tag_alone_on_its_line_takes_the_line_with_it(self) -> None:
        source = "a\n  {{#if b}}\nc\n  {{/if}}\r\n{{! note }}\nd {{! e }} f\n{{> part x=1}}\n"
        expression = mustache.scan(whole(source))

        assert fixed(expression) == "a\nc\nd  f\n"
        assert isinstance(expression, Join)
        assert expression.parts[-1] == Include("part", 52, 66)

    def test_comments_may_hold_tags(self) -> None:
        assert fixed(mustache.scan(whole("a {{!-- {{b}} --}} c"))) == "a  c"

    def test_tildes_take_blanks(self) -> None:
        assert fixed(mustache.scan(whole("a \n {{~b~}} \n c"))) == "ac"

    @pytest.mark.parametrize("source", ["a {{b", "a {{!-- b", "{{#a}}b", "b{{/a}}", "{{else}}b", "{{}}b"])
    def test_malformed_templates_keep_their_text(self, source: str) -> None:
        assert "b" in fixed(mustache.scan(whole(source)))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Summarise {text} in {n} words.", "format"),
        ('Answer {question} as {{"answer": "…"}}.', "format"),
        ('Answer {question} as {"answer": 1}.', "format"),
        ("Write {{name}} as is, and {topic}.", "format"),
        ('Reply with {"a": 1, "b": [2]} only.', "none"),
        ("An empty object is {} and {...} is more. {a b} {1}", "none"),
        ("Hello {{ name }}.", "jinja"),
        ("Hello {{name}}.", "jinja"),
        ("Tools: {{ tools | join(', ') }} {x}", "jinja"),
        ("{% if a %}x{% endif %}", "jinja"),
        ("{%- for t in tools.values() %}", "jinja"),
        ("{{#if a}}x{{/if}}", "mustache"),
        ('{{role "system"}} You are {{name}}', "mustache"),
        ("{{> part}} {{{raw}}}", "mustache"),
        ("Use %(context)s to answer.", "percent"),
        ("It is 100% sure, 50%s off.", "none"),
        ("Dear $name, ${greeting}", "dollar"),
        ("It costs $5 or $HOME or ${PATH}.", "none"),
        ("Run:\n```sh\necho $name\n```\n", "none"),
        ("function() { return x; } const a = `${b.c}`", "none"),
        ("", "none"),
    ],
)
def test_the_language_is_told_by_its_marks(text: str, language: str) -> None:
    assert sniff(text) == language


def test_a_template_in_an_escaped_string_points_at_the_source() -> None:
    source = r'"a\n{{ b }}\t"'
    writer = Writer()
    writer.copy(source, 1, 2)
    writer.unit("\n", 2, 4)
    writer.copy(source, 4, 11)
    writer.unit("\t", 11, 13)

    assert jinja.scan(writer.text()) == Join(
        (Text("a\n", ((0, 1, 1, 2), (1, 2, 2, 4))), Variable("b", 4, 11), Text("\t", ((0, 1, 11, 13),)))
    )
