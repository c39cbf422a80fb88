"""Images of the tree that prompts show are a part of what is sent, by their size."""

from __future__ import annotations

from struct import pack
from typing import Any

import pytest
from command_line import Project

POML = """\
<poml>
  <role>You are a careful mechanic of old bicycles.</role>
  <task>Say what is wrong with this bicycle.</task>
  <img src="{src}"/>
</poml>
"""


def png(width: int, height: int) -> bytes:
    """The beginning of an image file, which is all that is looked at."""
    return b"\x89PNG\r\n\x1a\n" + pack(">I4sII", 13, b"IHDR", width, height)


def shown(project: Project, src: str, model: str) -> Any:
    project.write("prompts/bicycle.poml", POML.format(src=src)).write("scrimp.yaml", f"model: {model}\n")
    (prompt,) = project.report("audit")["prompts"]
    (variable,) = prompt["variables"]
    return prompt["tokens"], variable["tokens"]


@pytest.mark.parametrize(
    ("model", "tokens"),
    [("gpt-4o", 85 + 4 * 170), ("claude-sonnet-4-5", 1369), ("gemini-2.5-flash", 4 * 258)],
)
def test_an_image_counts_by_its_size_and_the_model(project: Project, model: str, tokens: int) -> None:
    project.write("prompts/plan.png", png(1024, 1024))

    whole, image = shown(project, "plan.png", model)

    assert image == {
        "typical": tokens,
        "grade": "calibrated",
        "source": "image prompts/plan.png, 1024 x 1024 pixels",
    }
    assert whole["typical"] == whole["static"] + tokens
    assert whole["high"] is not None


def test_an_image_may_lie_below_the_root(project: Project) -> None:
    project.write("assets/plan.png", png(512, 512))

    assert shown(project, "assets/plan.png", "gpt-4o")[1]["typical"] == 85 + 170


@pytest.mark.parametrize(
    ("src", "model"),
    [
        ("nowhere.png", "gpt-4o"),
        ("broken.png", "gpt-4o"),
        ("../../plan.png", "gpt-4o"),
        ("plan.png", "house"),
    ],
)
def test_an_image_that_nothing_is_known_of_is_of_unknown_size(project: Project, src: str, model: str) -> None:
    project.write("prompts/broken.png", b"\x89PNG\r\n\x1a\n").write("prompts/plan.png", png(64, 64))

    whole, image = shown(project, src, model)

    assert (image["typical"], image["grade"], whole["high"]) == (None, "unknown", None)


def test_a_larger_image_is_a_change_of_its_prompt(project: Project) -> None:
    project.init().write("prompts/plan.png", png(512, 512)).write("scrimp.yaml", "model: gpt-4o\n")
    project.write("prompts/bicycle.poml", POML.format(src="plan.png")).commit()
    project.write("prompts/plan.png", png(1024, 1024))

    (change,) = project.report("diff", "HEAD")["changes"]

    assert [each["cause"] for each in change["causes"]] == ["variables"]
    assert float(change["monthly_usd"]["delta"]) == pytest.approx(3 * 170 * 2.5 / 1000)


def test_what_is_configured_goes_before(project: Project) -> None:
    project.write("prompts/plan.png", png(512, 512))
    project.write("prompts/bicycle.poml", POML.format(src="plan.png"))
    project.write("scrimp.yaml", "prompts:\n  - {match: '**', variables: {plan.png: 7}}\n")

    (prompt,) = project.report("audit")["prompts"]

    assert prompt["variables"][0]["tokens"]["typical"] == 7
