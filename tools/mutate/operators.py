"""The mutations: each operator yields the edits of all its candidates in a crate.

A candidate is a list of (file, offset, old text, new text). Whether rustc then rejects
the crate is found out by trying.
"""

from edits import cut, extent, in_use, path_begin, reimported, replace
from locks import guard_scope, std_mutex

OWNERS = ("to_owned", "to_string", "to_vec", "into_owned")
# Types that people borrow instead, to a compiler that then wants to know for how long.
OWNING = ("Arc", "BTreeMap", "Box", "Bytes", "HashMap", "HashSet", "PathBuf", "Sender", "SocketAddr", "String",
          "UnboundedSender", "Uri", "Url", "Uuid", "Vec")


def drop_await(sources):
    for source in sources:
        for at in source.find(".", "await"):
            yield [cut(source, at, at + 1)]


def drop_async(sources):
    for source in sources:
        for at in source.find("async"):
            if source.word(at + 1) == "move" and source.word(at + 2) == "{":
                yield [cut(source, at, at + 1)]
            elif source.word(at + 1) in ("fn", "unsafe", "move", "{", "|", "||"):
                yield [cut(source, at, at)]


def is_spawned(source, at):
    """Is a token in what some function with `spawn` in its name is called with?"""
    return any(source.words[one] == "(" and "spawn" in source.word(one - 1) for one in source.bracketings(at))


def drop_move(sources):
    for source in sources:
        for at in source.find("move"):
            if source.word(at - 1) == "async" and source.word(at + 1) == "{":
                yield [cut(source, at, at)]
            elif source.word(at + 1) in ("|", "||"):
                last = extent(source, at + 1)
                if is_spawned(source, at) or {"async", "await"} & set(source.words[at:last + 1]):
                    yield [cut(source, at, at)]


def lets(source):
    """Statements `let name = value;`: the tokens of `let`, the name, the value's first and last, and the `;`."""
    for at in source.find("let"):
        name = at + 1 + (source.word(at + 1) == "mut")
        equals = name + 1
        if source.tokens[name].kind != "word" or source.word(equals) not in ("=", ":"):
            continue
        end = source.statement_end(at)
        while equals < end and source.words[equals] != "=":
            equals += 1
        if end > equals + 1:
            yield at, name, equals + 1, end - 1, end


def tasks(source):
    """What takes values along: async blocks, closures around these, calls of functions with `spawn` in their names."""
    for at, word in enumerate(source.words):
        if word == "async" and source.word(at + 1) in ("move", "{"):
            yield at, extent(source, at)
        elif word == "move" and source.word(at - 1) != "async":
            last = extent(source, at)
            if "async" in source.words[at:last]:
                yield at, last
        elif word == "(" and "spawn" in source.word(at - 1):
            yield at, source.close_of(at)


def taken_along(source, name, after, before):
    """Does a task between these tokens use this name?"""
    return any(after < first and last < before and name in source.words[first:last + 1]
               for first, last in tasks(source))


def lets_for_tasks(source):
    """The lets whose variable a task takes along later in the block."""
    for at, name, first, last, end in lets(source):
        if taken_along(source, source.words[name], end, source.close_of(source.brace_around(at))):
            yield at, name, first, last, end


def cloned(source, first, last):
    """The tokens of what is cloned, where all of these are a call of `clone`."""
    if source.is_seq(last - 3, ".", "clone", "(", ")") and last - 4 >= first:
        return first, last - 4
    if source.word(first) in ("Arc", "Rc") and source.is_seq(first + 1, "::", "clone", "(", "&") \
            and source.close_of(first + 4 - 1) == last:
        return first + 5, last - 1
    return None


def drop_clone(sources):
    for source in sources:
        for at, name, first, last, end in lets_for_tasks(source):
            value = cloned(source, first, last)
            if value and value[0] == value[1] and source.words[value[0]] == source.words[name]:
                yield [cut(source, at, end)]
            elif value:
                yield [replace(source, first, last, source.between(*value))]
        for at in source.find(".", "clone", "(", ")"):
            if is_spawned(source, at):
                yield [cut(source, at, at + 3)]


def drop_box_pin(sources):
    for source in sources:
        for at in source.find("Box", "::", "pin", "("):
            close = source.close_of(at + 3)
            if close == at + 4:
                continue
            last = close - (source.word(close - 1) == ",")
            begin = at
            while source.word(begin - 1) == "::":
                begin -= 2
            yield [replace(source, begin, close, source.between(at + 4, last - 1))]
        for method in ("boxed", "boxed_local"):
            for at in source.find(".", method, "(", ")"):
                yield [cut(source, at, at + 3)]


def bounds_without(source, at):
    """The edit that takes a bound out of a sum of several, or None."""
    begin = at
    while source.word(begin - 1) == "::":
        begin -= 2
    if source.word(begin - 1) == "+":
        return cut(source, begin - 1, at)
    if source.word(at + 1) == "+":
        return cut(source, begin, at + 1)
    return None


def drop_send(sources):
    for source in sources:
        for at in source.find("Send"):
            edit = bounds_without(source, at)
            if edit:
                yield [edit]


def drop_static(sources):
    for source in sources:
        for at in source.find("'static"):
            edit = bounds_without(source, at)
            if edit:
                yield [edit]


def drop_owner(sources):
    """What made a value own what it says is taken away: `to_owned` and its like, an `Arc`, an owning parameter."""
    for source in sources:
        for method in OWNERS:
            for at in source.find(".", method, "(", ")"):
                if is_spawned(source, at):
                    yield [cut(source, at, at + 3)]
        for at, _, first, last, _ in lets_for_tasks(source):
            if source.is_seq(last - 3, ".", source.word(last - 2), "(", ")") and source.word(last - 2) in OWNERS:
                yield [cut(source, last - 3, last)]
            elif source.words[first] in ("Arc", "String") and source.word(first + 2) in ("new", "from") \
                    and source.word(first + 3) == "(" and source.close_of(first + 3) == last:
                inner = source.between(first + 4, last - 1)
                yield [replace(source, first, last, inner if source.words[first] == "String" else "&" + inner)]
        yield from borrowed_parameters(source)


def borrowed_parameters(source):
    """Parameters that own, and that a task takes along, only borrow; where no trait says what they are."""
    for function in source.functions:
        opened = function.word + 2
        if source.is_excluded(function.word) or is_of_trait(source, function):
            continue
        if source.word(opened) == "<":
            opened = next((at for at in range(opened, function.open) if source.words[at] == "("
                           and source.words[at - 1] == ">"), function.open)
        for at in range(opened + 1, source.close_of(opened)):
            if source.around[at] == opened and source.words[at] == ":" and source.words[at + 1] in OWNING \
                    and taken_along(source, source.words[at - 1], function.open, function.close):
                yield [(source.file, source.tokens[at + 1].start, "", "&")]


def is_of_trait(source, function):
    """Is a function in a trait or in the impl of one?"""
    at = source.brace_around(function.word) - 1
    head = []
    while at >= 0 and source.words[at] not in (";", "}", "{"):
        head.append(source.words[at])
        at -= 1
    return "trait" in head or "impl" in head and "for" in head


def arc_to_rc(sources):
    for source in sources:
        mentions = [at for at in source.find("Arc") if not in_use(source, at)]
        imports = [at for at in source.find("Arc") if in_use(source, at)]
        if len(imports) == 1 and mentions:
            moved = reimported(source, imports[0], "Arc", "std::rc::Rc")
            if moved:
                every = [at for at, word in enumerate(source.words) if word == "Arc" and at != imports[0]]
                yield moved + [replace(source, path_begin(source, at), at, "Rc") for at in every]
        spots = [(one.begin, one.close) for one in source.functions]
        for at in source.find("struct"):
            opened = next((to for to in range(at, min(at + 40, len(source.words))) if source.words[to] in "{;("), at)
            if source.word(opened) == "{":
                spots.append((at, source.close_of(opened)))
        for first, last in spots:
            inside = [at for at in mentions if first <= at <= last]
            if inside:
                yield [replace(source, path_begin(source, at), at, "std::rc::Rc") for at in inside]


def drop_pin(sources):
    """A future that is polled by reference is no longer pinned."""
    for source in sources:
        for name in ("pin", "pin_mut"):
            for at in source.find(name, "!", "("):
                begin, close = path_begin(source, at), source.close_of(at + 2)
                if source.word(begin - 1) in (";", "}", "{") and source.word(close + 1) == ";":
                    yield [cut(source, begin, close + 1)]
                elif source.word(begin - 1) == "=":
                    yield [replace(source, begin, close, source.between(at + 3, close - 1))]


OPERATORS = {one.__name__: one for one in (drop_await, drop_async, drop_move, drop_clone, drop_box_pin, drop_send,
                                           drop_static, drop_owner, drop_pin, arc_to_rc, std_mutex, guard_scope)}
