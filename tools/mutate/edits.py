"""Edits of a file, and the parts of it that they are made of.

An edit is (file, offset, old text, new text).
"""


def cut(source, first, last):
    """Removes tokens, with the line where nothing else is on it, else with one space after or before."""
    text, start, end = source.text, source.tokens[first].start, source.tokens[last].end
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop + 1
    if not text[line:start].strip() and not text[end:stop].strip():
        return (source.file, line, text[line:stop], "")
    if not text[line:start].strip() and source.words[first] == ".":
        # A link of a chain of calls on a line of its own.
        start = len(text[:line].rstrip())
    elif text[end:end + 1] == " " and text[start - 1:start] in " ({[|\n=,":
        end += 1
    elif text[start - 1:start] == " ":
        start -= 1
    return (source.file, start, text[start:end], "")


def replace(source, first, last, new):
    token = source.tokens[first]
    return (source.file, token.start, source.between(first, last), new)


def extent(source, at):
    """The last token of a closure or block that begins here: up to a comma, a `;` or the bracket's end."""
    while at < len(source.words) and source.words[at] not in (",", ";"):
        if at in source.partner:
            if source.partner[at] < at:
                break
            at = source.partner[at]
        at += 1
    return at - 1


def path_begin(source, at):
    while source.word(at - 1) == "::" and source.tokens[at - 2].kind == "word":
        at -= 2
    return at


def in_use(source, at):
    """The tokens of the `use` declaration that a token is in, or None."""
    while at >= 0 and source.words[at] not in (";", "use"):
        if source.words[at] == "}" or source.tokens[at].kind not in ("word", "mark"):
            return None
        at -= 1
    return (at, source.statement_end(at)) if source.word(at) == "use" else None


def reimported(source, at, name, path):
    """The edits by which a file gets its name from another path than this `use` says, or None."""
    whole = in_use(source, at)
    if not whole or whole[1] < 0 or source.words[whole[0]:whole[1]].count(name) != 1 or "as" in source.words[at:at + 2]:
        return None
    visibility = whole[0]
    while source.word(visibility - 1) in ("pub", ")"):
        visibility = source.partner[visibility - 1] - 1 if source.words[visibility - 1] == ")" else visibility - 1
    if source.around[at] < whole[0]:
        begin = whole[0] + 1
        return [replace(source, begin, at, path)]
    if source.word(at - 1) not in ("{", ","):
        return None
    gone = cut(source, at, at + 1) if source.word(at + 1) == "," else \
        cut(source, at - 1, at) if source.word(at - 1) == "," else None
    start = source.tokens[visibility].start
    line = source.text.rfind("\n", 0, start) + 1
    indent = source.text[line:start]
    return gone and [(source.file, start, "", f"use {path};\n{indent}"), gone]


def receiver(source, dot):
    """The first token of the chain of names and calls before this `.`."""
    at = dot
    while True:
        if source.word(at - 1) in (")", "]"):
            at = source.partner.get(at - 1, at - 1)
            if source.tokens[at - 1].kind != "word" and source.word(at - 1) not in (")", "]", "?", ">"):
                return at
        elif source.word(at - 1) == "?":
            at -= 1
            continue
        elif source.tokens[at - 1].kind in ("word", "number", "string"):
            at -= 1
        else:
            return at
        if source.word(at - 1) in (".", "::"):
            at -= 1
        elif source.word(at) not in ("(", "["):
            return at
