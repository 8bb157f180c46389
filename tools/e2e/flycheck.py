"""What rust-analyzer makes of the JSON that a check command prints, after its `flycheck.rs`,
`diagnostics/flycheck_to_proto.rs` and `diagnostics.rs`: diagnostics in the editor's terms, and quick fixes.

Positions are those of the protocol: lines and UTF-16 units from zero.
"""

import dataclasses
import json
import os

SEVERITIES = {"error": "error", "error: internal compiler error": "error", "warning": "warning",
              "note": "information", "help": "hint"}
ACCEPTED = (None, "MaybeIncorrect", "MachineApplicable")


@dataclasses.dataclass(frozen=True)
class Location:
    path: str
    range: tuple  # ((line, unit), (line, unit))


@dataclasses.dataclass
class Fix:
    """A code action of kind `quickfix`."""
    title: str
    is_preferred: bool
    edits: dict  # path to [(range, text)]
    ranges: list


@dataclasses.dataclass
class Diagnostic:
    location: Location
    severity: str | None
    source: str
    code: str | None
    message: str
    related: list  # [(Location, text)]
    fix: Fix | None = None

    def identity(self):
        return self.source, self.severity, self.location.range, self.message


class Flycheck:
    """One workspace's diagnostics from run to run. `root` is where rust-analyzer starts the command."""

    def __init__(self, root):
        self.root = os.path.realpath(root)
        self.packages = {}  # package id to path to [Diagnostic]
        self.fixes = {}     # package id to path to [Fix]
        self.dropped = []   # diagnostics that were said already, in the last run

    def run(self, lines, succeeded):
        """Takes one command's output. What is no JSON is an error only where nothing else was said."""
        cleared, any_message, self.dropped = set(), False, []
        seen = set()
        for line in lines:
            try:
                line = json.loads(line)
            except ValueError:
                continue
            if line.get("reason") == "compiler-artifact" and not line["fresh"]:
                package, message = line["package_id"], None
            elif line.get("reason") == "compiler-message":
                package, message = line["package_id"], line["message"]
                any_message = True
                seen.add(package)
            else:
                continue
            if package not in cleared:
                cleared.add(package)
                self.packages.pop(package, None)
                self.fixes.pop(package, None)
            for diagnostic in self.diagnostics_of(message) if message else []:
                self.add(package, diagnostic)
        if not any_message:
            self.packages, self.fixes = {}, {}
        elif succeeded:
            for package in set(self.packages) - seen:
                del self.packages[package]
                self.fixes.pop(package, None)

    def add(self, package, diagnostic):
        path = diagnostic.location.path
        there = self.packages.setdefault(package, {}).setdefault(path, [])
        if diagnostic.identity() in [other.identity() for other in there]:
            self.dropped.append(diagnostic)
            return
        if diagnostic.fix is not None:
            diagnostic.fix.ranges.append(diagnostic.location.range)
            self.fixes.setdefault(package, {}).setdefault(path, []).append(diagnostic.fix)
        there.append(diagnostic)

    def shown(self):
        """Path to its diagnostics, by place."""
        shown = {}
        for files in self.packages.values():
            for path, diagnostics in files.items():
                shown.setdefault(path, []).extend(diagnostics)
        return {path: sorted(shown[path], key=lambda it: (it.location.range, it.message)) for path in sorted(shown)}

    def actions(self, path, place):
        """The code actions that are offered for a range of a file."""
        return [fix for files in self.fixes.values() for fix in files.get(path, [])
                if any(begin <= place[1] and place[0] <= end for begin, end in fix.ranges)]

    def location(self, span):
        return Location(os.path.realpath(os.path.join(self.root, span["file_name"])),
                        (position(span, span["line_start"], span["column_start"]),
                         position(span, span["line_end"], span["column_end"])))

    def primary_location(self, span):
        outermost = span
        while True:
            if not is_dummy(outermost) and self.location(outermost).path.startswith(self.root + os.sep):
                return self.location(outermost)
            if outermost["expansion"] is None:
                return self.location(outermost)
            outermost = outermost["expansion"]["span"]

    def diagnostics_of(self, message):
        primary = [span for span in message["spans"] if span["is_primary"]]
        source, code = "rustc", (message["code"] or {}).get("code")
        if code is not None and code.count("::") == 1:
            source, code = code.split("::")
        text, needs_label = message["message"], True
        # (place, text, fix)
        children = [(self.location(span), span["label"], None) for span in message["spans"]
                    if not span["is_primary"] and span["label"] is not None]
        for child in message["children"]:
            if any(span["is_primary"] for span in child["spans"]):
                children.append(self.child(child))
            else:
                text += "\n" + child["message"]
                needs_label = False
        found = []
        for span in primary:
            at = self.primary_location(span)
            said = text + ("\n" + span["label"] if needs_label and span["label"] else "")
            severity = SEVERITIES.get(message["level"])
            elsewhere = []
            outer, is_call = span["expansion"], False
            while outer is not None:
                place = self.location(outer["span"])
                if not is_dummy(outer["span"]) and place != at:
                    elsewhere.append((place, "Error originated from macro call here" if is_call
                                      else "Actual error occurred here"))
                    found.append(Diagnostic(place, "hint", source, code, said, [(at, "Exact error occurred here")]))
                outer, is_call = outer["span"]["expansion"], True
            found.append(Diagnostic(at, severity, source, code, said,
                                    elsewhere + [(place, words) for place, words, _ in children]))
            for place, words, fix in children:
                found.append(Diagnostic(place, "hint", source, code, words, [(at, "original diagnostic")],
                                        dataclasses.replace(fix, ranges=list(fix.ranges)) if fix else None))
        return found

    def child(self, child):
        spans = [span for span in child["spans"] if span["is_primary"]]
        edits, texts, is_preferred = {}, [], True
        for span in spans:
            text = span["suggested_replacement"]
            if text is None:
                continue
            if text:
                texts.append(text)
            at = self.location(span)
            if span["suggestion_applicability"] in ACCEPTED:
                edits.setdefault(at.path, []).append((at.range, text))
            is_preferred &= span["suggestion_applicability"] == "MachineApplicable"
        title = child["message"] + (": " + ", ".join(f"`{text}`" for text in texts) if texts else "")
        fix = Fix(title, is_preferred, edits, [self.location(span).range for span in spans]) if edits else None
        return self.location(spans[0]), title, fix


def is_dummy(span):
    return span["file_name"].startswith("<") and span["file_name"].endswith(">")


def position(span, line, column):
    """`text` says how wide the characters before a column are; without it they count one each."""
    offset = column - 1
    index = line - span["line_start"]
    if index < len(span["text"]):
        text = span["text"][index]["text"]
        if not text.isascii():
            offset = units(text[:offset])
    return line - 1, offset


def units(text):
    return len(text.encode("utf-16-le")) // 2


def apply(text, edits):
    """A document after a list of edits of it, as the protocol has it: they may not overlap, and those that insert
    at one place are taken in their order."""
    lines = text.splitlines(keepends=True)

    def offset(place):
        line, unit = place
        if line >= len(lines):
            if line > len(lines) or unit:
                raise ValueError(f"no place {place} in the document")
            return len(text)
        ahead = lines[line].encode("utf-16-le")[:2 * unit].decode("utf-16-le")
        if units(ahead) != unit or len(ahead) > len(lines[line].rstrip("\r\n")):
            raise ValueError(f"no place {place} in the document")
        return sum(map(len, lines[:line])) + len(ahead)

    done, at = [], 0
    for begin, end, new in sorted(((offset(begin), offset(end), new) for (begin, end), new in edits),
                                  key=lambda edit: edit[:2]):
        if begin < at:
            raise ValueError(f"edits that overlap: {edits}")
        done += [text[at:begin], new]
        at = end
    return "".join([*done, text[at:]])
