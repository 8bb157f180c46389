#include "rewrite/match_combinator.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/chain.h"
#include "rewrite/evaluation.h"
#include "rewrite/inline_closure.h"
#include "rewrite/match_singles.h"
#include "rewrite/naming.h"
#include "rewrite/put_statements.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

enum class Family : uint8_t { Option, Result };

// What becomes of one of the two cases.
enum class Arm : uint8_t {
  Same,     // stays as it is
  Give,     // its value without the wrapper
  Apply,    // the closure's value
  Success,  // the closure's value in `Some` or `Ok`
  Keep,     // stays as it is where the closure says so
  Failure,  // the closure's value in `Err`
  Ok,       // its value in `Ok`
  False,
  True,
  Other,  // another argument's value
};

struct Method {
  Arm good;
  Arm bad;
  // Which argument is for which case.
  size_t good_argument = 0;
  size_t bad_argument = 0;
};

std::optional<Method> method_of(std::string_view name, size_t arguments, Family family) {
  const bool is_option = family == Family::Option;
  if (arguments == 1) {
    if (name == "map") return Method{Arm::Success, Arm::Same};
    if (name == "and_then") return Method{Arm::Apply, Arm::Same};
    if (name == "or_else") return Method{Arm::Same, Arm::Apply};
    if (name == "filter" && is_option) return Method{Arm::Keep, Arm::Same};
    if (name == "unwrap_or_else") return Method{Arm::Give, Arm::Apply};
    if (name == "map_err" && !is_option) return Method{Arm::Same, Arm::Failure};
    if (name == "ok_or_else" && is_option) return Method{Arm::Ok, Arm::Failure};
    if (name == "is_some_and" && is_option) return Method{Arm::Apply, Arm::False};
    if (name == "is_none_or" && is_option) return Method{Arm::Apply, Arm::True};
    if (name == "is_ok_and" && !is_option) return Method{Arm::Apply, Arm::False};
  }
  if (arguments == 2 && name == "map_or_else") return Method{Arm::Apply, Arm::Apply, 1, 0};
  if (arguments == 2 && name == "map_or") return Method{Arm::Apply, Arm::Other, 1, 0};
  return std::nullopt;
}

// What a method makes of an `Option` or `Result`; none where that is neither.
std::optional<Family> family_after(std::string_view method, Family family) {
  const bool is_option = family == Family::Option;
  if (is_option && (method == "ok_or" || method == "ok_or_else")) return Family::Result;
  if (!is_option && (method == "ok" || method == "err")) return Family::Option;
  const bool stays = llvm::StringSwitch<bool>(method)
                         .Cases("map", "and_then", "or_else", "and", "or", "inspect", true)
                         .Cases("as_ref", "as_mut", "as_deref", "cloned", "copied", true)
                         .Cases("filter", "xor", "take", is_option)
                         .Cases("map_err", "inspect_err", !is_option)
                         .Default(false);
  return stays ? std::optional(family) : std::nullopt;
}

class Writer {
 public:
  Writer(const syntax::Tree& tree, const std::vector<Node>& futures, Family family, Node closure)
      : tree_(tree), futures_(futures), family_(family), names_(closure) {}

  // The chain goes on behind that method.
  bool pass(std::string_view method) {
    const auto next = family_after(method, family_);
    family_ = next.value_or(family_);
    return next.has_value();
  }

  // `match subject { .. }` for `call`; `next` is the call behind it when that only says
  // what stands for a missing value, and then taken into the match.
  bool match(const ChainCall& call, const ChainCall* next, const std::string& subject, Code& code) {
    const auto method = method_of(call.name, call.arguments.size(), family_);
    if (!method) return false;
    const bool is_option = family_ == Family::Option;
    const std::string value = wish(call, *method);
    code.open("match " + subject + " {");
    if (!arm(call, method->good, method->good_argument, is_option ? "Some" : "Ok", value, next,
             code))
      return false;
    if (!arm(call, method->bad, method->bad_argument, is_option ? "None" : "Err",
             is_option ? "" : "error", next, code))
      return false;
    code.close();
    return true;
  }

  // `if let Some(x) = subject { .. }`, where the value is not wanted.
  bool if_let(const ChainCall& call, const std::string& subject, Code& code) {
    const auto method = method_of(call.name, call.arguments.size(), family_);
    if (!method || (call.name != "map" && call.name != "and_then")) return false;
    const Node closure = call.arguments[0];
    const std::vector<Node> patterns = closure_parts(closure).patterns;
    if (patterns.size() != 1 || exits_of(closure_parts(closure).body).any()) return false;
    code.open(std::string(family_ == Family::Option ? "if let Some(" : "if let Ok(") +
              pattern_text(patterns[0]) + ") = " + subject + " {");
    const std::string value = inlined(closure, code);
    if (!value.empty()) code.line(value + ";");
    code.close();
    return true;
  }

 private:
  [[nodiscard]] bool is_future(Node closure) const {
    return std::find(futures_.begin(), futures_.end(), closure) != futures_.end();
  }

  std::string inlined(Node closure, Code& code) {
    InlineOptions options;
    options.is_awaited = is_future(closure);
    return inline_body(tree_, closure, {}, options, code);
  }

  // A name for the value that is passed on.
  std::string wish(const ChainCall& call, const Method& method) {
    if (method.good != Arm::Give && method.good != Arm::Same && method.good != Arm::Ok) return "";
    const Node let = syntax::enclosing_statement(call.call);
    const Node pattern = let.field("pattern");
    const bool is_all = let.is("let_declaration") && let.field("value") == call.call;
    if (is_all && pattern.is("identifier") && !syntax::is_mentioned(call.call, pattern.text()))
      return std::string(pattern.text());
    return names_.unused("value");
  }

  bool arm(const ChainCall& call, Arm arm, size_t argument, const std::string& wrapper,
           const std::string& name, const ChainCall* next, Code& code) {
    const Node given = argument < call.arguments.size() ? call.arguments[argument] : Node();
    const auto pattern = [&](const std::string& inner) {
      return wrapper == "None" ? wrapper : wrapper + "(" + inner + ")";
    };
    std::string value;
    std::string bound = name;
    Code statements;
    switch (arm) {
      case Arm::False:
        code.line(pattern("_") + " => false,");
        return true;
      case Arm::True:
        code.line(pattern("_") + " => true,");
        return true;
      case Arm::Same:
        value = pattern(name);
        break;
      case Arm::Give:
        value = name;
        break;
      case Arm::Ok:
        value = "Ok(" + name + ")";
        break;
      case Arm::Keep:
        return kept(given, next, code);
      case Arm::Other:
        if (!is_quiet(given)) return false;
        value = piece(tree_, given.span());
        bound = "_";
        break;
      case Arm::Apply:
      case Arm::Success:
      case Arm::Failure: {
        const bool is_path = given.is_any({"identifier", "scoped_identifier"});
        const std::vector<Node> patterns = closure_parts(given).patterns;
        const bool has_value = wrapper != "None";
        if (is_path) {
          bound = has_value && name.empty() ? names_.unused("value") : name;
          value = std::string(given.text()) + "(" + bound + ")";
          if (is_future(given)) value += ".await";
        } else {
          if (!closure_parts(given).body || patterns.size() != (has_value ? 1 : 0)) return false;
          if (has_value) bound = pattern_text(patterns[0]);
          value = inlined(given, statements);
          if (value.empty() && arm != Arm::Apply) value = "()";
        }
        if (arm == Arm::Failure) value = "Err(" + value + ")";
        if (arm == Arm::Success && next == nullptr)
          value = (family_ == Family::Option ? "Some(" : "Ok(") + value + ")";
        break;
      }
    }
    if (next != nullptr && arm == Arm::Same) {
      // `.map(f).unwrap_or(d)`
      if (next->name == "unwrap_or_default") {
        value = "Default::default()";
        bound = "_";
      } else if (next->name == "unwrap_or") {
        value = piece(tree_, next->arguments[0].span());
        bound = "_";
      } else {
        const std::vector<Node> patterns = closure_parts(next->arguments[0]).patterns;
        const bool has_value = wrapper != "None";
        if (!closure_parts(next->arguments[0]).body || patterns.size() != (has_value ? 1 : 0))
          return false;
        if (has_value) bound = pattern_text(patterns[0]);
        value = inlined(next->arguments[0], statements);
      }
    }
    const std::string head = pattern(bound) + " => ";
    if (statements.empty()) {
      const bool is_block = value.starts_with("{") && value.ends_with("}");
      code.line(head + (value.empty() ? "{}" : value + (is_block ? "" : ",")));
      return true;
    }
    code.open(head + "{");
    code.append(statements);
    if (!value.empty()) code.line(value);
    code.close();
    return true;
  }

  // `Some(x) => if test { Some(x) } else { None }`, where the closure got `&x`.
  bool kept(Node closure, const ChainCall* next, Code& code) {
    const std::vector<Node> patterns = closure_parts(closure).patterns;
    const bool is_path = closure.is_any({"identifier", "scoped_identifier"});
    const bool is_plain = patterns.size() == 1 && patterns[0].is("identifier");
    const bool is_reference = patterns.size() == 1 && patterns[0].is("reference_pattern") &&
                              patterns[0].named_children().size() == 1 &&
                              patterns[0].named_children()[0].is("identifier");
    if (next != nullptr || (!is_path && !is_plain && !is_reference && !is_wild(patterns))) {
      return false;
    }
    const std::string name =
        is_reference ? std::string(patterns[0].named_children()[0].text()) : names_.unused("value");
    Code statements;
    std::string test;
    if (is_path) {
      test = std::string(closure.text()) + "(&" + name + ")" + (is_future(closure) ? ".await" : "");
    } else {
      if (is_plain) {
        statements.line("let " + std::string(patterns[0].text()) + " = &" + name + ";");
      }
      test = inlined(closure, statements);
    }
    if (test.empty()) return false;
    code.open("Some(" + name + ") => {");
    code.append(statements);
    code.open("if " + test + " {");
    code.line("Some(" + name + ")");
    code.close_and_open("} else {");
    code.line("None");
    code.close();
    code.close();
    return true;
  }

  static bool is_wild(const std::vector<Node>& patterns) {
    return patterns.size() == 1 && patterns[0].text() == "_";
  }

  const syntax::Tree& tree_;
  const std::vector<Node>& futures_;
  Family family_;
  FreshNames names_;
};

// `.unwrap_or(d)` behind `.map(f)`: the match says both.
bool is_fallback(const ChainCall& first, const ChainCall& next) {
  if (first.name != "map") return false;
  if (next.name == "unwrap_or_default") return next.arguments.empty();
  if (next.arguments.size() != 1) return false;
  return next.name == "unwrap_or_else" || (next.name == "unwrap_or" && is_quiet(next.arguments[0]));
}

size_t index_of(const Chain& chain, Node argument) {
  size_t index = 0;
  for (; index < chain.calls.size(); ++index) {
    const auto& arguments = chain.calls[index].arguments;
    if (std::find(arguments.begin(), arguments.end(), argument) != arguments.end()) break;
  }
  return index;
}

bool awaits_within(Node argument, const std::vector<Node>& futures) {
  if (std::find(futures.begin(), futures.end(), argument) != futures.end()) return true;
  for (const Node& await : await_expressions(argument))
    if (syntax::enclosing_function(await) == argument) return true;
  // In a macro's arguments there are only tokens.
  bool is_in_tokens = false;
  syntax::walk(argument, [&](Node node) {
    if (node != argument && node.is("closure_expression")) return syntax::Walk::Over;
    const std::vector<Node> parts = node.is("token_tree") ? node.children() : std::vector<Node>();
    is_in_tokens |= std::any_of(parts.begin(), parts.end(), [](const Node& part) {
      return part.text() == "await" && part.previous().text() == ".";
    });
    return syntax::Walk::Into;
  });
  return is_in_tokens;
}

bool is_awaiting(const ChainCall& call, const std::vector<Node>& futures) {
  return std::any_of(call.arguments.begin(), call.arguments.end(),
                     [&](const Node& argument) { return awaits_within(argument, futures); });
}

// `.filter(..)` behind its receiver, on the same line unless a comment is between.
std::string call_text(const syntax::Tree& tree, Node receiver, Node call) {
  const base::Span span{call.span().file, receiver.end(), call.end()};
  const std::string text = piece(tree, span);
  const size_t dot = text.find('.');
  return syntax::has_comment(tree, {span.file, span.begin, method_name(call).begin()})
             ? text
             : text.substr(dot);
}

}  // namespace

std::vector<std::vector<base::Edit>> match_for_combinator(const syntax::Tree& tree, Node closure,
                                                          const std::vector<Node>& futures) {
  std::vector<std::vector<base::Edit>> result;
  const Chain chain = chain_around(closure);
  const size_t first = index_of(chain, closure);
  if (first == chain.calls.size() || syntax::is_in_macro(closure) ||
      chain.calls.back().call.has_error())
    return result;
  const ChainCall& call = chain.calls[first];
  const syntax::Layout layout = syntax::layout(tree.text());
  if (call.name == "then" && call.arguments.size() == 1) {
    const ChainCall* next = first + 1 < chain.calls.size() ? &chain.calls[first + 1] : nullptr;
    return if_for_then(tree, call, next, chain.receiver(first), futures);
  }
  if (call.name == "get_or_insert_with" && call.arguments.size() == 1) {
    if (auto edits = fill_slot(tree, call, chain.receiver(first), futures))
      result.push_back(std::move(*edits));
    return result;
  }
  if (call.name == "or_insert_with" && call.arguments.size() == 1) {
    for (const char* const kind : {"hash_map", "btree_map"})
      if (auto edits = fill_entry(tree, call, chain.receiver(first), futures, kind))
        result.push_back(std::move(*edits));
    return result;
  }
  for (const Family family : {Family::Option, Family::Result}) {
    Writer writer(tree, futures, family, closure);
    FreshNames names(closure);
    Statements statements;
    std::string subject = subject_text(tree, chain.receiver(first));
    size_t last = first;
    bool is_written = false;
    Code code;
    // What is written gets a name, and the chain goes on with that.
    const auto name_it = [&] {
      subject = names.unused("value");
      statements.code.line("let " + subject + " = " + code.as_piece(layout) + ";");
      code = Code();
    };
    for (size_t at = first; at < chain.calls.size(); ++at) {
      const ChainCall& step = chain.calls[at];
      if (!is_awaiting(step, futures)) {
        const bool goes_on =
            std::any_of(chain.calls.begin() + static_cast<std::ptrdiff_t>(at), chain.calls.end(),
                        [&](const ChainCall& later) { return is_awaiting(later, futures); });
        if (!goes_on || !writer.pass(step.name)) break;
        if (is_written) name_it();
        is_written = false;
        subject += call_text(tree, chain.receiver(at), step.call);
        continue;
      }
      if (is_written) name_it();
      for (const Node& comment : comments_before(step.call))
        statements.code.line(piece(tree, comment.span()));
      const ChainCall* next = at + 1 < chain.calls.size() && is_fallback(step, chain.calls[at + 1])
                                  ? &chain.calls[at + 1]
                                  : nullptr;
      const bool is_unused = place_of(step.call).kind == ExpressionPlace::Kind::Statement;
      is_written = is_unused && writer.if_let(step, subject, code);
      if (!is_written && !writer.match(step, next, subject, code)) break;
      is_written = true;
      if (next != nullptr) {
        ++at;
        for (const Node& comment : comments_before(next->call))
          statements.code.line(piece(tree, comment.span()));
      }
      last = at;
      if (!writer.pass(chain.calls[last].name)) break;
    }
    if (!is_written || last < first) continue;
    const ExpressionPlace place = place_of(chain.calls[last].call);
    if (place.kind == ExpressionPlace::Kind::Statement) {
      statements.code.append(code);
      result.push_back(put(tree, place, statements));
      continue;
    }
    statements.value = code.as_piece(layout);
    for (std::vector<base::Edit>& edits : put_branches(tree, place, std::move(statements), names))
      if (std::find(result.begin(), result.end(), edits) == result.end())
        result.push_back(std::move(edits));
  }
  return result;
}

}  // namespace jaa::rewrite
