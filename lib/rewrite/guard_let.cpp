#include "rewrite/guard_let.h"

#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// Macros known not to declare anything where they stand, nor to keep a value.
bool is_harmless_macro(std::string_view path) {
  const size_t colon = path.rfind(':');
  return llvm::StringSwitch<bool>(path.substr(colon == std::string_view::npos ? 0 : colon + 1))
      .Cases("print", "println", "eprint", "eprintln", "write", "writeln", true)
      .Cases("assert", "assert_eq", "assert_ne", "panic", "todo", "unreachable", true)
      .Cases("debug_assert", "debug_assert_eq", "debug_assert_ne", "unimplemented", true)
      .Cases("trace", "debug", "info", "warn", "error", "log", "event", true)
      .Cases("format", "json", "bail", "ensure", "matches", true)
      .Default(false);
}

// The bare name stands where a value is taken, as far as syntax shows.
bool is_taken(Node token, Node statement) {
  const Node owner = syntax::enclosing(token, {"closure_expression", "async_block"});
  if (statement.contains(owner) && owner.has_child("move")) return true;
  if (syntax::is_in_macro(token)) {
    const Node macro = syntax::enclosing(token, {"macro_invocation"});
    return !is_harmless_macro(macro.field("macro").text()) && token.next().text() != "." &&
           token.previous().text() != "*" && token.previous().text() != "&";
  }
  // `let _ = guard;` looks at the place and moves nothing.
  if (token.parent().is("let_declaration") && token.parent().field("pattern").text() == "_")
    return false;
  return token.parent().is_any({"let_declaration", "arguments", "field_initializer",
                                "shorthand_field_initializer", "return_expression",
                                "tuple_expression", "array_expression", "block"}) ||
         token.parent().field("right") == token;
}

// A variable of an inner block has the same name, and the token is one of it.
bool names_another(Node token, Node binding) {
  const Node let = syntax::enclosing(token, {"let_declaration", "block"});
  const bool binds = let.is("let_declaration") && let.field("pattern").contains(token);
  const Node meant = syntax::binding_of(token.text(), token);
  return !syntax::is_in_macro(token) && token.is("identifier") &&
         (binds || (meant && meant != binding));
}

// `place` is in a pattern that takes apart the value which `token` names: `if let Ok(v) = token`.
bool is_taken_apart(const syntax::Tree& tree, Node token, const base::Span& place) {
  const Node taken = syntax::enclosing(token, {"let_condition", "match_expression", "block"});
  const Node pattern = syntax::enclosing(tree.smallest_node(place),
                                         {"let_condition", "match_pattern", "match_arm", "block"});
  const Node whole = pattern.is_any({"match_pattern", "match_arm"})
                         ? syntax::enclosing(pattern, {"match_expression"})
                         : pattern;
  return taken == whole && !taken.is("block") && taken.field("value") == token;
}

}  // namespace

bool GuardLet::is_plain() const {
  return let.field("pattern") == name && !let.field("alternative").is_valid();
}

bool GuardLet::is_used_in(size_t begin, size_t end) const {
  for (size_t at = begin; at < std::min(end, mentions.size()); ++at)
    if (!mentions[at].empty() || borrows[at]) return true;
  return false;
}

size_t GuardLet::last_use_before(size_t end) const {
  for (size_t at = std::min(end, mentions.size()); at > 1; --at)
    if (!mentions[at - 1].empty() || borrows[at - 1]) return at - 1;
  return 0;
}

namespace {

enum class GivenTo : uint8_t { Nobody, Drop, Call, Elsewhere };

// A call that takes `token`, by value, is all of `statement`, or all that its `let` binds.
bool is_taken_by_call(Node token, Node statement) {
  Node at = token;
  bool is_call = false;
  while (at.parent().is_any({"arguments", "call_expression", "field_expression", "try_expression",
                             "parenthesized_expression"})) {
    at = at.parent();
    is_call |= at.is("call_expression");
  }
  const Node parent = at.parent();
  return is_call && (parent == statement || at == statement) &&
         (!parent.is("let_declaration") || parent.field("value") == at);
}

GivenTo given_to(Node token, Node statement, const Held& held) {
  const Node call = token.parent().parent();
  const std::string_view function = call.field("function").text();
  const bool is_drop = token.parent().is("arguments") &&
                       (function == "drop" || function == "mem::drop" ||
                        function == "std::mem::drop" || function == "core::mem::drop");
  if (is_drop) return call.parent() == statement ? GivenTo::Drop : GivenTo::Elsewhere;
  const bool is_moved = std::any_of(held.uses.begin(), held.uses.end(), [&](const HeldUse& use) {
    return use.is_move && use.span.contains(token.span());
  });
  if (!is_moved && !is_taken(token, statement)) return GivenTo::Nobody;
  return is_taken_by_call(token, statement) ? GivenTo::Call : GivenTo::Elsewhere;
}

// Some mention in the statements from `begin` to `end` gives the guard to `least` or worse.
bool is_given(const GuardLet& guard, const Held& held, size_t begin, size_t end, GivenTo least) {
  for (size_t at = begin; at < std::min(end, guard.mentions.size()); ++at)
    for (const Node& token : guard.mentions[at])
      if (given_to(token, guard.statements[at], held) >= least) return true;
  return false;
}

}  // namespace

bool GuardLet::is_given_away(const Held& held, size_t begin, size_t end) const {
  return is_given(*this, held, begin, end, GivenTo::Call);
}

bool GuardLet::is_given_elsewhere(const Held& held, size_t begin, size_t end) const {
  return is_given(*this, held, begin, end, GivenTo::Elsewhere);
}

std::optional<GuardLet> find_guard_let(const syntax::Tree& tree, const Held& held) {
  GuardLet result;
  if (held.name.empty() || held.awaits.empty()) return std::nullopt;
  syntax::walk(tree.smallest_node(held.value), [&](Node node) {
    if (!held.value.overlaps(node.span())) return Walk::Over;
    if (node.is_any({"identifier", "shorthand_field_identifier"}) && node.text() == held.name)
      result.name = node;
    return result.name ? Walk::Stop : Walk::Into;
  });
  // The name is in the pattern of a `let`, not in that of a match arm or closure.
  for (Node at = result.name; at && !result.let; at = at.parent()) {
    if (at.parent().is("let_declaration")) {
      if (at.parent().field("pattern") != at) return std::nullopt;
      result.let = at.parent();
    } else if (at.parent().is_any({"let_condition", "match_pattern", "parameter", "block",
                                   "closure_parameters", "for_expression", "token_tree"})) {
      return std::nullopt;
    }
  }
  const Node block = result.let.parent();
  if (!block.is("block") || block.has_error() || syntax::has_attributes(result.let))
    return std::nullopt;
  if (!result.value()) return std::nullopt;

  bool is_in_reach = true;
  for (const Node& statement : syntax::statements(block)) {
    if (statement.begin() < result.let.begin()) continue;
    result.statements.push_back(statement);
    std::vector<Node>& found = result.mentions.emplace_back();
    result.borrows.push_back(
        statement != result.let &&
        std::any_of(held.uses.begin(), held.uses.end(), [&](const HeldUse& use) {
          return use.through_borrow && statement.span().contains(use.span);
        }));
    if (!is_in_reach || statement == result.let) continue;
    bool is_shadow = false;
    if (statement.is("let_declaration"))
      for (const syntax::Binding& binding : syntax::bindings(statement.field("pattern")))
        is_shadow |= binding.name.text() == held.name;
    for (const Node& token : syntax::mentions(statement, held.name))
      if ((!is_shadow || !statement.field("pattern").contains(token)) &&
          !names_another(token, result.name))
        found.push_back(token);
    is_in_reach = !is_shadow;
  }
  for (const base::Span& await : held.awaits) {
    const auto at = std::find_if(result.statements.begin(), result.statements.end(),
                                 [&](const Node& node) { return node.span().contains(await); });
    if (at == result.statements.end() || at == result.statements.begin()) return std::nullopt;
    result.awaits.push_back(static_cast<size_t>(at - result.statements.begin()));
  }
  // The compiler saw a use that no spelling of the name accounts for. What a
  // statement borrows from the guard it names it does with places of its own.
  for (const HeldUse& use : held.uses) {
    bool is_seen = false;
    for (size_t at = 0; at < result.mentions.size(); ++at) {
      const bool is_here = result.statements[at].span().contains(use.span);
      is_seen |= use.through_borrow && is_here && !result.mentions[at].empty();
      for (const Node& token : result.mentions[at])
        is_seen |= token.span().overlaps(use.span) || is_taken_apart(tree, token, use.span);
    }
    if (use.after_await && !is_seen) return std::nullopt;
  }
  std::sort(result.awaits.begin(), result.awaits.end());
  result.awaits.erase(std::unique(result.awaits.begin(), result.awaits.end()), result.awaits.end());
  return result;
}

namespace {

// The initialiser gives a guard of some kind, not something read from one.
bool makes_guard(Node value) {
  while (value) {
    if (value.is_any({"try_expression", "parenthesized_expression", "await_expression"})) {
      const std::vector<Node> parts = value.parts();
      value = parts.empty() ? Node() : parts.front();
      continue;
    }
    const Node method = method_name(value);
    if (!method) return false;
    const bool unpacks = llvm::StringSwitch<bool>(method.text())
                             .Cases("unwrap", "expect", "unwrap_or_else", true)
                             .Default(false);
    if (!unpacks)
      return llvm::StringSwitch<bool>(method.text())
          .Cases("lock", "read", "write", "try_lock", "try_read", "try_write", true)
          .Cases("borrow", "borrow_mut", "enter", "entered", "acquire", true)
          .Default(false);
    value = chain_receiver(value);
  }
  return false;
}

// Data whose end nobody waits for, as far as its initialiser shows.
bool is_plain_data(Node value, std::string_view guard) {
  if (!value || syntax::is_mentioned(value, guard)) return true;
  while (value.is_any({"try_expression", "parenthesized_expression", "reference_expression"}) &&
         !value.parts().empty())
    value = value.parts().back();
  if (!value.is_any({"call_expression", "await_expression"})) return true;
  if (method_name(value)) return gives_owned(value);
  const Node function = value.field("function");
  return llvm::StringSwitch<bool>(function.is("identifier") ? function.text()
                                                            : function.field("path").text())
      .Cases("Vec", "String", "HashMap", "HashSet", "BTreeMap", "BTreeSet", true)
      .Cases("VecDeque", "Instant", "Duration", "Some", "Ok", "Arc", true)
      .Default(false);
}

// The names an item puts into its block; empty when a trait or a glob may come
// in without ever being named.
std::vector<std::string> item_names(Node item) {
  if (!item.is("use_declaration")) return {std::string(item.field("name").text())};
  std::vector<std::string> result;
  bool is_open = false;
  syntax::walk(item, [&](Node node) {
    is_open |= node.is_any({"use_wildcard", "_"});
    if (node.is("use_as_clause")) {
      result.emplace_back(node.field("alias").text());
      return Walk::Over;
    }
    if (node.is("scoped_identifier")) {
      result.emplace_back(node.field("name").text());
      return Walk::Over;
    }
    if (node.is("identifier") && !node.parent().is("scoped_use_list"))
      result.emplace_back(node.text());
    return Walk::Into;
  });
  return is_open ? std::vector<std::string>() : result;
}

}  // namespace

std::optional<Enclosure> enclose(const GuardLet& guard, size_t first, size_t last) {
  const auto is_named_outside = [&](std::string_view name) {
    for (const Node& part : guard.let.parent().parts()) {
      const bool is_within = guard.statements[first].begin() <= part.begin() &&
                             part.end() <= guard.statements[last].end();
      if (!is_within && syntax::is_mentioned(part, name)) return true;
    }
    return false;
  };
  llvm::StringSet<> later_names;
  for (size_t at = last + 1; at < guard.statements.size(); ++at)
    syntax::for_each_name(guard.statements[at],
                          [&](std::string_view name, Node) { later_names.insert(name); });
  const auto is_named_later = [&](std::string_view name) { return later_names.contains(name); };
  Enclosure result;
  for (size_t at = first; at <= last; ++at) {
    const Node statement = guard.statements[at];
    const std::vector<Node> parts = statement.parts();
    const Node inner =
        statement.is("expression_statement") && !parts.empty() ? parts.front() : statement;
    if (inner.is("macro_invocation")) {
      if (is_harmless_macro(inner.field("macro").text())) continue;
      for (const auto& name : syntax::names(inner))
        if (is_named_later(name.getKey())) return std::nullopt;
    } else if (inner.is("macro_definition")) {
      return std::nullopt;
    } else if (statement.is("let_declaration")) {
      for (const syntax::Binding& binding : syntax::bindings(statement.field("pattern"))) {
        if (binding.name == guard.name) continue;
        Output output{std::string(binding.name.text()), std::string(binding.name.text())};
        const bool is_kept = output.name.size() > 1 && output.name.front() == '_';
        if (!is_named_later(output.name) && !is_kept) {
          if (makes_guard(statement.field("value")))
            result.other_guards.push_back(output.name);
          else if (!is_plain_data(statement.field("value"), guard.name.text()))
            result.early_drops.push_back(output.name);
          continue;
        }
        if (syntax::has_attributes(statement)) return std::nullopt;
        const bool is_mut = binding.is_mut && !binding.is_ref;
        for (size_t later = last + 1; is_mut && later < guard.statements.size(); ++later)
          output.change = std::max(output.change, change_of(output.name, guard.statements[later]));
        std::erase_if(result.outputs,
                      [&](const Output& earlier) { return earlier.name == output.name; });
        result.outputs.push_back(std::move(output));
      }
    } else if (statement.is_any({"function_item", "use_declaration", "struct_item", "enum_item",
                                 "const_item", "static_item", "type_item", "union_item"})) {
      const std::vector<std::string> names = item_names(statement);
      if (names.empty() || std::any_of(names.begin(), names.end(), is_named_outside))
        return std::nullopt;
    } else if (statement.is_any({"trait_item", "mod_item", "impl_item", "extern_crate_declaration",
                                 "foreign_mod_item"})) {
      return std::nullopt;
    }
  }
  return result;
}

std::string Enclosure::early_drop_note() const {
  std::string names;
  for (const std::string& name : early_drops) names += (names.empty() ? "`" : ", `") + name + "`";
  if (names.empty()) return {};
  return names + (early_drops.size() == 1 ? " is" : " are") + " dropped before the await as well";
}

bool is_value_stable(const GuardLet& guard, size_t last) {
  const llvm::StringSet<> names = syntax::names(guard.value());
  for (size_t at = 1; at <= last; ++at) {
    const Node statement = guard.statements[at];
    for (const syntax::Binding& binding : syntax::bindings(statement.field("pattern")))
      if (names.contains(binding.name.text())) return false;
    if (statement.is_any({"use_declaration", "macro_definition"}) ||
        names.contains(statement.field("name").text()))
      return false;
    const std::vector<Node> parts = statement.parts();
    const Node inner =
        parts.empty() || !statement.is("expression_statement") ? statement : parts.front();
    const bool may_declare =
        inner.is("macro_invocation") && !is_harmless_macro(inner.field("macro").text());
    for (const auto& name : names) {
      if (name.getKey() == "self") continue;
      const Change change = change_of(name.getKey().str(), statement);
      if (change == Change::Yes || (may_declare && change != Change::No)) return false;
    }
  }
  return true;
}

bool is_mut_open(const std::vector<Output>& outputs) {
  return std::any_of(outputs.begin(), outputs.end(),
                     [](const Output& output) { return output.change == Change::Maybe; });
}

void wrap_statements(const syntax::Tree& tree, EditList& edits, const GuardLet& guard, size_t first,
                     size_t last, const std::vector<Output>& outputs, MutPolicy policy,
                     bool may_be_tail) {
  const Node begin = guard.statements[first];
  const Node end = guard.statements[last];
  if (outputs.empty()) return edits.wrap(begin, end, "", "", "");

  const auto pattern = [&](const Output& output) {
    const bool is_mut = output.change == Change::Yes ||
                        (output.change == Change::Maybe && policy == MutPolicy::WherePossible);
    return (is_mut ? "mut " : "") + output.name;
  };
  if (outputs.size() == 1) {
    const Output& only = outputs.front();
    const Node value = end.field("value");
    const Node type = end.field("type");
    const bool is_tail = may_be_tail && last != first && end.is("let_declaration") && value &&
                         end.field("pattern").text() == only.name && only.value == only.name &&
                         !end.field("alternative") &&
                         !syntax::has_comment(tree, {tree.file(), end.begin(), value.begin()}) &&
                         !syntax::has_comment(tree, {tree.file(), value.end(), end.end()});
    std::string head = "let " + pattern(only);
    if (is_tail && type) head.append(": ").append(type.text());
    edits.wrap(begin, end, head + " =", is_tail ? "" : only.value, ";");
    if (!is_tail) return;
    edits.replace(end.begin(), value.begin(), "");
    edits.replace(value.end(), end.end(), "");
    return;
  }
  std::string names;
  std::string values;
  for (const Output& output : outputs) {
    names.append(names.empty() ? "" : ", ").append(pattern(output));
    values.append(values.empty() ? "" : ", ").append(output.value);
  }
  edits.wrap(begin, end, "let (" + names + ") =", "(" + values + ")", ";");
}

}  // namespace jaa::rewrite
