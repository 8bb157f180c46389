"""Prints what was measured, as tables."""

import collections

from generate import read_lines
from measure import file_of, mutants_of
from operators import OPERATORS
from published import Failure

# What the project wants: on average over the operators, and of the worst one.
AVERAGE, WORST = 80, 50


def percent(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "-"


def report(arguments):
    mutants = mutants_of(arguments)
    results = {(one["id"], one["by"]): one for mender in ("jaa", "rustc-machine")
               for one in read_lines(file_of(arguments, mender))}
    if not results:
        raise Failure("nothing was measured yet")
    print(f"{'operator':14} {'mutants':>7} {'crates':>6} {'measured':>8} {'restored':>8} {'exact':>6} {'tests':>7} "
          f"{'s each':>6} {'machine':>8} {'all':>6}")
    shares, beside = {}, collections.defaultdict(list)
    for operator in OPERATORS:
        of = [mutant for mutant in mutants if mutant["operator"] == operator]
        ours = [results[one["id"], "jaa"] for one in of if (one["id"], "jaa") in results]
        restored = [one for one in ours if one["restored"]]
        tested = [one for one in ours if one.get("tests") is not None]
        theirs = {mender: [results[one["id"], mender] for one in of if (one["id"], mender) in results]
                  for mender in ("rustc-machine", "rustc-all")}
        if not of:
            continue
        if ours:
            shares[operator] = 100 * len(restored) / len(ours)
        for mender, those in theirs.items():
            if those:
                beside[mender].append(100 * sum(one["restored"] for one in those) / len(those))
        print(f"{operator:14} {len(of):7} {len({one['crate'] for one in of}):6} {len(ours):8} "
              f"{percent(len(restored), len(ours)):>8} {percent(sum(one['exact'] for one in restored), len(ours)):>6} "
              f"{sum(one['tests'] for one in tested):>3}/{len(tested):<3} "
              f"{sum(one['seconds'] for one in ours) / len(ours) if ours else 0:6.1f} "
              f"{percent(sum(one['restored'] for one in theirs['rustc-machine']), len(theirs['rustc-machine'])):>8} "
              f"{percent(sum(one['restored'] for one in theirs['rustc-all']), len(theirs['rustc-all'])):>6}")
    if shares:
        worst = min(shares, key=shares.get)
        print(f"average over the operators: {sum(shares.values()) / len(shares):.1f} % (wanted {AVERAGE} %); "
              f"worst: {worst}, {shares[worst]:.1f} % (wanted {WORST} %)")
    for mender, those in beside.items():
        print(f"{mender}: {sum(those) / len(those):.1f} % on average")
    failures(mutants, results)
    return 0


def failures(mutants, results):
    """Those that we did not restore, by what rustc said of the mutant and what it says now."""
    piles = collections.defaultdict(list)
    for mutant in mutants:
        result = results.get((mutant["id"], "jaa"))
        if result and (not result["restored"] or result.get("tests") is False):
            outcome = "tests fail" if result["restored"] else result["outcome"]
            piles[mutant["operator"], outcome, ", ".join(mutant["codes"])].append((mutant, result))
    order = list(OPERATORS)
    for (operator, outcome, codes), those in sorted(piles.items(), key=lambda pile: (order.index(pile[0][0]),
                                                                                     -len(pile[1]), pile[0])):
        print(f"\n{operator}, {outcome}, {len(those)}: {codes}")
        for mutant, result in those:
            edit = mutant["edits"][0]
            left = ", ".join(result["codes"])
            print(f"    {mutant['id']} {mutant['crate']}-{mutant['version']} {edit['file']}:{mutant['line']}"
                  + (f" left: {left}" if left and left != codes else ""))
