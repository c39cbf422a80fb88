"""Tokens of images by their size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.catalog.models import Model, resolve
from scrimp.model.amounts import Grade
from scrimp.tokens.images import image_tokens

SIZES = [(256, 256), (512, 512), (768, 768), (1024, 1024), (1280, 720)]
"""Those of the table of huggingface.co/JOHNISKING/image-token-cost (2026)."""


def known(name: str) -> Model:
    model = resolve(name)
    assert model is not None
    return model


@pytest.mark.parametrize("name", ["claude-haiku-4-5", "claude-haiku-5-5", "claude-opus-4-7"])
@pytest.mark.parametrize(("size", "tokens"), list(zip(SIZES, [100, 361, 784, 1369, 1196], strict=True)))
def test_claude_by_the_measured_table(name: str, size: tuple[int, int], tokens: int) -> None:
    assert image_tokens(known(name), *size).typical == tokens


@pytest.mark.parametrize("name", ["gpt-6-sol", "gpt-5-mini"])
@pytest.mark.parametrize(("size", "tokens"), list(zip(SIZES, [77, 308, 692, 1229, 1104], strict=True)))
def test_gpt_6_by_the_measured_table(name: str, size: tuple[int, int], tokens: int) -> None:
    assert image_tokens(known(name), *size).typical == tokens


@pytest.mark.parametrize(
    ("name", "width", "height", "tokens"),
    [
        ("gpt-4o", 1024, 1024, 765),  # developers.openai.com, Images and vision
        ("gpt-4o", 2048, 4096, 1105),  # the same
        ("gpt-4.1", 1024, 1024, 765),  # community.openai.com/t/1230130: 773 billed, 8 of text
        ("gpt-5-mini", 768, 1024, 922),  # community.openai.com/t/1344040, June 2026
        ("gpt-5-mini", 2048, 768, 1844),  # the same
        ("gpt-5-nano", 4000, 1474, 2304),  # the same
        ("gpt-4.1-mini", 4000, 1474, 2489),  # community.openai.com/t/1281361: 2488 billed, rounded down
        ("gemini-2.5-pro", 384, 384, 258),  # ai.google.dev/gemini-api/docs/tokens
        ("gemini-2.5-pro", 960, 540, 516),
        ("gemini-2.5-pro", 1920, 1080, 1548),
        ("claude-opus-4-8", 1920, 1080, 2691),
    ],
)
def test_what_providers_and_users_published(name: str, width: int, height: int, tokens: int) -> None:
    assert image_tokens(known(name), width, height).typical == tokens


# Billed for an image of 128 x 64 pixels and a few words (12 tokens, or 11), community.openai.com/t/1262691.
@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("gpt-4o-2024-11-20", 97 - 12, 267 - 12),
        ("gpt-4.1-2025-04-14", 97 - 12, 267 - 12),
        ("gpt-4-turbo-2024-04-09", 97 - 12, 267 - 12),
        ("gpt-4o-mini-2024-07-18", 2845 - 12, 8512 - 12),
        ("o3-2025-04-16", 86 - 11, 236 - 11),
        ("o4-mini-2025-04-16", 26 - 12, 26 - 12),
        ("gpt-4.1-mini-2025-04-14", 26 - 13, 26 - 13),
        ("gpt-4.1-nano-2025-04-14", 33 - 13, 33 - 13),
    ],
)
def test_a_small_image_by_what_was_billed(name: str, low: int, high: int) -> None:
    assert image_tokens(known(name), 128, 64, low_detail=True).typical == low
    assert image_tokens(known(name), 128, 64).typical == high


def test_what_no_source_could_be_read_again_for_says_so() -> None:
    assert image_tokens(known("gpt-5.6-sol"), 128, 64).grade is Grade.ASSUMED
    assert image_tokens(known("gpt-5-mini"), 128, 64).grade is Grade.CALIBRATED


def test_claude_before_4_7_scales_large_images_down() -> None:
    # claudecodecamp.com/p/images-cost-3x-more-tokens-in-claude-opus-4-7: 1,558 to 1,561 at any size above the limit.
    large = image_tokens(known("claude-opus-4-6"), 2576, 1932)
    assert large.low is not None
    assert large.high is not None
    assert large.low <= 1558 <= 1561 <= large.high
    assert large.low > 0.9 * large.high


def test_gemini_3_sees_every_image_alike() -> None:
    for size in SIZES:
        found = image_tokens(known("gemini-3-pro"), *size)
        assert (found.low, found.high) == (1065, 1101)


@pytest.mark.parametrize("name", ["llama3:8b", "text-embedding-3-small", "gpt-3.5-turbo"])
def test_what_nothing_is_known_of_is_unknown(name: str) -> None:
    assert image_tokens(known(name), 100, 100).grade is Grade.UNKNOWN
    assert image_tokens(None, 100, 100).typical is None


def test_an_image_has_pixels() -> None:
    with pytest.raises(ValueError, match="0 x 5 pixels"):
        image_tokens(known("gpt-4o"), 0, 5)


@given(
    st.sampled_from(
        ["gpt-4o", "gpt-5-nano", "gpt-6-sol", "claude-opus-4-6", "claude-sonnet-5", "gemini-2.5-pro"]
    ),
    st.integers(1, 20_000),
    st.integers(1, 20_000),
)
def test_every_size_has_a_positive_interval(name: str, width: int, height: int) -> None:
    found = image_tokens(known(name), width, height)
    assert found.low is not None
    assert found.typical is not None
    assert found.high is not None
    assert 0 < found.low <= found.typical <= found.high
