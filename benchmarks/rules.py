"""The rules on a pinned corpus: rules.py [--package NAME …] | --sample RULE [--blank] | --precision

Without options the whole corpus is measured, in one process. ``--sample`` prints findings of a rule in the last such
run to judge by reading, ``--blank`` the lines for a file of judgements instead. ``--precision`` says what the readers
found.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence

import harness
import msgspec
from judging.agreement import READERS, Agreement, Judged, Judgement, agreement, by_key, judgements, wilson
from judging.lock import FOLDER, corpus, folder
from judging.measuring import Fixed, Package, Rule, is_unmeasured, measured, saves_nothing
from judging.sampling import Sampled, blank, sample, shown

from scrimp.checks import shipped_cards
from scrimp.config.cards import Card
from scrimp.model.findings import Finding

JUDGEMENTS = FOLDER / "judgements"
LAST = harness.DOWNLOADS / "rules-findings.jsonl"
"""The findings of the last run over the whole corpus: judgements of others are of rules as they were."""
LARGEST = 5
"""The packages with the most static tokens, whose findings a reviewer would have to accept."""


def benchmark() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--package", action="append", default=[], metavar="NAME")
    parser.add_argument("--sample", metavar="RULE")
    parser.add_argument("--blank", action="store_true")
    parser.add_argument("--precision", action="store_true")
    arguments = parser.parse_args()
    if arguments.precision:
        return report_precision(shipped_cards())
    if arguments.sample and arguments.sample not in {card.id for card in shipped_cards()}:
        raise harness.BenchmarkError(f"{arguments.sample} is no rule")
    if arguments.sample:
        for number, each in enumerate(sample(last_found(), arguments.sample), 1):
            print(blank(each) if arguments.blank else shown(number, each))
        return None
    start = time.process_time()
    rules: dict[str, Rule] = {}
    packages = []
    for locked in corpus(arguments.package):
        root, began = folder(locked), time.process_time()
        packages.append(measured(locked.package, locked.wheel.version, root, rules))
        print(f"{locked.wheel.name} {time.process_time() - began:.1f} s", file=sys.stderr)
    report(packages, rules, time.process_time() - start)
    if not arguments.package:
        keep(packages)
    return None


# --- figures --------------------------------------------------------------------------------------------


def report(packages: Sequence[Package], rules: dict[str, Rule], seconds: float) -> None:
    """Print what the rules found, rule by rule and over all."""
    cards = [rule.card for rule in rules.values()]
    print(f"{'rule':8}{'on':>4}{'hits':>7}{'packages':>10}{'tokens':>9}{'abstained':>11}{'seconds':>9}  name")
    for rule in sorted(rules.values(), key=lambda rule: rule.card.id):
        on = "yes" if rule.card.enabled else "no"
        print(
            f"{rule.card.id:8}{on:>4}{rule.hits:>7,}{len(rule.packages):>10}{rule.tokens:>9,}"
            f"{rule.abstentions:>11,}{rule.seconds:>9.2f}  {rule.card.name}"
        )
    tokens, prompts = sum(one.tokens for one in packages), sum(one.prompts for one in packages)
    default = sum(one.default(cards) for one in packages)
    found = [finding for one in packages for finding in one.findings]
    print(
        f"\n{len(packages)} packages, {prompts:,} prompts, {tokens:,} static tokens, {seconds:.0f} s of the processor"
    )
    report_fixes("safe fixes", [one.safe for one in packages], tokens)
    report_fixes("safe and unsafe fixes", [one.unsafe for one in packages], tokens)
    density = f"{default / tokens * 1000:.2f} per 1,000 tokens, {default / prompts:.3f} per prompt"
    print(f"default findings: {default:,} = {density}")
    largest = sorted(packages, key=lambda one: -one.tokens)[:LARGEST]
    for one in largest:
        number, a_prompt = one.default(cards), one.default(cards) / max(one.prompts, 1)
        print(f"  {one.name} {one.version}: {number} in {one.prompts} prompts = {a_prompt:.3f} per prompt")
    worst = sum(one.default(cards) for one in largest) / max(sum(one.prompts for one in largest), 1)
    print(f"in the {len(largest)} largest: {worst:.3f} default findings per prompt (at most 0.200)")
    unmeasured = Counter(finding.rule for finding in found if is_unmeasured(finding))
    print(
        "saving unknown:",
        ", ".join(f"{rule} {number}" for rule, number in sorted(unmeasured.items())) or "none",
    )
    crashes = [reason for one in packages for reason in one.crashes]
    print(*crashes[:10], f"rules that failed: {len(crashes)}", sep="\n")
    nothing = Counter(finding.rule for finding in found if saves_nothing(finding))
    print(
        f"findings that save nothing: {nothing.total()}",
        *(f"{rule} {number}" for rule, number in nothing.items()),
    )


def report_fixes(what: str, fixes: Sequence[Fixed], tokens: int) -> None:
    """Print what fixing the default findings takes away."""
    made, refused = sum(fix.findings for fix in fixes), sum(fix.refused for fix in fixes)
    saved, claimed = sum(fix.tokens for fix in fixes), sum(fix.claimed for fix in fixes)
    print(
        f"{what}: {made:,} made, {refused:,} refused, "
        f"{saved:,} tokens = {saved / tokens:.2%} of all, {claimed:,} claimed"
    )


def keep(packages: Sequence[Package]) -> None:
    """Remember the findings of a run over the whole corpus."""
    rows = ((one.name, one.version, finding) for one in packages for finding in one.findings)
    LAST.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


def last_found() -> list[Sampled]:
    """The findings of the last run over the whole corpus. Raises ``BenchmarkError`` if there was none."""
    if not LAST.exists():
        raise harness.BenchmarkError("the corpus was not measured yet: run rules.py without options first")
    found = []
    for line in LAST.read_bytes().splitlines():
        name, version, finding = msgspec.json.decode(line, type=tuple[str, str, Finding])
        found.append(Sampled(name, version, harness.trees() / f"{name}-{version}", finding))
    return found


# --- precision ------------------------------------------------------------------------------------------


def report_precision(cards: Sequence[Card]) -> None:
    """Print how many findings the readers hold to be right, by rule and over the rules that are on by default."""
    judged = {reader: current(judgements(JUDGEMENTS / f"{reader}.jsonl")) for reader in READERS}
    everything = [each for reader in READERS for each in judged[reader]]
    print(
        f"{'rule':8}{'on':>4}"
        + "".join(f"{'reader ' + reader:>12}{'at least':>10}" for reader in READERS)
        + f"{'agree':>10}{'kappa':>8}"
    )
    for card in cards:
        if any(each.rule == card.id for each in everything):
            print(f"{card.id:8}{'yes' if card.enabled else 'no':>4}" + row(judged, {card.id}))
    on = {card.id for card in cards if card.enabled}
    print(f"{'default':8}{'':>4}" + row(judged, on))
    print(f"{'all':8}{'':>4}" + row(judged, {card.id for card in cards}))
    for reader in READERS:
        verdicts = by_key(judged[reader], on)
        ok = sum(verdicts.values())
        print(
            f"reader {reader}: default rules {ok}/{len(verdicts)}, Wilson lower bound {wilson(ok, len(verdicts)):.3f}"
        )
    unread = sorted(on - {each.rule for each in everything})
    print("default rules that nobody judged:", ", ".join(unread) or "none")


def current(judged: list[Judgement]) -> list[Judgement]:
    """The judgements of findings that the last run over the corpus still had; all if there was none."""
    if not LAST.exists():
        print(
            f"note: {LAST.name} is missing, so judgements of rules as they were count, too: run rules.py first"
        )
        return judged
    # A finding that stands elsewhere now is another one, even if it is of the same call.
    there = {
        (one.package, one.finding.rule, one.finding.path, one.finding.fingerprint) for one in last_found()
    }
    kept = [each for each in judged if (each.package, each.rule, each.path, each.fingerprint) in there]
    if len(kept) < len(judged):
        print(f"note: {len(judged) - len(kept)} of {len(judged)} judgements are of findings that are no more")
    return kept


def row(judged: dict[str, list[Judgement]], rules: set[str]) -> str:
    """The figures of some rules."""
    verdicts: dict[str, Judged] = {reader: by_key(judged[reader], rules) for reader in READERS}
    cells = ""
    for reader in READERS:
        ok, n = sum(verdicts[reader].values()), len(verdicts[reader])
        cells += f"{f'{ok}/{n}':>12}{f'{wilson(ok, n):.3f}' if n else '-':>10}"
    return cells + agreed(agreement(verdicts["a"], verdicts["b"]))


def agreed(found: Agreement) -> str:
    """Agreement, raw and beyond chance."""
    raw = f"{found.same}/{found.both}" if found.both else "-"
    return f"{raw:>10}{'-' if found.kappa is None else f'{found.kappa:.2f}':>8}"


if __name__ == "__main__":
    harness.main(benchmark)
