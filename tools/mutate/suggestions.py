"""Applies what rustc suggests about its errors, as `cargo fix` does, until nothing is left to apply.

Either only what rustc says a machine may apply, or the first suggestion of each error,
whatever rustc thinks of it.
"""

import pathlib

ROUNDS = 8


def overlap(one, other):
    if one[0] != other[0]:
        return False
    if one[1] == one[2] and other[1] == other[2]:
        return one[1] == other[1]
    return one[1] < other[2] and other[1] < one[2]


def suggested(error, any_applicability):
    """The suggestions of one error: each a list of (file, begin, end, text)."""
    found, left = [], [error]
    while left:
        node = left.pop(0)
        edits = []
        for span in node["spans"]:
            text = span.get("suggested_replacement")
            if text is None or pathlib.PurePath(span["file_name"]).parts[:1] != ("src",):
                continue
            if not any_applicability and span.get("suggestion_applicability") != "MachineApplicable":
                continue
            edit = (span["file_name"], span["byte_start"], span["byte_end"], text.encode().decode("latin-1"))
            # Alternatives come as spans of one place: the first is kept.
            if not any(overlap(edit, other) for other in edits):
                edits.append(edit)
        if edits:
            found.append(edits)
        left = node["children"] + left
    return found[:1] if any_applicability else found


def apply_all(bench, any_applicability):
    """Returns the seconds that it took."""
    seconds = 0
    for _ in range(ROUNDS):
        good, errors, done = bench.check()
        seconds += done.seconds
        chosen = []
        for error in [] if good else errors:
            for edits in suggested(error, any_applicability):
                if not any(overlap(edit, other) for edit in edits for other in chosen):
                    chosen += edits
        if not chosen:
            break
        texts = bench.original | bench.now()
        for file, begin, end, text in sorted(chosen, reverse=True):
            texts[file] = texts[file][:begin] + text + texts[file][end:]
        bench.put(texts)
    return seconds
