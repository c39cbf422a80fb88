"""Which values of any YAML, TOML or JSON file are prompts, by their keys and by what stands beside them.

Keys that name prompts count alone; keys that many files have count only with more: a key beside them that
belongs to a message or an agent, a path named after prompts, or text that speaks to a model.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property

from msgspec import Struct

from scrimp.readers import settings
from scrimp.readers.document import Document, Key, Scalar, key_path
from scrimp.readers.evidence import speaks_to_model, speaks_to_user
from scrimp.readers.globs import compile_globs
from scrimp.readers.paths import is_instruction_path, is_prompt_path
from scrimp.readers.patterns import any_ending, group_of, written
from scrimp.readers.presets import Beside, presets, snake
from scrimp.readers.roles import role_of_key, role_of_word, subject_of_key
from scrimp.readers.settings import Nearest
from scrimp.readers.words import count_words

_SHORTEST = 8
_CATALOGUE = 3
_CATALOGUE_SHARE = 0.2
_OF_TOOLS = re.compile(r"(?:tool|function)_description(?:s|_overrides)$")
"""Keys above descriptions of tools, each under the tool's name."""
_MESSAGE_ROLES = frozenset({"system", "developer", "user", "assistant", "tool"})


class KeyedPrompt(Struct, frozen=True):
    """What is known of a prompt by its key."""

    role: str
    kind: str
    group: str
    model: str
    output_cap: int


class KeyedPrompts:
    """The prompts of one document."""

    def __init__(self, path: str, document: Document) -> None:
        self._document = document
        self._path = path

    def prompt(self, scalar: Scalar) -> KeyedPrompt | None:
        """What a scalar is as a prompt, None if nothing says that it is one."""
        text = scalar.text.value
        if scalar.kind != "string" or not scalar.keys or len(text) < _SHORTEST:
            return None
        words = count_words(text)
        if words < presets().keys.named_words or self._counts[written(scalar.keys)] > presets().keys.dataset:
            return None
        beside = self._beside(scalar)
        if not self._is_prompt(scalar, words, beside):
            return None
        return self._described(scalar, beside)

    def _is_prompt(self, scalar: Scalar, words: int, beside: Beside | None) -> bool:
        last = _last_name(scalar.keys)
        spoken = speaks_to_model(scalar.text.value)
        named = _named().fullmatch(written(scalar.keys)) is not None
        if speaks_to_user(scalar.text.value) and not spoken and beside is None:
            return False
        if self._doubtful and not (self._catalogue and not self._is_records):
            return named and spoken
        if named:
            return True
        enough = words >= presets().keys.likely_words
        if last.rpartition("_")[2] in self._families and _kindred().fullmatch(written(scalar.keys)):
            return enough
        if _likely().fullmatch(written(scalar.keys)):
            return enough or self._has_model(scalar) or is_prompt_path(self._path)
        if beside is not None:
            return True
        if last in presets().keys.about:
            return False
        if self._catalogue or is_prompt_path(self._path):
            return enough
        return (
            enough
            and spoken
            and (_spoken().fullmatch(written(scalar.keys)) is not None or is_instruction_path(self._path))
        )

    @cached_property
    def _counts(self) -> Counter[str]:
        """How many items of lists stand at each key path."""
        listed = (
            scalar.keys
            for scalar in self._document.scalars
            if any(isinstance(key, int) for key in scalar.keys)
        )
        return Counter(map(written, listed))

    @cached_property
    def _doubtful(self) -> bool:
        """Whether the file is known for other things than prompts."""
        if _doubtful_files().fullmatch(self._path):
            return True
        return any(self._names(()).issuperset(row) for row in presets().doubtful.keys)

    @cached_property
    def _is_records(self) -> bool:
        """Whether the file is one list, as data sets and recorded conversations are."""
        return all(isinstance(scalar.keys[0], int) for scalar in self._document.scalars if scalar.keys)

    @cached_property
    def _families(self) -> frozenset[str]:
        """The last words of keys that name prompts."""
        named = (
            scalar
            for scalar in self._document.scalars
            if scalar.kind == "string" and _named().fullmatch(written(scalar.keys))
        )
        return frozenset(
            _last_name(scalar.keys).rpartition("_")[2]
            for scalar in named
            if count_words(scalar.text.value) >= presets().keys.named_words
        )

    @cached_property
    def _catalogue(self) -> bool:
        """Whether so many texts are named as prompts or speak to a model that all of them are prompts."""
        texts = [scalar for scalar in self._document.scalars if _is_text(scalar)]
        telling = sum(
            speaks_to_model(scalar.text.value) or _named().fullmatch(written(scalar.keys)) is not None
            for scalar in texts
            if not speaks_to_user(scalar.text.value)
        )
        return telling >= _CATALOGUE and telling >= _CATALOGUE_SHARE * len(texts)

    def _beside(self, scalar: Scalar) -> Beside | None:
        """The rule that a scalar meets together with the keys beside it."""
        last = _last_name(scalar.keys)
        rules = [rule for rule in presets().keys.beside if last in rule.keys]
        if not rules:
            return None
        around = self._names(scalar.keys[:-1])
        return next(
            (rule for rule in rules if around.issuperset(rule.all) and self._role_fits(rule, scalar)), None
        )

    def _role_fits(self, rule: Beside, scalar: Scalar) -> bool:
        """Whether a role that a rule asks for is a message's."""
        return "role" not in rule.all or self._role_beside(scalar) in _MESSAGE_ROLES

    def _role_beside(self, scalar: Scalar) -> str:
        role = self._document.siblings[scalar.keys[:-1]].get("role")
        return role_of_word(role.text.value) if role else "unknown"

    def _names(self, keys: tuple[Key, ...]) -> set[str]:
        """The keys under a key path, in lower case."""
        return {snake(str(key)) for key in self._document.members.get(keys, ())}

    def _has_model(self, scalar: Scalar) -> bool:
        """Whether settings of a model call stand beside a scalar or above it."""
        keys = presets().keys.model_keys
        return any(not self._names(scalar.keys[:depth]).isdisjoint(keys) for depth in range(len(scalar.keys)))

    def _described(self, scalar: Scalar, beside: Beside | None) -> KeyedPrompt:
        last = _last_name(scalar.keys)
        if beside is not None and "role" in beside.all:
            role, group = self._role_beside(scalar), group_of(scalar.keys)
        else:
            role = (beside.role if beside else "") or role_of_key(last)
            group = key_path(scalar.keys[:-1])
            if beside is None or beside.group == "name":
                group = "/".join(filter(None, (group, subject_of_key(last))))
        model = settings.name(self._models.around(scalar.keys))
        cap = settings.cap(self._caps.around(scalar.keys))
        if any(_OF_TOOLS.match(snake(str(key))) for key in scalar.keys[:-1]):
            return KeyedPrompt("tool", "tool", group, model, cap)
        return KeyedPrompt(role, "message", group, model, cap)

    @cached_property
    def _models(self) -> Nearest:
        return Nearest.of(self._document, presets().keys.model, lambda value: bool(settings.name(value)))

    @cached_property
    def _caps(self) -> Nearest:
        return Nearest.of(self._document, presets().keys.output_cap, lambda value: settings.cap(value) > 0)


def _is_text(scalar: Scalar) -> bool:
    return scalar.kind == "string" and count_words(scalar.text.value) >= presets().keys.likely_words


def _last_name(keys: tuple[Key, ...]) -> str:
    """The last key that is no item's number."""
    return next((snake(key) for key in reversed(keys) if isinstance(key, str)), "")


@cache
def _named() -> re.Pattern[str]:
    return any_ending(presets().keys.named)


@cache
def _kindred() -> re.Pattern[str]:
    return any_ending(presets().keys.kindred)


@cache
def _likely() -> re.Pattern[str]:
    return any_ending(presets().keys.likely)


@cache
def _spoken() -> re.Pattern[str]:
    return any_ending(presets().keys.spoken)


@cache
def _doubtful_files() -> re.Pattern[str]:
    return compile_globs(presets().doubtful.files)
