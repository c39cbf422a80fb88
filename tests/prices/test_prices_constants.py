"""Constants of SDKs that name models: read as the listed name that they stand for, or as none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.catalog.models import resolve
from scrimp.prices.constants import model_of
from scrimp.prices.snapshot import load


@pytest.mark.parametrize(
    ("constant", "model"),
    [
        ("github.com/sashabaranov/go-openai.GPT4oMini", "gpt-4o-mini"),
        ("openai.GPT3Dot5Turbo", "gpt-3.5-turbo"),
        ("github.com/openai/openai-go/v3.ChatModelGPT5Mini", "gpt-5-mini"),
        ("openai.ChatModelO3", "o3"),
        ("anthropic.ModelClaudeSonnet4_5_20250929", "claude-sonnet-4-5-20250929"),
        ("com.openai.models.ChatModel.GPT_4O", "gpt-4o"),
        ("com.openai.models.ChatModel.O1", "o1"),
        ("dev.langchain4j.model.openai.OpenAiChatModelName.GPT_4_O_MINI", "gpt-4o-mini"),
        ("OpenAIModels.gpt_4o", "gpt-4o"),
        ("Models.GEMINI_2_5_FLASH.value", "gemini-2.5-flash"),
        ("anthropic.Model.CLAUDE_SONNET_4_20250514", "claude-sonnet-4"),
    ],
)
def test_a_constant_is_the_model_with_its_letters_and_digits(constant: str, model: str) -> None:
    assert model_of(constant) == model


@pytest.mark.parametrize(
    "constant", ["", ".", "MODEL", "settings.Model", "O1", "x.o3", "client", "GPT", "DEFAULT_MODEL"]
)
def test_what_names_no_model_or_means_other_things_as_well_is_none(constant: str) -> None:
    assert model_of(constant) == ""


@given(st.text())
def test_any_name_is_a_listed_model_or_none(constant: str) -> None:
    found = model_of(constant)
    assert not found or resolve(found) is not None


@pytest.mark.parametrize(
    "name", ["gpt-4o", "gpt-4.1-mini", "gpt-5.1", "gpt-5-nano", "gpt-4-turbo-2024-04-09"]
)
def test_each_listed_name_of_openai_is_found_by_its_constant(name: str) -> None:
    assert f"openai/{name}" in load().rows
    constant = name.upper().replace("-", "_").replace(".", "_")
    assert model_of(f"ChatModel.{constant}") == name
