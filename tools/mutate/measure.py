"""Mends mutants: by `cargo async fix`, and by what rustc suggests.

    <work>/results/<name>.jsonl      ours
    <work>/results/rustc.jsonl       rustc's, kept, since only the mutants decide on them

A mutant is restored when plain cargo check accepts the crate again, without new `unsafe`
or `allow`. Some that are restored are tested too, in crates with quick tests.
"""

import collections
import concurrent.futures
import difflib
import random

import suggestions
from bench import SECONDS, benches, codes_of
from generate import append, read_lines, texts_after
from operators import OPERATORS
from published import Failure, say
from source import tokens_of

MENDERS = ("jaa", "rustc-machine", "rustc-all")
# Words that make a program compile by hushing rustc.
TRICKS = ("unsafe", "allow", "todo", "unimplemented", "unreachable")
LONGEST = 20000


def file_of(arguments, mender):
    name = arguments.results if mender == "jaa" else "rustc"
    return arguments.work / "results" / f"{name}.jsonl"


def mutants_of(arguments):
    """Those asked for, in the order of the file."""
    counts = collections.Counter()
    chosen = []
    for mutant in read_lines(arguments.work / "mutants.jsonl"):
        if mutant["operator"] not in arguments.only or arguments.crates and mutant["crate"] not in arguments.crates:
            continue
        counts[mutant["operator"]] += 1
        if not arguments.limit or counts[mutant["operator"]] <= arguments.limit:
            chosen.append(mutant)
    return chosen


def measure(arguments):
    unknown = set(arguments.by) - set(MENDERS)
    if unknown:
        raise Failure(f"nobody mends by the name of {', '.join(sorted(unknown))}; there are {', '.join(MENDERS)}")
    mutants = mutants_of(arguments)
    if not mutants:
        raise Failure("there are no mutants; 'generate' makes them")
    program = arguments.bin / "cargo-async"
    if "jaa" in arguments.by and not program.exists():
        raise Failure(f"{program} is not built")
    known = {}
    for mender in arguments.by:
        file = file_of(arguments, mender)
        file.parent.mkdir(parents=True, exist_ok=True)
        if mender == "jaa" and not arguments.resume:
            file.unlink(missing_ok=True)
        known |= {(one["id"], one["by"]): one for one in read_lines(file)}
    crates = sorted({mutant["crate"] for mutant in mutants})
    by_crate = collections.defaultdict(list)
    for mutant in mutants:
        by_crate[mutant["crate"]].append(mutant)
    tests = Tests(arguments, mutants, known)
    ready = list(benches(arguments.work, crates, alone=arguments.quick))
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        running = [pool.submit(measure_crate, arguments, bench, by_crate[bench.crate.name], known, tests)
                   for bench in ready]
        for one in running:
            one.result()
    # What is not restored is for the report; these are wrong whatever the mutant.
    wrong = [one for one in read_lines(file_of(arguments, "jaa"))
             if one["outcome"] in ("crash", "trick") or one.get("tests") is False]
    for one in wrong:
        say(f"error: {one['id']}: {'tests fail' if one['restored'] else one['outcome']}")
    return 1 if wrong else 0


class Tests:
    """Which restored mutants are tested: the first ones of each operator, in random order."""

    def __init__(self, arguments, mutants, known):
        self.left = {operator: arguments.tests for operator in OPERATORS}
        for (name, mender), result in known.items():
            if mender == "jaa" and result.get("tests") is not None:
                self.left[result["operator"]] -= 1

    def take(self, operator):
        self.left[operator] -= 1
        return self.left[operator] >= 0


def measure_crate(arguments, bench, mutants, known, tests):
    # Another order than the file's, so that the tests are not of one part of the crate.
    random.Random(f"{arguments.seed} {bench.crate}").shuffle(mutants)
    for mutant in mutants:
        for mender in arguments.by:
            if (mutant["id"], mender) in known:
                continue
            with bench.held():
                result = mend(arguments, bench, mutant, mender, tests)
                bench.put({})
            append(file_of(arguments, mender), result)
            say(f"{mutant['id']} {mutant['operator']:12} {mutant['crate']:24} {mender:14} "
                f"{'restored' if result['restored'] else ' '.join(result['codes']) or result['outcome']} "
                f"{result['seconds']} s")


def edits_of(mutant):
    return [(one["file"], one["offset"], one["old"].encode().decode("latin-1"), one["new"].encode().decode("latin-1"))
            for one in mutant["edits"]]


def mend(arguments, bench, mutant, mender, tests):
    """What became of one mutant: written down as it is."""
    broken = texts_after(bench.original, edits_of(mutant))
    bench.put(broken)
    result = {"id": mutant["id"], "operator": mutant["operator"], "crate": mutant["crate"], "by": mender}
    if mender == "jaa":
        targets = [] if is_in_tests(bench, mutant) else bench.mended_targets()
        done = bench.cargo("async", "fix", "--allow-no-vcs", "--allow-dirty", *bench.options, *targets,
                           bin_folder=arguments.bin, seconds=SECONDS)
        result["seconds"] = round(done.seconds, 1)
        result["exit"] = done.status
        if done.status is None:
            result["outcome"] = "timeout"
        elif done.status < 0 or done.status >= 128:
            result["outcome"] = "crash"
            result["said"] = done.stderr[-2000:]
    else:
        result["seconds"] = round(suggestions.apply_all(bench, mender == "rustc-all"), 1)
    after = bench.now()
    good, errors, done = bench.check()
    result["codes"] = codes_of(errors)
    result["errors"] = len(errors)
    result["edited"] = after != broken
    result["exact"] = not after
    trick = tricks(bench.original, after)
    result["restored"] = good and not trick
    result.setdefault("outcome", "trick" if good and trick else "restored" if good
                      else "worse" if result["edited"] and len(errors) > mutant["errors"]
                      else "failing" if result["edited"] else "untouched")
    result["diff"] = difference(broken, bench.original, after)[:LONGEST]
    is_tested = mender == "jaa" and result["restored"] and not is_in_tests(bench, mutant) and bench.tests_pass_untouched()
    if is_tested and tests.take(mutant["operator"]):
        # Asking may have put the original back.
        bench.put(after)
        done = bench.test()
        result["tests"] = done.status == 0
        if done.status != 0:
            result["said"] = (done.stdout + done.stderr)[-3000:]
    return result


def is_in_tests(bench, mutant):
    """The crate's tests are broken themselves: they say nothing of how the crate was mended."""
    first = {file: text.find("#[cfg(test)]") for file, text in bench.original.items()}
    return any(-1 < first[one["file"]] < one["offset"] for one in mutant["edits"])


def tricks(original, after):
    """Words that hush rustc and that were not there before, by file."""
    found = []
    for file, text in after.items():
        before = collections.Counter(token.text for token in tokens_of(original.get(file, "")))
        now = collections.Counter(token.text for token in tokens_of(text))
        found += [word for word in TRICKS if now[word] > before[word]]
    return found


def difference(broken, original, after):
    """What was done to the mutant, as a diff."""
    lines = []
    for file in sorted(broken.keys() | after.keys()):
        was, is_now = (of.get(file, original.get(file, "")).splitlines() for of in (broken, after))
        lines += difflib.unified_diff(was, is_now, file, file, n=1, lineterm="")
    return "\n".join(line.encode("latin-1").decode(errors="replace") for line in lines)
