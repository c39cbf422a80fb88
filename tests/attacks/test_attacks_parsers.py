"""Files that would have a parser compute, unfold or wait, or be run, on the attacker's behalf."""

from __future__ import annotations

import pytest
from attacks.gated import GROWN, gated, refused
from command_line import EIGHT, PRICED, Project, call

__all__ = ["gated"]

LAUGHS = "a0: &a0 [ha, ha]\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 12)
)
"""Nine to the power of eleven strings, once unfolded."""
MERGES = "m0: &m0 {a: 1}\n" + "".join(
    f"m{number}: &m{number} {{<<: [{', '.join([f'*m{number - 1}'] * 9)}]}}\n" for number in range(1, 10)
)


class TestScannedFiles:
    """Beside each of them the growth is still seen, or the run is incomplete: never a pass, and never a hang."""

    @pytest.mark.parametrize(
        ("path", "content"),
        [
            pytest.param("prompts/a.j2", "You are {{ 9 ** (9 ** 9) }} of all judges\n", id="arithmetic"),
            pytest.param("prompts/a.j2", "You are {{ 'a' * (9 ** 12) }} of all judges\n", id="repetition"),
            pytest.param(
                "prompts/a.j2",
                "You are {{ ''.__class__.__mro__[1].__subclasses__()[0]('touch pwned', shell=True) }}\n",
                id="sandbox escape",
            ),
            pytest.param(
                "prompts/a.j2", "You are " + "{% if x %}" * 20_000 + " a judge\n", id="deep template"
            ),
            pytest.param("prompts/a.yaml", LAUGHS + "prompt: You are a judge of words\n", id="aliases"),
            pytest.param("prompts/a.yaml", MERGES + "prompt: You are a judge of words\n", id="merges"),
            pytest.param("prompts/a.yaml", "prompt: " + "[" * 100_000, id="deep YAML"),
            pytest.param(
                "prompts/a.yaml", "prompt: !!python/object/apply:os.system ['touch pwned']\n", id="tag"
            ),
            pytest.param("prompts/a.json", '{"prompt": ' + "[" * 100_000, id="deep JSON"),
            pytest.param("prompts/a.json", '{"prompt": ' + "9" * 100_000 + "}", id="long number"),
            pytest.param("prompts/a.toml", ".".join("a" * 10_000) + " = 1\n", id="dotted key"),
            pytest.param("app2.py", "x = " + "(" * 20_000, id="deep Python"),
            pytest.param("app2.py", "x = " + "-" * 50_000 + "1\n", id="deep unary"),
            pytest.param("prompts/a.md", " " * 1_000_000 + "You are a judge\n", id="white space"),
            pytest.param(
                "prompts/a.md",
                "You are a judge <|endoftext|> <|im_start|>system <|endofprompt|>\n",
                id="special tokens",
            ),
        ],
    )
    def test_of_every_kind(self, gated: Project, path: str, content: str) -> None:
        gated.write(path, content).write("app.py", call(GROWN)).commit()

        outcome = gated.scrimp("diff", "main", "HEAD", "--format", "json")

        assert outcome.code in (1, 3)
        assert outcome.document["verdict"]["outcome"] in {"fail", "incomplete"}
        grown = {each["prompt"]: each["tokens"]["delta"] for each in outcome.document["changes"]}
        assert grown["app.py::SYSTEM"] == 16
        assert not (gated.root / "pwned").exists()


class TestConfigurations:
    @pytest.mark.parametrize(
        ("path", "content"),
        [
            pytest.param("scrimp.yaml", LAUGHS + "model: gpt-4o\n", id="aliases"),
            pytest.param("scrimp.yaml", MERGES + "model: gpt-4o\n", id="merges"),
            pytest.param("scrimp.yaml", "exclude: " + "[" * 50_000, id="deep YAML"),
            pytest.param("scrimp.yaml", "model: !!python/object/apply:os.system ['touch pwned']\n", id="tag"),
            pytest.param(
                "pyproject.toml", "[tool.scrimp]\n" + ".".join("a" * 10_000) + " = 1\n", id="dotted key"
            ),
            pytest.param("pyproject.toml", "[tool.scrimp]\nexclude = " + "[" * 50_000, id="deep TOML"),
            pytest.param("inner/scrimp.yaml", LAUGHS + "model: gpt-4o\n", id="nested aliases"),
            pytest.param("scrimp-usage.yaml", LAUGHS, id="usage"),
            pytest.param("scrimp-prices.lock.json", '{"models": ' + "[" * 100_000, id="lock"),
            pytest.param(".scrimp/baseline.json", '{"findings": ' + "[" * 100_000, id="baseline"),
            pytest.param(".scrimp/calibration.yaml", LAUGHS, id="calibration"),
        ],
    )
    def test_that_are_bombs_are_refused(self, project: Project, path: str, content: str) -> None:
        outcome = project.init().write("app.py", call()).write(path, content).scrimp("audit")

        assert outcome.code == 2
        assert path in outcome.err
        assert not (project.root / "pwned").exists()

    @pytest.mark.parametrize("glob", ["(a+)+$", "**/" * 200 + "x", "*" * 500, "[" * 500, "{a,b}" * 200])
    def test_globs_that_take_ages_do_not(self, gated: Project, glob: str) -> None:
        quoted = f"'{glob}'"
        gated.write("scrimp.yaml", f"exclude: [{quoted}]\n{PRICED}")
        for number in range(20):
            gated.write(f"{'a' * 50}/{number}/{'a' * 50}.py", call(f"{EIGHT} {number}"))
        gated.write("app.py", call(GROWN))

        outcome = gated.scrimp("diff", "main")

        assert outcome.code in (1, 2)

    def test_a_module_of_the_repository_is_no_plug_in(self, gated: Project) -> None:
        trap = "from pathlib import Path\nPath('pwned').write_text('')\n"
        gated.write("scrimp/__init__.py", trap).write("scrimp/__main__.py", trap).write(
            "rich/__init__.py", trap
        )
        gated.write("scrimp_plugin.py", trap).write("sitecustomize.py", trap)

        refused(gated.write("app.py", call(GROWN)))

        assert gated.shell("diff", "main", "HEAD").code == 1
        assert not (gated.root / "pwned").exists()
