"""``scrimp check``: lint prompts, and fix what can be fixed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from scrimp.commands.named import STDIN, meant
from scrimp.commands.options import NamesFiles, output_options, scan_options
from scrimp.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection

    from scrimp.commands.output import Output
    from scrimp.pipeline.lint import Linted, Linter
    from scrimp.pipeline.recall import Recalled
    from scrimp.pipeline.scan import Progress
    from scrimp.pipeline.setup import Setup
    from scrimp.pipeline.targets import Target
    from scrimp.store.answers import Printed
    from scrimp.tree.files import Tree

EPILOG = """\b
Examples:
  scrimp check                          every file
  scrimp check src prompts/triage.md    some of them
  scrimp check --fix --diff             show what would be fixed
  scrimp check --format text --format sarif --output scrimp.sarif
  scrimp check --add-ignores --reason "kept for the evaluation"
  cat p.md | scrimp check - --stdin-filename prompts/p.md
"""
MORE_THAN_A_REPORT = ("fix", "unsafe_fixes", "diff", "add_ignores", "statistics")
"""Options with which files are written, or something else is printed than the report."""
OF_FINDINGS = frozenset(("text", "github"))
"""Formats that show findings and nothing else of a report."""


@click.command("check", cls=NamesFiles, epilog=EPILOG)
@click.argument("files", nargs=-1, metavar="[FILES]...")
@click.option("--fix", is_flag=True, help="Make the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: the unsafe ones too.")
@click.option("--diff", is_flag=True, help="Show what would be written instead of writing it.")
@click.option(
    "--add-ignores", is_flag=True, help="Write comments that hide what is found, each in its place."
)
@click.option("--reason", metavar="TEXT", help="With --add-ignores: why, to stand in each comment.")
@click.option(
    "--select", metavar="RULES", multiple=True, help="Rules to run: ids, prefixes or ALL, comma-separated."
)
@click.option("--ignore", metavar="RULES", multiple=True, help="Rules not to run, likewise.")
@click.option("--statistics", is_flag=True, help="Count findings by rule instead of listing them.")
@click.option(
    "--fail-on",
    type=click.Choice(("info", "warning", "error")),
    help="The least severity that fails. [default: warning]",
)
@click.option("--force-exclude", is_flag=True, help="Heed the configuration's exclude for named files too.")
@click.option("--stdin-filename", metavar="FILE", help="The name under which standard input (-) is read.")
@scan_options
@output_options
def command(files: tuple[str, ...], **options: Any) -> int:
    """Lint the prompts of FILES (files or folders; by default all), in the light of the whole tree around them.

    Fails (exit 1) on a finding at or above --fail-on.
    """
    from scrimp.commands.answering import answered  # noqa: PLC0415  heavy
    from scrimp.commands.output import Output  # noqa: PLC0415
    from scrimp.pipeline.remembering import remembering  # noqa: PLC0415

    _refuse_contradictions(options)
    if options["unsafe_fixes"] and not (options["fix"] or options["diff"] or options["quiet"]):
        _say_idle()
    root, named = meant(files, options["stdin_filename"], options["config"])
    output = Output(options["targets"], options["quiet"], options["verbose"], options["color"], root=root)
    with remembering(root, options["cache"], named or ()) as memory:
        if STDIN not in files and not any(options[name] for name in MORE_THAN_A_REPORT):
            asked = {"command": "check", "named": named, **options}
            return answered(
                memory, output, asked, lambda: _check(memory.tree, _disk(root), named, output, options)
            )
        with memory.used():
            return _check(*_tree_and_target(root, named, files), named, output, options)[1]


def _check(
    tree: Tree, target: Target, named: list[str] | None, output: Output, options: dict[str, Any]
) -> tuple[Printed | None, int]:
    """Lint a tree, and print what was found."""
    from scrimp.commands.output import exit_code  # noqa: PLC0415  heavy
    from scrimp.commands.progress import progress  # noqa: PLC0415
    from scrimp.commands.show import shown  # noqa: PLC0415
    from scrimp.model.findings import Severity  # noqa: PLC0415
    from scrimp.pipeline.setup import Selection, setup  # noqa: PLC0415

    selection = Selection(_listed(options["select"]), _listed(options["ignore"]))
    made = setup(tree, options["config"], selection, options["jobs"])
    if shown(tree, made, settings=options["show_settings"], files=options["show_files"]):
        return None, 0
    fail_on = Severity(options["fail_on"]) if options["fail_on"] else made.settings.fail_on
    chosen = _chosen(named, made, force_exclude=options["force_exclude"])
    seen = _recalled(tree, made, chosen, options)
    from scrimp.pipeline.lint import Linter  # noqa: PLC0415  loaded while others read

    with progress(shown=not options["quiet"]) as bar:
        linter = Linter(tree, made, chosen, fail_on, date.today())
        linted = (linter.relint(seen) if seen else None) or _lint(linter, target, options, bar)
    linted = replace(linted, report=output.completed(linted.report, tree, made))
    code = exit_code(
        linted.report,
        allow_incomplete=options["allow_incomplete"],
        exit_zero=options["exit_zero"],
        findings_fail=linted.failed,
    )
    return _print(linted, target, output, options, code), code


def _recalled(
    tree: Tree, setup: Setup, chosen: Collection[str] | None, options: dict[str, Any]
) -> Recalled | None:
    """What an earlier run linked, where that is enough: for findings of some files, and nothing else."""
    from scrimp.pipeline.recall import recalled  # noqa: PLC0415  heavy

    is_more = any(options[name] for name in MORE_THAN_A_REPORT)
    if chosen is None or is_more or any(name not in OF_FINDINGS for name, _ in options["targets"]):
        return None
    return recalled(tree, setup, chosen)


def _refuse_contradictions(options: dict[str, Any]) -> None:
    if options["add_ignores"] and (options["fix"] or options["unsafe_fixes"]):
        raise UserError("--add-ignores and --fix at once", "fix first, then write comments for what is left")
    if options["reason"] and not options["add_ignores"]:
        raise UserError(
            "--reason without --add-ignores", "it is what the comments say that --add-ignores writes"
        )
    if not options["reason"]:
        return
    from scrimp.suppress.placing import why_not  # noqa: PLC0415  heavy

    wrong = why_not(options["reason"])
    if wrong:
        raise UserError(f"--reason can't stand in a comment: {wrong}", "write it in plain words")


def _lint(linter: Linter, target: Target, options: dict[str, Any], bar: Progress | None) -> Linted:
    from scrimp.model.findings import Safety  # noqa: PLC0415

    if options["add_ignores"]:
        add = linter.preview_ignores if options["diff"] else linter.add_ignores
        return add(target, options["reason"] or "", bar)
    safeties = [Safety.SAFE, Safety.UNSAFE] if options["unsafe_fixes"] else [Safety.SAFE]
    if options["diff"]:
        return linter.preview(target, safeties, bar)
    return linter.fix(target, safeties, bar) if options["fix"] else linter.lint(bar)


def _print(
    linted: Linted, target: Target, output: Output, options: dict[str, Any], code: int
) -> Printed | None:
    """The report, or what was asked for in its place: a diff, counts, or standard input as it is once fixed."""
    from scrimp.commands.printing import pass_on_bytes  # noqa: PLC0415
    from scrimp.pipeline.targets import Memory  # noqa: PLC0415

    printed = None
    if options["diff"]:
        _print_diff(linted)
    elif (options["fix"] or options["add_ignores"]) and isinstance(target, Memory):
        pass_on_bytes(target.content)
    elif options["statistics"]:
        _print_statistics(linted)
    else:
        printed = output.write(linted.report, code)
    _say_refused(linted, "hidden" if options["add_ignores"] else "fixed")
    if not options["quiet"] and linted.ignored:
        _say_ignored(linted, "Would hide" if options["diff"] else "Hid")
    if not options["quiet"] and linted.fixed:
        _say_fixed(linted, "Would fix" if options["diff"] else "Fixed")
    return printed


def _print_diff(linted: Linted) -> None:
    from scrimp.commands.printing import pass_on  # noqa: PLC0415
    from scrimp.fix import unified_diff  # noqa: PLC0415  heavy

    for each in linted.rewrites:
        pass_on(unified_diff(each))


def _disk(root: Path) -> Target:
    from scrimp.pipeline.targets import Disk  # noqa: PLC0415  heavy

    return Disk(root)


def _tree_and_target(root: Path, named: list[str] | None, files: tuple[str, ...]) -> tuple[Tree, Target]:
    """The tree as it stands, and where its fixes are made: all files are read, as some may be written."""
    from scrimp.pipeline.targets import Memory  # noqa: PLC0415
    from scrimp.tree.overlay import Overlay  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    if named is None or STDIN not in files:
        return Worktree(root, named=named or ()), _disk(root)
    memory = Memory(named[0], sys.stdin.buffer.read())
    return Overlay(Worktree(root), {memory.path: memory.content}), memory


def _chosen(named: list[str] | None, setup: Setup, *, force_exclude: bool) -> frozenset[str] | None:
    """The files whose findings are wanted. Named files are judged even if excluded, unless told otherwise."""
    if named is None:
        return None
    excluded = setup.settings.excludes.covers
    return frozenset(path for path in named if not (force_exclude and excluded(path)))


def _listed(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each.strip() for value in values for each in value.split(",") if each.strip())


def _print_statistics(linted: Linted) -> None:
    from scrimp.commands.printing import say  # noqa: PLC0415
    from scrimp.model.written import counted  # noqa: PLC0415

    for each in sorted(linted.report.saved_by_rule, key=lambda row: (-row.findings, row.rule)):
        say(f"{each.findings:>6}  {each.rule}  {each.name}  ({counted(each.tokens, 'token')})")


def _say_idle() -> None:
    from scrimp.commands.printing import say  # noqa: PLC0415

    say("warning: --unsafe-fixes makes no fix by itself: add --fix, or --diff to see them", err=True)


def _say_refused(linted: Linted, done: str) -> None:
    from scrimp.commands.printing import say  # noqa: PLC0415

    for refusal in linted.refused:
        finding = refusal.finding
        where = f"{finding.path}:{finding.place.line}:{finding.place.column}"
        say(f"{where} {finding.rule} not {done}: {refusal.reason}", err=True)


def _say_ignored(linted: Linted, did: str) -> None:
    from scrimp.commands.printing import say  # noqa: PLC0415

    findings, files = _counted(len(linted.ignored), "finding"), _counted(len(linted.rewrites), "file")
    say(f"{did} {findings} by comments in {files}.", err=True)


def _say_fixed(linted: Linted, did: str) -> None:
    from scrimp.commands.printing import say  # noqa: PLC0415
    from scrimp.model.written import dollars  # noqa: PLC0415

    tokens = sum(finding.tokens_saved or 0 for finding in linted.fixed)
    money = [finding.monthly_saved for finding in linted.fixed if finding.monthly_saved is not None]
    worth = f", {dollars(sum(money[1:], money[0]))} a month" if money else ""
    findings, files = _counted(len(linted.fixed), "finding"), _counted(len(linted.rewrites), "file")
    say(f"{did} {findings} in {files}: {_counted(tokens, 'token')} a call{worth}.", err=True)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
