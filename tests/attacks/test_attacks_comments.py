"""Changes that grow a prompt, or bring a finding, and hide it in the same change by comments, rules or a baseline."""

from __future__ import annotations

from typing import Any

import pytest
from attacks.gated import BUDGET, GROWN, gated, loosened, refused
from command_line import EIGHT, PRICED, Project, call

__all__ = ["gated"]

REPEATED = f"Answer in the language of the user. {EIGHT}. Answer in the language of the user."
PACK = """\
id: HOUSE001
name: company-phrase
summary: A phrase of the company's that says nothing to a model.
kind: substitute
severity: warning
enabled: {enabled}
at: sentence_start
map: {{"{phrase} ": ""}}
tests:
  hit: ["{phrase} answer the question."]
  miss: ["Answer the question."]
  out: {{"{phrase} answer the question.": "Answer the question."}}
"""
PHRASE = "With kind regards to the reader,"
SLOW = """\
id: HOUSE002
name: slow-rule
summary: A rule that never ends.
kind: regex
pattern: "(a+)+$"
tests: {hit: ["aaa"], miss: ["b"]}
"""


def concealed(document: Any) -> list[tuple[str, str, int]]:
    return [(each["by"], each["what"], each["line"]) for each in document["policy"]["concealed"]]


class TestMarkers:
    def test_a_prompt_that_is_called_none(self, gated: Project) -> None:
        text = call(GROWN).replace("SYSTEM = ", "# scrimp: not-a-prompt -- it's a label\nSYSTEM = ")

        document = refused(gated.write("app.py", text))

        assert concealed(document) == [("not-a-prompt", "app.py::SYSTEM", 3)]
        assert document["policy"]["concealed"][0]["tokens"] == 24

    def test_a_new_prompt_that_is_called_none(self, gated: Project) -> None:
        text = call(GROWN, user="tell {question} of it").replace(
            "SYSTEM = ", "# scrimp: not-a-prompt\nSYSTEM = "
        )
        gated.write("more.py", text).commit()

        document = gated.report("diff", "main", "HEAD", code=1)

        assert "more.py::SYSTEM" in {each["prompt"] for each in document["changes"]}
        assert concealed(document) == [("not-a-prompt", "more.py::SYSTEM", 3)]

    def test_a_text_under_a_comment_that_was_there(self, gated: Project) -> None:
        """What was approved for one text is not for another: what the text grew by counts."""
        marked = "# scrimp: not-a-prompt\nSYSTEM = "
        gated.git("switch", "--quiet", "main")
        gated.write("app.py", call().replace("SYSTEM = ", marked)).commit()
        gated.git("switch", "--quiet", "topic")
        gated.git("merge", "--quiet", "main")

        refused(gated.write("app.py", call(GROWN).replace("SYSTEM = ", marked)))

    def test_a_comment_that_was_there_counts_for_the_text_it_was_written_for(self, gated: Project) -> None:
        marked = "# scrimp: not-a-prompt\nSYSTEM = "
        gated.git("switch", "--quiet", "main")
        gated.write("app.py", call().replace("SYSTEM = ", marked)).commit()
        gated.git("switch", "--quiet", "topic")
        gated.git("merge", "--quiet", "main")
        gated.write("app.py", "# moved down\n" + call().replace("SYSTEM = ", marked)).commit()

        document = gated.report("diff", "main", "HEAD")

        assert document["changes"] == document["policy"]["concealed"] == []

    def test_a_volume_of_the_attackers_own(self, gated: Project) -> None:
        text = call(GROWN).replace("SYSTEM = ", "# scrimp: prompt calls=1\nSYSTEM = ")

        document = refused(gated.write("app.py", text))

        assert concealed(document) == [("calls", "app.py::SYSTEM", 4)]

    def test_a_volume_of_the_attackers_own_for_a_new_prompt(self, gated: Project) -> None:
        text = call(GROWN, user="tell {question} of it").replace(
            "SYSTEM = ", "# scrimp: prompt calls=1\nSYSTEM = "
        )
        gated.write("more.py", text).commit()

        document = gated.report("diff", "main", "HEAD", code=1)

        assert concealed(document) == [("calls", "more.py::SYSTEM", 4)]
        assert {each["calls_per_month"]["value"] for each in document["requests"]} == {1_000_000}

    @pytest.mark.parametrize("sent", [True, False])
    def test_a_cheaper_model_of_the_attackers_own(self, gated: Project, sent: bool) -> None:
        """Where no call says it, the model of a prompt is the configuration's word."""
        gated.git("switch", "--quiet", "main")
        prices = PRICED.replace("10.00}}", "10.00}, gpt-4o-mini: {input: 0.01, output: 0.01}}")
        gated.write("scrimp.yaml", f"model: gpt-4o\n{prices}{BUDGET}")
        text = call().replace('model="gpt-4o"', "model=MODEL") if sent else call().partition("USER")[0]
        text = text.replace("SYSTEM", "SYSTEM_PROMPT")
        gated.write("app.py", text).commit()
        gated.git("switch", "--quiet", "topic")
        gated.git("merge", "--quiet", "main")
        comment = "# scrimp: prompt model=gpt-4o-mini\n"
        marked = text.replace(EIGHT, GROWN).replace("SYSTEM_", f"{comment}SYSTEM_", 1)

        assert concealed(refused(gated.write("app.py", marked))) == [("model", "app.py::SYSTEM_PROMPT", 4)]


class TestFindings:
    """With ``--fail-on`` new findings fail, too."""

    @pytest.fixture
    def linted(self, gated: Project) -> Project:
        """No budget, and a rule that finds what is said twice."""
        gated.git("switch", "--quiet", "main")
        gated.write("scrimp.yaml", PRICED + "select: [RED001]\n").commit()
        gated.git("switch", "--quiet", "topic")
        gated.git("merge", "--quiet", "main")
        return gated

    def failing(self, project: Project) -> Any:
        project.commit()
        document = project.report("diff", "main", "HEAD", "--fail-on", "configured", code=1)
        assert [each["key"] for each in document["verdict"]["breaches"]] == ["fail_on"]
        assert [(each["rule"], each["suppressed"]) for each in document["findings"]] == [("RED001", None)]
        return document

    def test_without_an_attack_the_finding_fails(self, linted: Project) -> None:
        document = self.failing(linted.write("app.py", call(REPEATED)))

        assert document["policy"]["concealed"] == []

    def test_a_comment_that_hides_it(self, linted: Project) -> None:
        text = call(REPEATED).replace("SYSTEM = ", "# scrimp: ignore[RED001] it is fine\nSYSTEM = ")

        document = self.failing(linted.write("app.py", text))

        assert concealed(document) == [("ignore", "RED001", 3)]
        assert document["policy"]["concealed"][0]["tokens"] > 0

    def test_a_comment_for_the_whole_file(self, linted: Project) -> None:
        text = f"# scrimp: ignore-file[ALL]\n{call(REPEATED)}"

        assert concealed(self.failing(linted.write("app.py", text))) == [("ignore", "RED001", 1)]

    def test_a_comment_for_a_finding_that_was_there_is_listed(self, linted: Project) -> None:
        linted.git("switch", "--quiet", "main")
        linted.write("app.py", call(REPEATED)).commit()
        linted.git("switch", "--quiet", "topic")
        linted.git("merge", "--quiet", "main")
        text = call(REPEATED).replace("SYSTEM = ", "# scrimp: ignore[RED001] it is fine\nSYSTEM = ")
        linted.write("app.py", text).commit()

        document = linted.report("diff", "main", "HEAD", "--fail-on", "info")

        assert document["findings"] == []
        assert concealed(document) == [("ignore", "RED001", 3)]

    @pytest.mark.parametrize(
        ("settings", "setting"),
        [
            pytest.param("select: [RED001]\nignore: [RED]\n", "ignore", id="ignore"),
            pytest.param("select: [BUD]\n", "select", id="select"),
            pytest.param("select: [RED001]\nfail_on: error\n", "fail_on", id="level that fails"),
            pytest.param(
                "select: [RED001]\nrules: {RED001: {severity: info}}\n",
                "rules.RED001.severity",
                id="severity",
            ),
            pytest.param(
                "select: [RED001]\nrules: {RED001: {min_saving: 500}}\n",
                "rules.RED001.min_saving",
                id="option",
            ),
            pytest.param(
                "select: [RED001]\nper_path: {app.py: {ignore: [ALL]}}\n", "per_path.app.py.ignore", id="path"
            ),
        ],
    )
    def test_the_configuration(self, linted: Project, settings: str, setting: str) -> None:
        linted.write("scrimp.yaml", PRICED + settings).write("app.py", call(REPEATED))

        assert list(loosened(self.failing(linted))) == [setting]

    def test_a_nested_configuration(self, linted: Project) -> None:
        linted.git("switch", "--quiet", "main")
        linted.write("inner/app.py", call()).commit()
        linted.git("switch", "--quiet", "topic")
        linted.git("merge", "--quiet", "main")
        linted.write("inner/scrimp.yaml", "ignore: [ALL]\n").write("inner/app.py", call(REPEATED))

        assert list(loosened(self.failing(linted))) == ["per_path.** (in inner/).ignore"]

    def test_a_baseline(self, linted: Project) -> None:
        linted.write("app.py", call(REPEATED))
        assert linted.scrimp("baseline").code == 0

        assert list(loosened(self.failing(linted))) == [".scrimp/baseline.json"]

    def test_a_baseline_that_grows(self, linted: Project) -> None:
        linted.git("switch", "--quiet", "main")
        linted.scrimp("baseline")
        linted.commit()
        linted.git("switch", "--quiet", "topic")
        linted.git("merge", "--quiet", "main")
        linted.write("app.py", call(REPEATED))
        assert linted.scrimp("baseline", "--grow").code == 0

        assert list(loosened(self.failing(linted))) == [".scrimp/baseline.json"]

    @pytest.mark.parametrize(
        "edited",
        [
            pytest.param(PACK.format(enabled="false", phrase=PHRASE), id="switched off"),
            pytest.param(
                PACK.format(enabled="true", phrase="Dear reader,"), id="made to find something else"
            ),
        ],
    )
    def test_a_pack_of_rules(self, gated: Project, edited: str) -> None:
        gated.git("switch", "--quiet", "main")
        gated.write(".scrimp/house.yaml", PACK.format(enabled="true", phrase=PHRASE))
        gated.write("scrimp.yaml", f"packs: [.scrimp/house.yaml]\n{PRICED}").commit()
        gated.git("switch", "--quiet", "topic")
        gated.git("merge", "--quiet", "main")
        gated.write(".scrimp/house.yaml", edited).write("app.py", call(f"{PHRASE} answer the question now."))
        gated.commit()

        document = gated.report("diff", "main", "HEAD", "--fail-on", "warning", code=1)

        assert "HOUSE001" in {each["rule"] for each in document["findings"]}
        assert list(loosened(document)) == [".scrimp/house.yaml"]

    def test_a_rule_of_a_pack_that_holds_the_gate_up(self, gated: Project) -> None:
        """An expression that takes ages is ended, and what it left unjudged doesn't pass."""
        gated.write(".scrimp/slow.yaml", SLOW).write(
            "scrimp.yaml", f"packs: [.scrimp/slow.yaml]\n{PRICED}{BUDGET}"
        )
        gated.write("app.py", call(GROWN)).commit()

        document = refused(gated)

        assert loosened(document)["packs"] == ("none", ".scrimp/slow.yaml")
