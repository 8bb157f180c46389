"""The mutations: each operator yields the edits of all its candidates in a crate.

A candidate is a list of (file, offset, old text, new text). Whether rustc then rejects
the crate is found out by trying.
"""

GUARD_METHODS = ("lock", "read", "write", "borrow", "borrow_mut")
OWNERS = ("to_owned", "to_string", "to_vec", "into_owned")
# Types that people borrow instead, to a compiler that then wants to know for how long.
OWNING = ("Arc", "BTreeMap", "Box", "Bytes", "HashMap", "HashSet", "PathBuf", "Sender", "SocketAddr", "String",
          "UnboundedSender", "Uri", "Url", "Uuid", "Vec")
ASYNC_LOCKS = ("tokio", "async_lock", "futures", "futures_util")


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


def extent(source, at):
    """The last token of a closure or block that begins here: up to a comma, a `;` or the bracket's end."""
    while at < len(source.words) and source.words[at] not in (",", ";"):
        if at in source.partner:
            if source.partner[at] < at:
                break
            at = source.partner[at]
        at += 1
    return at - 1


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


def lock_calls(source):
    """`.lock().await` and the like, by the token of the first dot."""
    return [at for method in ("lock", "read", "write") for at in source.find(".", method, "(", ")", ".", "await")]


def async_lock_imports(source, name):
    for at in source.find(name):
        whole = in_use(source, at)
        if whole and any(word in ASYNC_LOCKS for word in source.words[whole[0]:at]):
            yield at


def std_mutex(sources):
    """An async lock becomes std's, whose guard is then held over the awaits."""
    everywhere, imports = [], 0
    for source in sources:
        for name in ("Mutex", "RwLock"):
            moved = [edits for at in async_lock_imports(source, name)
                     if (edits := reimported(source, at, name, f"std::sync::{name}"))]
            methods = ("lock",) if name == "Mutex" else ("read", "write")
            calls = [replace(source, at + 4, at + 5, ".unwrap()") for at in lock_calls(source)
                     if source.word(at + 1) in methods]
            if len(moved) == 1:
                # The calls follow the type, or were forgotten.
                yield moved[0] + calls
                if calls:
                    yield moved[0]
            everywhere += (moved[0] if len(moved) == 1 else []) + calls
            imports += len(moved)
            yield from fields_with_std_mutex(sources, source, name)
    if imports:
        yield everywhere


def fields_with_std_mutex(sources, source, name):
    """The lock of one field of a struct becomes std's, where its type says so and wherever it is taken."""
    if not any(True for _ in async_lock_imports(source, name)):
        qualified = {at for at in source.find(name) if source.words[path_begin(source, at)] in ASYNC_LOCKS}
    else:
        qualified = set(source.find(name))
    for at in sorted(qualified):
        field = at
        while field > 0 and source.words[field] not in (",", "{", ";", "(", "fn"):
            field -= 1
        field = field + 1
        while source.word(field) in ("pub", "(", "crate", "super", ")"):
            field += 1
        if in_use(source, at) or source.word(field + 1) != ":" or source.word(at + 1) != "<":
            continue
        edits = [replace(source, path_begin(source, at), at, f"std::sync::{name}")]
        for other in sources:
            for call in lock_calls(other):
                if other.word(call - 1) == source.word(field):
                    edits.append(replace(other, call + 4, call + 5, ".unwrap()"))
            for made in other.find(name, "::", "new", "("):
                begin = path_begin(other, made)
                while other.word(begin - 1) == "(" and other.is_seq(begin - 4, "Arc", "::", "new", "("):
                    begin -= 4
                if other.word(begin - 2) == source.word(field) and other.word(begin - 1) in (":", "="):
                    edits.append(replace(other, path_begin(other, made), made, f"std::sync::{name}"))
        if len(edits) > 1:
            yield edits


def guard_chains(source):
    """Calls that give a guard without waiting: the tokens of the chain's first and last, up to `unwrap` or `expect`."""
    for method in GUARD_METHODS:
        for at in source.find(".", method, "(", ")"):
            last = at + 3
            if source.word(last + 1) == "." and source.word(last + 2) in ("unwrap", "expect"):
                last = source.close_of(last + 3)
            if not source.is_seq(last + 1, ".", "await"):
                yield receiver(source, at), last


def hoisted(source, first):
    """The first tokens of statements before which a guard can be taken so that it lives at an await."""
    body = source.async_body_around(first)
    places = []
    at = source.statement_begin(first)
    while body and at > body[0]:
        block = source.brace_around(at)
        if source.awaits_in(at, source.close_of(block)):
            places.append(at)
        # Of the statements before it, the nearest that awaits.
        before = at
        while before - 1 > block and source.words[before - 1] in (";", "}"):
            before = source.statement_begin(before - 2 if source.words[before - 1] == ";" else before - 1)
            if source.awaits_in(before, at):
                places.append(before)
                break
        if block <= body[0]:
            break
        at = source.statement_begin(block)
    return places


def guard_scope(sources):
    """A guard that was let go before an await lives on, or is taken before one."""
    for source in sources:
        for at in source.find("drop", "("):
            if source.close_of(at + 1) == at + 3 and source.word(at + 4) == ";" and source.async_body_around(at) \
                    and source.word(at - 1) in (";", "}", "{"):
                yield [cut(source, at, at + 4)]
        for first, last in guard_chains(source):
            begin = source.statement_begin(first)
            named = source.word(begin) == "let" and source.word(last + 1) == ";"
            for place in hoisted(source, first):
                start = source.tokens[place].start
                line = source.text.rfind("\n", 0, start) + 1
                indent = source.text[line:start]
                if (place != begin or not named) and source.words[place] not in ("#", "else", "=>") \
                        and not indent.strip():
                    yield [(source.file, start, "", f"let mut guard = {source.between(first, last)};\n{indent}"),
                           replace(source, first, last, "guard")]
            if named:
                yield from opened_block(source, first)


def opened_block(source, at):
    """The block that ends a guard's life goes, where nothing but a `let` or a statement is made of it."""
    opened = source.brace_around(at)
    closed = source.close_of(opened)
    if opened < 1 or not source.async_body_around(opened):
        return
    around = source.brace_around(opened)
    if not source.awaits_in(closed, source.close_of(around)):
        return
    if source.word(opened - 1) in (";", "}", "{"):
        edits = [cut(source, opened, opened), cut(source, closed, closed)]
        if source.word(closed - 1) not in (";", "}"):
            edits[1] = replace(source, closed, closed, ";")
        yield edits
    elif source.word(opened - 1) == "=" and source.word(closed + 1) == ";":
        # `let v = { let g = ..; value };` becomes `let g = ..; let v = value;`.
        begin = source.statement_begin(opened)
        value = closed - 1
        while value > opened and not (source.words[value] == ";" and source.around[value] == opened):
            value -= 1
        if value > opened and source.word(begin) == "let":
            end = source.tokens[closed - 1].end
            yield [(source.file, source.tokens[begin].start, source.between(begin, opened), ""),
                   (source.file, source.tokens[value + 1].start, "", source.between(begin, opened - 1) + " "),
                   (source.file, end, source.text[end:source.tokens[closed].end], "")]


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
