"""By whose policy a change is judged: under CI by BASE's, so that no change loosens the gate that judges it.

The policy is everything that decides what is looked at and what fails: budgets, rules and what hides their findings,
excludes, prices, owners, packs, the usage file, all of it with the nested configuration. What HEAD says of itself
remains as claims (see ``measure.guarded``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from scrimp.config.policy import loosened
from scrimp.config.schema import Settings
from scrimp.model.errors import UserError
from scrimp.model.policy import Loosening, Policy
from scrimp.model.written import counted
from scrimp.pipeline.ci import is_ci
from scrimp.pipeline.saved import Saved
from scrimp.pipeline.setup import Setup, setup
from scrimp.pipeline.sides import Side
from scrimp.prices import lock
from scrimp.readers.formats import Formats
from scrimp.tokens import calibration
from scrimp.tree.worktree import Worktree
from scrimp.usage.book import DEFAULT_NAME

GIVEN = "what is given to --policy: base, head or a file"
AS_BASE, OTHERWISE = "as the policy has it", "another"


class Ruled(Struct, frozen=True):
    """Both sides, each with the setup that it is read and measured by, and the setup whose budgets and rules decide.

    ``own`` is what HEAD's tree says of itself, ``None`` where that is the policy, or where HEAD is a saved audit.
    """

    base: Side
    head: Side
    rules: Setup
    own: Setup | None
    policy: Policy
    said: tuple[str, ...] = ()
    """What people should know of it."""


def ruled(base: Side, head: Side, asked: str | None, variables: Mapping[str, str], root: Path) -> Ruled:
    """Both sides under the policy that is ``asked`` for: ``base``, ``head`` or a file.

    Without one it is BASE's under CI, which ``variables`` of the environment tell, and HEAD's elsewhere. ``root`` is
    the folder that the user stands in. Raises ``UserError`` where BASE is to decide but is a saved audit, and for a
    file that can't be read.
    """
    if asked not in {None, "base", "head"}:
        return _by_file(base, head, str(asked), root)
    if asked == "head":
        return _by_head(base, head, "asked for with --policy")
    if asked is None and not is_ci(variables):
        return _by_head(base, head, "")
    if isinstance(base.content, Saved):
        if asked == "base":
            raise UserError(
                f"{base.name}: a saved audit holds no policy", "name a revision, or give --policy FILE"
            )
        return _by_head(base, head, f"{base.name} is a saved audit, which holds no policy")
    gate = base if base.gate is None else base.gate()
    if head.is_configured and not gate.is_configured:
        return _by_head(base, head, f"{gate.name} has no configuration: this change adds the first one")
    why = "asked for with --policy" if asked else "under CI no change loosens the gate that judges it"
    return _by(base, head, gate.setup, Policy("base", gate.name, why))


def _by_head(base: Side, head: Side, why: str) -> Ruled:
    """HEAD's word: BASE, if it is a tree without a configuration, is measured by it, too."""
    said: tuple[str, ...] = ()
    if not isinstance(base.content, Saved) and not base.is_configured and head.setup.loaded.files:
        said = (f"{base.name} has no configuration: both sides are judged by that of {head.name}",)
        base = replace(base, setup=head.setup)
    return Ruled(base, head, head.setup, None, Policy("head", head.name, why), said)


def _by_file(base: Side, head: Side, file: str, root: Path) -> Ruled:
    """A file's word, for instance that of an organisation; what it leaves open BASE's own configuration tells."""
    tree = Worktree(root) if isinstance(base.content, Saved) else base.content
    theirs = setup(tree, file, jobs=base.setup.jobs, given=GIVEN)
    policy = replace(
        theirs,
        loaded=replace(theirs.loaded, settings=_filled(theirs.settings, base.setup.settings)),
        formats=Formats((*theirs.formats.rows, *base.setup.formats.rows)),
        sdks=(*theirs.sdks, *base.setup.sdks),
    )
    return _by(base, head, policy, Policy("file", file, "asked for with --policy"))


def _filled(policy: Settings, base: Settings) -> Settings:
    """The settings of a policy, with the prompts, volumes and models that BASE tells behind its own."""
    told = tuple(each for each in policy.defaults if each.model or each.calls_per_month is not None)
    return replace(policy, prompts=(*policy.prompts, *base.prompts), defaults=(*told, *base.defaults))


def _by(base: Side, head: Side, policy: Setup, named: Policy) -> Ruled:
    known, base = base, base if isinstance(base.content, Saved) else replace(base, setup=policy)
    if isinstance(head.content, Saved):
        return Ruled(base, head, policy, None, named)
    # What the branch has now and HEAD never had, HEAD didn't loosen.
    own, before = head.setup, known.setup if known.is_configured and named.source == "base" else policy
    milder = (*loosened(before.settings, own.settings), *_files(before, own))
    return Ruled(base, replace(head, setup=policy), policy, own, replace(named, loosened=milder))


def _files(policy: Setup, own: Setup) -> Iterator[Loosening]:
    """The files beside the configuration that say something else."""
    if policy.lock != own.lock:
        yield Loosening(lock.FILE, AS_BASE, OTHERWISE if own.lock else "none")
    if policy.usage.entries != own.usage.entries:
        yield Loosening(own.settings.usage or DEFAULT_NAME, AS_BASE, OTHERWISE if own.usage_file else "none")
    known = set(policy.baseline.entries) if policy.baseline else set()
    more = [each for each in (own.baseline.entries if own.baseline else ()) if each not in known]
    if own.baseline is not None and more:
        findings = counted(sum(each.count for each in more), "finding")
        yield Loosening(own.baseline.file, AS_BASE, f"{findings} that it doesn't have so")
    if policy.tokenizers != own.tokenizers:
        yield Loosening(own.settings.calibration or calibration.PLACE, AS_BASE, OTHERWISE)
    for path in sorted({*policy.packs, *own.packs}):
        if policy.packs.get(path) != own.packs.get(path):
            yield Loosening(
                path, AS_BASE if path in policy.packs else "none", OTHERWISE if path in own.packs else "none"
            )
    for name, one, two in (("formats", policy.formats, own.formats), ("sdks", policy.sdks, own.sdks)):
        if one != two:
            yield Loosening(name, AS_BASE, OTHERWISE)
