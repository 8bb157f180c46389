"""A Rust source file as tokens, enough to find places to break.

Text is bytes read as Latin-1, so that an index into it is an offset into the file.
Comments and white space are no tokens; strings and lifetimes are one each.
"""

import functools
import re

SPACE = re.compile(r"[ \t\r\n]+")
LINE_COMMENT = re.compile(r"//[^\n]*")
COMMENT_EDGE = re.compile(r"/\*|\*/")
RAW_STRING = re.compile(r'(?:b|c)?r(#*)"')
# Tried in this order: a character before a lifetime, which begins the same way.
TOKEN = re.compile(r"""
    (?P<string>(?:b|c)?"(?:\\.|[^"\\])*")
  | (?P<char>b?'(?:\\u\{[0-9a-fA-F_]*\}|\\x..|\\.|[^\\'\n\x80-\xff]|[\x80-\xff]{2,4})')
  | (?P<lifetime>'[A-Za-z_\x80-\xff][\w\x80-\xff]*)
  | (?P<word>(?:r\#)?[A-Za-z_\x80-\xff][\w\x80-\xff]*)
  | (?P<number>[0-9][\w]*(?:\.[0-9][\w]*)?)
  | (?P<mark>::|->|=>|\|\||&&|.)
""", re.VERBOSE | re.DOTALL | re.ASCII)
QUALIFIERS = ("async", "unsafe", "const", "extern")
PAIRS = {"(": ")", "[": "]", "{": "}"}


class Token:
    __slots__ = ("kind", "text", "start", "end")

    def __init__(self, kind, text, start, end):
        self.kind, self.text, self.start, self.end = kind, text, start, end


def comment_end(text, at):
    depth = 0
    for edge in COMMENT_EDGE.finditer(text, at):
        depth += 1 if edge[0] == "/*" else -1
        if not depth:
            return edge.end()
    return len(text)


def tokens_of(text):
    tokens, at = [], 0
    while at < len(text):
        if found := SPACE.match(text, at) or LINE_COMMENT.match(text, at):
            at = found.end()
        elif text.startswith("/*", at):
            at = comment_end(text, at)
        elif found := RAW_STRING.match(text, at):
            closed = text.find('"' + found[1], found.end())
            end = len(text) if closed < 0 else closed + 1 + len(found[1])
            tokens.append(Token("string", text[at:end], at, end))
            at = end
        else:
            found = TOKEN.match(text, at)
            tokens.append(Token(found.lastgroup, found[0], at, found.end()))
            at = found.end()
    return tokens


class Function:
    """`begin` is the token of `fn` or of what stands before it, `open` and `close` the braces of the body."""

    def __init__(self, begin, word, open_brace, close, is_async):
        self.begin, self.word, self.open, self.close, self.is_async = begin, word, open_brace, close, is_async


class Source:
    def __init__(self, file, text):
        self.file = file
        self.text = text
        self.tokens = tokens_of(text)
        self.words = [token.text for token in self.tokens]
        self.partner = {}
        self.around = []  # the index of the bracket that a token is in, or -1
        self._match()

    def _match(self):
        open_ones = []
        for at, word in enumerate(self.words):
            if self.tokens[at].kind == "mark" and word in PAIRS.values():
                if open_ones and PAIRS[self.words[open_ones[-1]]] == word:
                    self.partner[at] = open_ones.pop()
                    self.partner[self.partner[at]] = at
                self.around.append(open_ones[-1] if open_ones else -1)
            else:
                self.around.append(open_ones[-1] if open_ones else -1)
                if self.tokens[at].kind == "mark" and word in PAIRS:
                    open_ones.append(at)

    def word(self, at):
        return self.words[at] if 0 <= at < len(self.words) else ""

    def is_seq(self, at, *words):
        return tuple(self.words[at:at + len(words)]) == words

    def find(self, *words):
        """Where these tokens stand one after the other, in code that is compiled without tests."""
        return [at for at in range(len(self.words)) if self.words[at] == words[0] and self.is_seq(at, *words)
                and not self.is_excluded(at)]

    def between(self, first, last):
        """The text from one token to another, both included."""
        return self.text[self.tokens[first].start:self.tokens[last].end]

    def close_of(self, at):
        return self.partner.get(at, len(self.tokens) - 1)

    def brace_around(self, at):
        """The nearest brace that a token is in, or -1."""
        at = self.around[at]
        while at >= 0 and self.words[at] != "{":
            at = self.around[at]
        return at

    def bracketings(self, at):
        """The brackets around a token, the nearest first."""
        at = self.around[at]
        while at >= 0:
            yield at
            at = self.around[at]

    def statement_end(self, at):
        """The `;` of the statement that a token is in, at its own depth, or -1."""
        depth = self.around[at]
        while at < len(self.words):
            if at in self.partner and self.words[at] in PAIRS:
                at = self.partner[at]
            elif at in self.partner and self.partner[at] == depth:
                return -1
            elif self.words[at] == ";":
                return at
            at += 1
        return -1

    def statement_begin(self, at):
        """The first token of the statement of a block that a token is in."""
        block = self.brace_around(at)
        while self.around[at] != block:
            at = self.around[at]
        while at - 1 > block:
            before = self.words[at - 1]
            if before in (";", "{", "=>", ","):
                break
            if before == "}" and self.words[at] not in (".", "?", "else", ")") and not self._is_in_expression(at - 1):
                break
            at = self.partner[at - 1] if before in PAIRS.values() and at - 1 in self.partner else at - 1
        return at

    def _is_in_expression(self, close):
        """Is this block's value used by a `let`, or part of a struct's value?"""
        opened = self.partner.get(close, 0)
        return self.tokens[opened - 1].kind == "word" and self.words[opened - 1][:1].isupper()

    @functools.cached_property
    def functions(self):
        """All functions with a body."""
        found = []
        for at, word in enumerate(self.words):
            if word != "fn" or self.tokens[at + 1].kind != "word":
                continue
            begin = at
            while self.word(begin - 1) in QUALIFIERS or self.word(begin - 1).startswith('"'):
                begin -= 1
            end = at + 1
            while self.word(end) not in ("{", ";", ""):
                end = self.partner[end] + 1 if self.words[end] in PAIRS and end in self.partner else end + 1
            if self.word(end) == "{":
                found.append(Function(begin, at, end, self.close_of(end), "async" in self.words[begin:at]))
        return found

    def function_around(self, at):
        around = [one for one in self.functions if one.open < at < one.close]
        return max(around, key=lambda one: one.open) if around else None

    @functools.cached_property
    def async_bodies(self):
        """The braces of async functions and blocks."""
        found = [(one.open, one.close) for one in self.functions if one.is_async]
        for at, word in enumerate(self.words):
            opened = at + 1 + (self.word(at + 1) == "move")
            if word == "async" and self.word(opened) == "{":
                found.append((opened, self.close_of(opened)))
        return sorted(found)

    def async_body_around(self, at):
        around = [body for body in self.async_bodies if body[0] < at < body[1]]
        return max(around) if around else None

    def awaits_in(self, first, last):
        return any(self.words[at] == "await" and self.words[at - 1] == "." for at in range(first, last))

    @functools.cached_property
    def excluded(self):
        """Ranges of tokens that are only there for tests, or make up macros."""
        ranges = []
        for at, word in enumerate(self.words):
            if word == "macro_rules":
                opened = next((to for to in range(at, min(at + 5, len(self.words))) if self.words[to] in PAIRS), at)
                ranges.append((at, self.close_of(opened)))
            elif word == "#" and self.word(at + 1) == "[" and self._is_for_tests(at + 1):
                ranges.append((at, self._item_end(self.close_of(at + 1) + 1)))
        return sorted(ranges)

    def _is_for_tests(self, opened):
        inside = self.words[opened + 1:self.close_of(opened)]
        return inside[-1:] == ["test"] or inside[:1] == ["test"] or inside[:3] == ["cfg", "(", "test"] or \
            inside[:5] == ["cfg", "(", "all", "(", "test"]

    def _item_end(self, at):
        while self.word(at) == "#":
            at = self.close_of(at + 1) + 1
        while at < len(self.words) and self.words[at] not in ("{", ";"):
            at = self.partner[at] + 1 if self.words[at] in PAIRS and at in self.partner else at + 1
        return self.close_of(at) if self.word(at) == "{" else at

    def is_excluded(self, at):
        return any(first <= at <= last for first, last in self.excluded)

    def test_modules(self):
        """Names of modules in files of their own that are only there for tests."""
        return {self.words[last - 1] for first, last in self.excluded
                if self.word(last) == ";" and self.word(last - 2) == "mod"}


def applied(text, edits):
    """The text after edits of the form (offset, old, new)."""
    for offset, old, new in sorted(edits, reverse=True):
        assert text[offset:offset + len(old)] == old
        text = text[:offset] + new + text[offset + len(old):]
    return text
