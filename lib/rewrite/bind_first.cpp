// The value made through a temporary guard is bound first, so that the temporary
// ends with the new `let` and not with the statement.
#include <algorithm>

#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "rewrite/evaluation.h"
#include "rewrite/guard_scope.h"
#include "rewrite/reads.h"
#include "rewrite/referent.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

bool begins_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// One way to bind a value: `let name = init;`, then `use` in its place.
struct Binding {
  std::string init;
  std::string prefix;  // before the name at the use
  std::string suffix;  // and behind it
  // It is the value itself, not a clone of it.
  bool is_same = true;
  // Else, whether the clone tells the same as long as both are only read.
  Likeness likeness = Likeness::Unknown;
};

// Where the scrutinee is, and in what.
struct Scrutinee {
  Node value;
  Node construct;  // the match, if, while or for expression
};

std::optional<Scrutinee> find_scrutinee(Node temporary) {
  for (Node at = temporary; at; at = at.parent()) {
    const Node parent = at.parent();
    if (parent.is_any({"block", "closure_expression", "async_block", "token_tree", "match_arm"}))
      return std::nullopt;
    if (!parent.is_any({"match_expression", "for_expression", "let_condition"})) continue;
    if (parent.field("value") != at) return std::nullopt;
    return Scrutinee{at, parent.is("let_condition")
                             ? syntax::enclosing(parent, {"if_expression", "while_expression"})
                             : parent};
  }
  return std::nullopt;
}

// A pattern or a method of the scrutinee may write through the guard: only a
// value that is moved out keeps the meaning.
bool may_write_through(const Scrutinee& scrutinee, const Held& held) {
  bool found = held.scrutinee_type.find("&mut") != std::string::npos ||
               held.scrutinee_type.find("&'_ mut") != std::string::npos;
  syntax::walk(scrutinee.construct, [&](Node node) {
    if (node.is("block") && node.parent() == scrutinee.construct) return syntax::Walk::Over;
    if (node.is("match_arm")) {
      const Node pattern = node.field("pattern");
      for (const syntax::Binding& bound : syntax::bindings(pattern))
        found |= bound.is_ref && bound.is_mut;
      return syntax::Walk::Over;
    }
    found |= node.is("reference_expression") && node.has_child("mutable_specifier");
    found |= node.is("ref") && node.next().is_any({"mutable_specifier", "mut_pattern"});
    const std::string_view method = method_name(node).text();
    found |=
        method.size() > 4 && method.substr(method.size() - 4) == "_mut" && method != "borrow_mut";
    return syntax::Walk::Into;
  });
  return found;
}

// Of a clone of the place: the guard stands for what it protects.
Likeness likeness_of_place(const Held& held, Node place, Node temporary) {
  const bool is_whole =
      place == temporary || (place.is("unary_expression") && chain_receiver(place) == temporary);
  return held.likeness(is_whole       ? held.inner_type
                       : held.type_of ? held.type_of(place.span())
                                      : std::string());
}

std::string cloned_place(Node place, Node temporary) {
  // `(*guard).clone()`, less noisily: a guard is not `Clone` itself.
  if (place.is("unary_expression") && chain_receiver(place) == temporary) place = temporary;
  const std::string text(place.text());
  return (place.is("unary_expression") ? "(" + text + ")" : text) + ".clone()";
}

// Ways to bind the scrutinee, best first.
std::vector<Binding> ways_to_bind(const Scrutinee& scrutinee, Node temporary, const Held& held) {
  const Node value = scrutinee.value;
  const std::string text(value.text());
  const std::string& type = held.scrutinee_type;
  const bool is_loop = scrutinee.construct.is("for_expression");
  const bool writes = may_write_through(scrutinee, held);
  if (is_place(value)) {
    if (writes) return {};
    return {
        {text, "", ""},
        {cloned_place(value, temporary), "", "", false, likeness_of_place(held, value, temporary)}};
  }
  if (value.is("reference_expression")) {
    const Node inner = value.field("value");
    if (writes || !is_place(inner)) return {};
    return {{cloned_place(inner, temporary), "&", "", false,
             likeness_of_place(held, inner, temporary)}};
  }
  if (is_loop) {
    const std::string_view method = method_name(value).text();
    const Node receiver = chain_receiver(value);
    if (method == "drain") return {{text + ".collect::<Vec<_>>()", "", ""}};
    std::vector<Binding> result;
    if (!writes && is_iteration(value) && (is_place(receiver) || receiver == temporary))
      result.push_back({cloned_place(receiver, temporary), "", "." + std::string(method) + "()",
                        false, likeness_of_place(held, receiver, temporary)});
    result.push_back({text, "", ""});
    if (!writes) {
      result.push_back({text + ".cloned().collect::<Vec<_>>()", "", "", false});
      result.push_back({text + ".collect::<Vec<_>>()", "", "", false});
    }
    return result;
  }
  std::vector<Binding> result;
  const bool is_known_borrow = begins_with(type, "&") || type.find("Option<&") != std::string::npos;
  // What it borrows from need not be the guard, so the plain way always comes first.
  result.push_back({text, "", ""});
  if (writes || (type.empty() && gives_owned(value))) return result;
  const std::optional<Referent> referent = referent_of(type);
  const Likeness likeness = referent ? likeness_of(held, *referent) : Likeness::Unknown;
  if (begins_with(type, "&") && type.find("str") != std::string::npos &&
      (type == "&str" || type.find(" str") == type.size() - 4)) {
    result.push_back({text + ".to_owned()", "", ".as_str()", false, likeness});
  } else if (begins_with(type, "&") && type.back() == ']') {
    result.push_back({text + ".to_vec()", "", ".as_slice()", false, likeness});
  } else if (begins_with(type, "&")) {
    result.push_back({text + ".clone()", "&", "", false, likeness});
  } else if (type.find("Option<&str>") != std::string::npos ||
             (type.find("Option<&") != std::string::npos &&
              type.find(" str>") != std::string::npos)) {
    result.push_back({text + ".map(str::to_owned)", "", ".as_deref()", false, likeness});
  } else if (is_known_borrow || type.empty()) {
    result.push_back({text + ".cloned()", "", "", false, likeness});
    result.push_back({text + ".cloned()", "", ".as_ref()", false, likeness});
  }
  return result;
}

// The method gives data of its own and changes nothing, as the standard library has it.
bool is_reading(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("clone", "cloned", "to_owned", "to_string", "to_vec", "len", "is_empty", true)
      .Cases("as_str", "as_slice", "as_bytes", "contains", "starts_with", "ends_with", true)
      .Default(false);
}

// What the construct's patterns bind is only ever read, so that a copy of it taken under
// the lock tells the same.
bool only_reads_bindings(Node construct, Node value) {
  llvm::StringSet<> bound;
  bool only_reads = true;
  syntax::walk(construct, [&](Node node) {
    if (node.is_any({"let_condition", "match_arm", "for_expression"}))
      for (const syntax::Binding& binding : syntax::bindings(node.field("pattern"))) {
        bound.insert(binding.name.text());
        only_reads = only_reads && !binding.is_mut && !binding.is_ref;
      }
    return syntax::Walk::Into;
  });
  syntax::walk(construct, [&](Node node) {
    if (node == value || node.is_any({"let_condition", "match_pattern"})) return syntax::Walk::Over;
    if (!node.is("identifier") || !bound.contains(node.text())) return syntax::Walk::Into;
    const Node parent = node.parent();
    const bool is_method = parent.is("field_expression") && parent.field("value") == node &&
                           parent.parent().is("call_expression") &&
                           parent.parent().field("function") == parent;
    only_reads = only_reads && is_method && is_reading(parent.field("field").text());
    return syntax::Walk::Into;
  });
  return only_reads;
}

// Where something of the value is read, the lock may be taken again, and what it protects be
// changed. A branch that has nothing of the value is free to do so.
bool is_read_beside_lock(const Scrutinee& scrutinee, Node lock) {
  const Node construct = scrutinee.construct;
  if (construct.is("if_expression")) {
    return may_lock_again(construct.field("condition"), scrutinee.value, lock) ||
           may_lock_again(construct.field("consequence"), {}, lock);
  }
  if (!construct.is("match_expression")) return may_lock_again(construct, scrutinee.value, lock);
  const std::vector<Node> arms = construct.field("body").parts();
  return std::any_of(arms.begin(), arms.end(), [&lock](const Node& arm) {
    const Node pattern = arm.field("pattern");
    const bool has_value = !syntax::bindings(pattern).empty() || pattern.has_child("if");
    return has_value && may_lock_again(arm, {}, lock);
  });
}

// What ending it does, for titles.
std::string_view ending_of(const Held& held) {
  return held.is_lock ? "which releases the lock before " : "which ends it before ";
}

// What the title calls the value and what comes after its binding.
std::string title_of(const Held& held, Node construct, bool is_same) {
  const bool is_loop = construct.is("for_expression");
  const std::string what = is_loop ? "iterated" : "matched";
  const std::string after = is_loop                            ? "the loop"
                            : construct.is("while_expression") ? "each pass"
                            : construct.is("if_expression")    ? "the branches"
                                                               : "the arms";
  return (is_same ? "bind the " : "bind a copy of the ") + what + " value first, " +
         std::string(ending_of(held)) + after;
}

// The value is bound on a line before `statement` where that is the same as in
// place, else in a block in place.
void bind(EditList& edits, Node value, Node statement, const std::string& name,
          const Binding& binding) {
  const auto before = evaluated_before(value, statement);
  const bool is_first =
      before && std::all_of(before->begin(), before->end(), [&](const Node& earlier) {
        return is_pure(earlier) && !may_change_names_of(value, earlier);
      });
  const std::string use = binding.prefix + name + binding.suffix;
  const std::string let = "let " + name + " = " + binding.init + ";";
  if (is_first && !syntax::has_attributes(statement)) {
    edits.insert_before(statement, let);
    edits.replace(value, use);
  } else {
    edits.replace(value, binding.prefix + "{ " + let + " " + name + " }" + binding.suffix);
  }
}

std::vector<base::FixIt> bind_scrutinee(const syntax::Tree& tree, const Held& held, Node temporary,
                                        const Scrutinee& scrutinee) {
  const Node statement = syntax::enclosing_statement(scrutinee.construct);
  // The guard itself is matched, or a value that holds it.
  if (!statement || scrutinee.value == temporary ||
      held.scrutinee_type.find("Guard<") != std::string::npos ||
      held.scrutinee_type.find("cell::Ref") != std::string::npos ||
      syntax::has_comment(tree, scrutinee.value.span()))
    return {};
  FreshNames names(statement);
  const std::string name = names.for_value(scrutinee.value);
  std::vector<base::FixIt> result;
  for (const Binding& binding : ways_to_bind(scrutinee, temporary, held)) {
    if (!binding.is_same && binding.likeness == Likeness::Apart) continue;
    EditList edits(tree);
    bind(edits, scrutinee.value, statement, name, binding);
    base::FixIt fix;
    fix.edits = edits.take();
    if (fix.edits.empty()) continue;
    fix.name = "bind_first";
    fix.title = title_of(held, scrutinee.construct, binding.is_same);
    fix.keeps_meaning = binding.is_same ||
                        only_reads_bindings(scrutinee.construct, scrutinee.value) ||
                        (is_alike(binding.likeness) && !is_read_beside_lock(scrutinee, temporary));
    if (!binding.is_same)
      fix.trade_off =
          held.is_lock ? "works on a copy made while the lock was held" : "works on a copy";
    result.push_back(std::move(fix));
  }
  if (result.size() > 4) result.resize(4);
  return result;
}

// `f(m.lock().unwrap().id).await`, `f(m.lock().unwrap().id, g().await)`
std::vector<base::FixIt> bind_operand(const syntax::Tree& tree, const Held& held, Node temporary) {
  const Node statement = syntax::enclosing_statement(temporary);
  const Node await = first_await(statement);
  if (!await || statement.has_error()) return {};
  FreshNames names(statement);
  const Node chain = postfix_chain(temporary, await);
  if (chain == temporary || chain.contains(await) || chain.end() > await.end() ||
      syntax::has_comment(tree, chain.span()))
    return {};
  if (is_written_through(chain)) return {};
  const Node parent = chain.parent();
  Read read{chain, parent.is("reference_expression"), is_place(chain), names.for_value(chain)};

  std::vector<base::FixIt> result;
  const auto offer = [&](const Read& taken, Take take) {
    EditList edits(tree);
    bind(edits, taken.expression, statement, taken.name,
         {taken_value(taken, take), !taken.is_place && take == Take::ToOwned ? "&" : "", ""});
    base::FixIt fix;
    fix.edits = edits.take();
    if (fix.edits.empty()) return;
    fix.name = "bind_first";
    fix.title = take_title({taken}, take) + " first, " + std::string(ending_of(held)) + "the await";
    if (take != Take::Copy) fix.trade_off = "one clone each time";
    fix.keeps_meaning = true;
    result.push_back(std::move(fix));
  };
  for (const Take take : ways_to_take({read})) offer(read, take);
  // The chain is the future itself, which mostly borrows from the guard. What it
  // is called on can be cloned instead.
  const Node receiver = chain_receiver(chain);
  if (parent == await && method_name(chain) && receiver != temporary &&
      receiver.is("field_expression")) {
    const Read inner{receiver, false, true, names.for_value(receiver)};
    offer(inner, Take::Clone);
    result.back().trade_off = "the call is made on a clone";
    result.back().keeps_meaning = false;
  }
  return result;
}

}  // namespace

std::vector<base::FixIt> bind_value_first(const syntax::Tree& tree, const Held& held) {
  if (!held.name.empty() || held.awaits.empty()) return {};
  const Node temporary = tree.node_at(held.value);
  if (!temporary || syntax::is_in_macro(temporary) || !syntax::enclosing_statement(temporary))
    return {};
  const auto scrutinee = find_scrutinee(temporary);
  if (!scrutinee) return bind_operand(tree, held, temporary);
  const bool is_awaited_later =
      std::all_of(held.awaits.begin(), held.awaits.end(), [&](const base::Span& await) {
        return scrutinee->construct.span().contains(await) &&
               !scrutinee->value.span().overlaps(await);
      });
  if (scrutinee->construct.has_error()) return {};
  return is_awaited_later ? bind_scrutinee(tree, held, temporary, *scrutinee)
                          : bind_operand(tree, held, temporary);
}

}  // namespace jaa::rewrite
