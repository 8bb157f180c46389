"""Makes mutants: candidates in random order, from one crate after the other, until enough do not compile.

    <work>/mutants.jsonl     those that rustc rejects, one JSON object a line
    <work>/trials.jsonl      what became of each candidate that was tried, so that it is not tried again
"""

import collections
import hashlib
import json
import random

from bench import code_of, codes_of
from operators import OPERATORS
from published import say
from source import applied

# At most this share of an operator's mutants is of one crate.
SHARE = 4
# A crate whose tests are run comes up more often.
TURNS = 3
# For each mutant that may be of one crate, this many candidates are tried there.
TRIES = 6
# Errors without a code that are about types, borrows and traits; others are about syntax.
SEMANTIC = ("cannot be sent between threads", "cannot be shared between threads", "may not live long enough",
            "is not general enough", "higher-ranked lifetime error", "captured variable cannot escape",
            "returns a reference to a captured variable", "should be `async` or return a future",
            "signature doesn't match", "cycle detected")
# Names that are not found: alone, they say nothing about async.
NAMES = {"E0405", "E0412", "E0425", "E0432", "E0433", "E0583", "E0603"}


def read_lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def append(path, record):
    with open(path, "a") as file:
        file.write(json.dumps(record, sort_keys=True) + "\n")


def readable(text):
    return text.encode("latin-1").decode(errors="replace")


def name_of(crate, operator, edits):
    return hashlib.sha256(json.dumps([str(crate), operator, edits]).encode()).hexdigest()[:12]


def texts_after(original, edits):
    """{file: text} of the files that these edits change."""
    by_file = collections.defaultdict(list)
    for file, offset, old, new in edits:
        by_file[file].append((offset, old, new))
    return {file: applied(original[file], those) for file, those in by_file.items()}


def verdict(errors):
    """Whether errors are of the kind that is wanted, and if not, what kind they are."""
    kinds = set()
    for error in errors:
        code = (error.get("code") or {}).get("code")
        if code and code.startswith("E"):
            kinds.add("names" if code in NAMES else "wanted")
        elif not code:
            kinds.add("wanted" if any(words in error["message"] for words in SEMANTIC) else "syntax")
    return "syntax" if "syntax" in kinds else "wanted" if "wanted" in kinds else "names"


def attempt(bench, operator, edits):
    """Has rustc check one candidate: what is written down about it."""
    record = {"id": name_of(bench.crate, operator, edits), "crate": bench.crate.name, "version": bench.crate.version,
              "operator": operator}
    with bench.held():
        bench.put(texts_after(bench.original, edits))
        good, errors, done = bench.check()
        bench.put({})
    record["outcome"] = "compiles" if good else "timeout" if done.status is None else verdict(errors)
    record["codes"] = codes_of(errors)
    if record["outcome"] == "syntax":
        record["said"] = [code_of(error) for error in errors][:3]
    if record["outcome"] == "wanted":
        file, offset, _, _ = edits[0]
        record |= {"errors": len(errors), "line": bench.original[file].count("\n", 0, offset) + 1, "edits": [
            {"file": file, "offset": offset, "old": readable(old), "new": readable(new)}
            for file, offset, old, new in edits]}
    return record


class Pile:
    """The candidates of one crate for one operator, shuffled."""

    def __init__(self, bench, operator, sources, seed):
        self.bench = bench
        every = list(OPERATORS[operator](sources))
        random.Random(f"{seed} {bench.crate} {operator}").shuffle(every)
        self.count = len(every)
        self.left = iter(every)
        self.kept = 0
        self.tried = 0


def generate(arguments, benches):
    mutants_file, trials_file = arguments.work / "mutants.jsonl", arguments.work / "trials.jsonl"
    known = {trial["id"]: trial for trial in read_lines(trials_file)}
    sources = {bench.crate.name: bench.sources() for bench in benches}
    limit = -(-arguments.per_operator // SHARE) if len(benches) >= SHARE else arguments.per_operator
    chosen = read_lines(mutants_file)
    for operator in arguments.only:
        piles = [Pile(bench, operator, sources[bench.crate.name], arguments.seed) for bench in benches]
        random.Random(f"{arguments.seed} {operator}").shuffle(piles)
        made = list(pick(piles, operator, arguments.per_operator, limit, known, trials_file))
        tried = sum(pile.tried for pile in piles)
        say(f"{operator:12} {len(made):3} mutants of {len({one['crate'] for one in made}):2} crates, "
            f"{tried} of {sum(pile.count for pile in piles)} candidates tried")
        # Written after each operator, so that an interrupted run is of use.
        order = list(OPERATORS)
        chosen = sorted([one for one in chosen if one["operator"] != operator] + made,
                        key=lambda one: order.index(one["operator"]))
        mutants_file.write_text("".join(json.dumps(one, sort_keys=True) + "\n" for one in chosen))
    return 0


def pick(piles, operator, count, limit, known, trials_file):
    """Tries candidates, a few of each crate at a time, and yields those that are kept."""
    left, found = list(piles), 0
    while left:
        for pile in list(left):
            for _ in range(TURNS if pile.bench.tests is not None else 1):
                edits = next(pile.left, None)
                if edits is None or pile.kept >= limit or pile.tried >= TRIES * limit:
                    left.remove(pile)
                    break
                pile.tried += 1
                name = name_of(pile.bench.crate, operator, edits)
                trial = known.get(name)
                if not trial:
                    trial = attempt(pile.bench, operator, edits)
                    append(trials_file, trial)
                    known[name] = trial
                if trial["outcome"] == "wanted":
                    pile.kept += 1
                    found += 1
                    yield trial
                    if found == count:
                        return
