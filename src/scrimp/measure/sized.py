"""The sizes of prompts by model, each counted once, with what is known of their variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from scrimp.measure.known import Known
from scrimp.measure.pictures import Pictures, picture_sizes
from scrimp.measure.sizes import Size, Sizer, hole_with_default, runs
from scrimp.measure.variables import VariableSize, VariableSizes, examples, looped
from scrimp.model.amounts import Grade
from scrimp.model.prompts import Prompt
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    VariableSegment,
)

DEFAULT = "default in the text"


class Sizes(Struct, frozen=True):
    """The sizes of prompts, and of what fills their holes."""

    known: Known
    pictures: Pictures = field(default_factory=dict)
    _sizers: dict[tuple[str, str], Sizer] = field(default_factory=dict)
    _sizes: dict[tuple[str, str], Size] = field(default_factory=dict)

    def foresee(self, prompts: Iterable[Prompt]) -> None:
        """Have what will be counted of some prompts be counted together (see ``Tokenizers``)."""
        self.known.tokenizers.foresee(text for prompt in prompts for text in _counted(prompt))

    def of(self, prompt: Prompt, model: str) -> Size:
        """The size of a prompt for a model, by its name as written."""
        key = (prompt.id, model)
        if key not in self._sizes:
            self._sizes[key] = self._sizer(prompt, model).size(prompt.segments)
        return self._sizes[key]

    def variables(self, prompt: Prompt, model: str) -> dict[str, VariableSize]:
        """What is known of each variable, by its name; those of unknown size are left out."""
        sizer = self._sizer(prompt, model)
        return {name: known for name, known in _variables(sizer, prompt.segments) if known is not None}

    def _sizer(self, prompt: Prompt, model: str) -> Sizer:
        key = (prompt.id, model)
        if key not in self._sizers:
            tokenizers = self.known.tokenizers
            resolved = tokenizers.resolve(model)
            counts = [tokenizers.count(sample.value, resolved).typical or 0 for sample in prompt.samples]
            usage = self.known.usage_of(prompt)
            self._sizers[key] = Sizer(
                resolved,
                VariableSizes(
                    self.known.of(prompt).variables,
                    usage.variables if usage else {},
                    self.known.usage.file,
                    examples(prompt.samples, counts),
                    picture_sizes(prompt, self.pictures, resolved),
                ),
                tokenizers,
            )
        return self._sizers[key]


def _counted(prompt: Prompt) -> Iterator[str]:
    yield from runs(prompt.segments)
    for sample in prompt.samples:
        yield sample.value


def _variables(sizer: Sizer, segments: Sequence[Segment]) -> Iterator[tuple[str, VariableSize | None]]:
    """What is known of each hole, once for each place; what a loop goes over tells of all holes in its body."""
    for segment in segments:
        match segment:
            case VariableSegment():
                yield segment.name, sizer.variables.of(segment.name)
            case BranchSegment():
                yield from _of_branch(sizer, segment)
            case LoopSegment():
                known = sizer.variables.of(looped(segment.over))
                of_items = known is not None and known.tokens is not None
                for name, own in _variables(sizer, segment.body):
                    yield name, known if of_items else own
            case InlineSegment() | MemberSegment():
                yield from _variables(sizer, segment.body)


def _of_branch(sizer: Sizer, branch: BranchSegment) -> Iterator[tuple[str, VariableSize | None]]:
    hole = hole_with_default(branch)
    for alternative in branch.alternatives:
        for name, known in _variables(sizer, alternative):
            if known is None and hole is not None and name == hole.name:
                tokens = sizer.size((branch,)).typical
                yield name, VariableSize(0, tokens, None, Grade.HEURISTIC, DEFAULT)
            else:
                yield name, known
