"""Configurations that are refused: where the message points, what it says, what it suggests."""

from __future__ import annotations

import pytest
from configured_tree import refused

WRONG_YAML = {
    "unknown key": ("modle: x", "1:1", 'unknown key "modle"', 'did you mean "model"?'),
    "unknown key far from any": (
        "a: 1",
        "1:1",
        'unknown key "a"',
        "known here: baseline, budgets, calibration, calls_per_month",
    ),
    "unknown key in a list": (
        "budgets:\n  - name: a\n    max_montly: 3",
        "3:5",
        'unknown key "max_montly"',
        'did you mean "max_monthly"?',
    ),
    "missing key": ("prompts:\n  - model: a", "2:5", 'the key "match" is missing here', "add `match: …`"),
    "model of which nothing is said": (
        "models: {m: {}}",
        "1:13",
        "a model of which nothing is said: add like or encoding",
        "",
    ),
    "wrong type": (
        "calls_per_month: ten",
        "1:18",
        "calls_per_month: expected a whole number, found text",
        "",
    ),
    "fraction": (
        "calls_per_month: 5.5",
        "1:18",
        "calls_per_month: expected a whole number, found a number",
        "",
    ),
    "negative": ("calls_per_month: -5", "1:18", "calls_per_month: expected a whole number >= 0", ""),
    "truth is no number": (
        "calls_per_month: true",
        "1:18",
        "expected a whole number, found true or false",
        "",
    ),
    "list for text": ("fail_on: [1]", "1:10", "fail_on: expected text, found a list", ""),
    "text for list": ("select: all", "1:9", "select: expected a list, found text", ""),
    "nothing for list": ("budgets:\n", "2:1", "budgets: expected a list, found nothing", ""),
    "empty text": ("model: ''", "1:8", "model: must not be empty", ""),
    "unknown word": ("fail_on: warn", "1:10", 'fail_on: "warn" is not known', 'did you mean "warning"?'),
    "unknown word of a few": (
        "budgets: [{name: a, max_monthly: 1, level: no}]",
        "1:44",
        'level: "no" is not known',
        "known here: fail, warn",
    ),
    "severity": (
        "rules: {A: {}, B: {severity: high}}",
        "1:30",
        'severity: "high" is not known',
        "known here:",
    ),
    "fewest tokens": ("rules: {A: {min_saving: 0}}", "1:25", "min_saving: expected a whole number >= 1", ""),
    "one key of a mapping": (
        "prompts:\n  - match: a\n    variables: {docs: 3, q: many}",
        "3:29",
        "q: expected a whole number or a mapping, found text",
        "",
    ),
    "a variable without a size": (
        "prompts: [{match: a, variables: {docs: {}}}]",
        "1:40",
        "docs: a variable without a size: add tokens or items",
        "",
    ),
    "money": (
        "budgets: [{name: a, max_monthly: twelve}]",
        "1:34",
        "max_monthly: cannot read 'twelve': expected US dollars, such as $200 or $12_000",
        "",
    ),
    "price": (
        "prices: {x: {input: 1, output: 2}, y: {input: 1, output: cheap}}",
        "1:58",
        "output: cannot read 'cheap': expected US dollars per million tokens",
        "",
    ),
    "negative price": ("prices: {x: {input: -1, output: 2}}", "1:21", "input: -1 is out of range", ""),
    "infinite price": ("prices: {x: {input: .inf, output: 2}}", "1:21", "out of range", ""),
    "share": (
        "prompts: [{match: a, cache: {hit_rate: 80}}]",
        "1:40",
        "hit_rate: 80 is out of range: expected",
        "",
    ),
    "date": (
        "budgets: [{name: a, max_monthly: 1, exceptions: [{match: a, until: soon, reason: r}]}]",
        "1:68",
        "until: expected a date such as 2027-03-01",
        "",
    ),
    "impossible date": ("usage: 2027-02-30", "1:8", "cannot read 2027-02-30", ""),
    "budget without limit": ("budgets:\n  - name: a", "2:5", "budgets[0]: a budget without a limit", ""),
    "share of nothing": (
        "budgets: [{name: a, max_share_percent: 5}]",
        "1:11",
        "budgets[0]: max_share_percent is a share of nothing",
        "",
    ),
    "allowance alone": (
        "budgets: [{name: a, allowance: 5}]",
        "1:11",
        "budgets[0]: allowance limits nothing by itself",
        "",
    ),
    "budgets of one name": (
        "budgets: [{name: a, max_monthly: 1}, {name: a, max_monthly: 2}]",
        "1:45",
        'another budget is called "a" too',
        "give each budget a name",
    ),
    "negated match": ("prompts: [{match: '!x'}]", "1:19", "match: a pattern cannot start with '!'", ""),
    "match that is no text": ("prompts: [{match: 3}]", "1:19", "match: expected text, a glob", ""),
    "exclude that is none": ("exclude: [a, '!#b']", "1:14", "exclude: a pattern cannot start with '#'", ""),
    "glob as key": (
        "per_path: {'!a': {ignore: [A]}}",
        "1:12",
        "per_path: a pattern cannot start with '!'",
        "",
    ),
    "blank owner glob": ("owners: {' ': me}", "1:10", "owners: an empty pattern", ""),
    "no CODEOWNERS": (
        "owners: CODEOWNERS",
        "1:9",
        "owners: there is no file CODEOWNERS",
        "looked for .github/",
    ),
    "no such owners file": ("owners: OWNERS", "1:9", "owners: there is no file OWNERS", "looked for OWNERS"),
    "newer version": (
        "required_version: '>=9'\nkey_of_the_future: 1",
        "1:19",
        "the configuration is for >=9",
        'install "scrimp>=9"',
    ),
    "version that is none": (
        "required_version: latest",
        "1:19",
        "required_version: expected a version specifier",
        "",
    ),
    "list at the top": ("- a", "1:1", "expected a mapping, found a list", ""),
    "broken": ("model: [a\nb: 1", "2:2", "not valid YAML: ", ""),
    "tab": ("model:\n\t- b", "2:1", "not valid YAML: ", ""),
    "directive of another version": ("%YAML 1.3\n---\nmodel: a", "1:1", "not valid YAML: ", ""),
    "two documents": ("model: a\n---\nmodel: b", "2:1", "not valid YAML: ", ""),
    "duplicate key": ("model: a\nmodel: b", "2:1", 'the key "model" is here twice, first in line 1', ""),
    "key that is no text": ("? [a]\n: 1", "1:3", "a key must be text", ""),
    "tag": ("model: !!python/name:os.system x", "1:8", "has no meaning here", ""),
    "own tag": ("model: !secret x", "1:8", "the tag !secret has no meaning here", ""),
    "number that is none": ("calls_per_month: _", "1:18", "calls_per_month: expected a whole number", ""),
    "columns count characters": (
        "budgets: [{name: é漢😀, level: x}]",
        "1:30",
        '"x" is not known',
        "known here: fail, warn",
    ),
}


@pytest.mark.parametrize(("text", "place", "message", "hint"), WRONG_YAML.values(), ids=WRONG_YAML.keys())
def test_yaml_that_is_wrong(text: str, place: str, message: str, hint: str) -> None:
    said, hinted = refused({"scrimp.yaml": text})

    assert said.startswith(f"scrimp.yaml:{place}: ")
    assert message in said
    assert hinted.startswith(hint)
    assert bool(hinted) is bool(hint)


WRONG_TOML = {
    "unknown key": ("[tool.scrimp]\nmodle = 'x'", "2:1", 'unknown key "modle"'),
    "dotted key": ("[tool]\nscrimp.modle = 'x'", "2:8", 'unknown key "modle"'),
    "wrong value": ("[tool.scrimp]\n  calls_per_month = 'é'", "2:21", "expected a whole number, found text"),
    "array of tables": (
        "[[tool.scrimp.prompts]]\nmatch='a'\n[[tool.scrimp.prompts]]\nmatch='b'\nmodl='c'",
        "5:1",
        'unknown key "modl"',
    ),
    "table inside an array of tables": (
        "[[tool.scrimp.prompts]]\nmatch='a'\n[[tool.scrimp.prompts]]\nmatch='b'\n[tool.scrimp.prompts.cache]\nhit=1",
        "6:1",
        'unknown key "hit"',
    ),
    "array inside an array of tables": (
        "[[tool.scrimp.budgets]]\nname='a'\nmax_monthly=1\n"
        "[[tool.scrimp.budgets.exceptions]]\nmatch='x'\nuntil=2027-01-01\nreason='r'\n"
        "[[tool.scrimp.budgets.exceptions]]\nmatch='x'\nuntil='x'\nreason='r'",
        "10:7",
        "until: expected a date",
    ),
    "missing key of a table": (
        "[tool.scrimp]\n[[tool.scrimp.prompts]]\nmodel='a'",
        "2:15",
        'the key "match" is missing',
    ),
    "inline table": ("[tool.scrimp]\nbudgets=[{name='é', max_montly=3}]", "2:21", 'unknown key "max_montly"'),
    "array over lines": (
        "[tool.scrimp]\nignore = [ # none\n  'A',\n  2,\n]",
        "4:3",
        "ignore[1]: expected text, found a whole number",
    ),
    "quoted key": (
        "[tool.scrimp]\nprices.\"a.b\" = {input=1, output='x'}",
        "2:33",
        "output: cannot read 'x'",
    ),
    "quoted table": ("[tool.scrimp.prices.'a.b']\ninput=1\noutput='x'", "3:8", "output: cannot read 'x'"),
    "not a table": ("[tool]\nscrimp = 3", "2:10", "expected a mapping, found a whole number"),
    "not finite": ("[tool.scrimp.prices.a]\ninput=nan\noutput=1", "2:7", "out of range"),
    "date with a time": ("[tool.scrimp]\nmodel=2027-01-01T00:00:00", "2:7", "model: expected text"),
    "broken": ("[tool.scrimp]\nmodel = \n", "2:9", "not valid TOML: Invalid value"),
    "cut off": ("[tool.scrimp]\nmodel = [", "2:10", "not valid TOML: "),
    "duplicate key": (
        "[tool.scrimp]\nmodel='a'\nmodel='b'\n",
        "3:10",
        "not valid TOML: Cannot overwrite a value",
    ),
    "too deep": ("[tool.scrimp]\nmodel = " + "[" * 5000, "1:1", "is nested too deep"),
}


@pytest.mark.parametrize(("text", "place", "message"), WRONG_TOML.values(), ids=WRONG_TOML.keys())
def test_toml_that_is_wrong(text: str, place: str, message: str) -> None:
    said, _ = refused({"pyproject.toml": text})

    assert said.startswith(f"pyproject.toml:{place}: ")
    assert message in said


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        "a: " + "[" * 40,
        "- " * 5_000,
        "? " * 5_000,
        "\n".join(" " * depth + "a:" for depth in range(60)),
        "a: &a [*a]",
    ],
    ids=["brackets", "braces", "value", "dashes", "questions", "indentation", "itself"],
)
def test_deep_nesting_is_refused_at_once(text: str) -> None:
    said, _ = refused({"scrimp.yaml": text})

    assert "is nested more than 32 deep" in said


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 10)]

    said, _ = refused({"scrimp.yaml": "\n".join(lines)})

    assert "has more than 20000 values" in said


def test_brackets_in_strings_and_comments_nest_nothing() -> None:
    text = f'# {"[" * 99}\nfoo: "{"[" * 99}\\""\nbar: \'{"{" * 99}\''

    said, _ = refused({"scrimp.yaml": text})

    assert said.startswith('scrimp.yaml:2:1: unknown key "foo"')


def test_a_file_that_is_too_large() -> None:
    said, _ = refused({"scrimp.yaml": "#" * 300_000})

    assert said == "scrimp.yaml:1:1: is larger than 256 KiB"


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"model: \xff", "1:8"),
        (b"\xef\xbb\xbf# \xc3\xa9\nx: \xc3(", "2:4"),
        ("model: x".encode("utf-16"), "1:1"),
    ],
    ids=["byte", "after a mark", "utf-16"],
)
def test_bytes_that_are_not_utf_8(raw: bytes, place: str) -> None:
    assert refused({"scrimp.yaml": raw})[0] == f"scrimp.yaml:{place}: is not UTF-8"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"scrimp.yaml": "", "scrimp.yml": ""}, "scrimp.yml:1:1: scrimp.yaml configures the same folder"),
        (
            {"scrimp.yaml": "", "pyproject.toml": "[tool.scrimp]"},
            "scrimp.yaml:1:1: pyproject.toml configures the same folder",
        ),
        (
            {"a/scrimp.yaml": "", "a/scrimp.yml": ""},
            "a/scrimp.yml:1:1: a/scrimp.yaml configures the same folder",
        ),
    ],
    ids=["two spellings", "yaml and toml", "in a folder"],
)
def test_two_files_for_one_folder(files: dict[str, str | bytes], message: str) -> None:
    assert refused(files) == (message, "keep one of the two")


@pytest.mark.parametrize(
    "key",
    [
        "required_version",
        "fail_on",
        "select",
        "rules",
        "packs",
        "formats",
        "sdks",
        "owners",
        "usage",
        "prices",
    ],
)
def test_keys_of_the_whole_tree_mean_nothing_below_the_root(key: str) -> None:
    said, hint = refused({"scrimp.yaml": "", "a/b/scrimp.yaml": f"model: x\n{key}: whatever"})

    assert said == f'a/b/scrimp.yaml:2:1: "{key}" speaks of the whole tree and has no meaning in a folder'
    assert hint == "move it to the configuration at the root"


def test_a_file_that_is_named_must_be_there_and_hold_a_configuration() -> None:
    files: dict[str, str | bytes] = {"a.toml": "[tool.other]\nx = 'scrimp'"}

    assert refused(files, "b.yaml") == (
        "b.yaml: there is no such configuration file",
        "check the path given to --config",
    )
    assert refused(files, "a.toml")[0] == "a.toml:1:1: there is no table [tool.scrimp] in this file"
