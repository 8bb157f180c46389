#include "propagate/half_done.h"

#include <algorithm>
#include <map>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "flow/call_sites.h"
#include "flow/future_text.h"
#include "flow/missing_await.h"
#include "propagate/call_shape.h"
#include "propagate/find_function.h"
#include "propagate/opened_trees.h"
#include "rewrite/boxed_method.h"
#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// Around what is awaited: code that may not await has its output as well.
constexpr llvm::StringRef WaitBegin =
    "({ fn jaa_wait<F: ::core::future::Future>(_: F) -> F::Output { loop {} } jaa_wait(";
constexpr llvm::StringRef WaitEnd = ") })/* jaa await */";
// Around a call whose future is wanted.
constexpr llvm::StringRef KeepBegin = "::core::future::ready(";
constexpr llvm::StringRef KeepEnd = ")/* jaa future */";

bool has_attribute_path(Node function, llvm::StringRef end) {
  for (Node before = function.previous(); before.is_comment() || before.is("attribute_item");
       before = before.previous()) {
    const llvm::StringRef text(before.text());
    if (before.is("attribute_item") && (text.contains(end) || text.contains("::test"))) {
      return true;
    }
  }
  return false;
}

// `main`, or a test, that no attribute runs.
bool is_plain_entry(Node function) {
  return is_entry(function) && !has_attribute_path(function, "main");
}

std::vector<Node> async_functions(const flow::Facts& facts) {
  std::vector<Node> result;
  std::set<base::FileId> seen;
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId file : crate.files) {
      if (!seen.insert(file).second) {
        continue;
      }
      syntax::walk(facts.tree(file).root(), [&](Node node) {
        if (node.is_any({"token_tree", "macro_definition"})) {
          return syntax::Walk::Over;
        }
        if (node.is_any({"function_item", "function_signature_item"}) &&
            syntax::is_async_function(node)) {
          result.push_back(node);
        }
        return syntax::Walk::Into;
      });
    }
  }
  return result;
}

// Some methods of the group are async, and some are not.
bool is_mixed(const std::vector<Node>& group) {
  const auto gives = [](const Node& member) { return rewrite::gives_future(member); };
  return !std::all_of(group.begin(), group.end(), gives) &&
         std::any_of(group.begin(), group.end(), syntax::is_async_function);
}

// What follows the call, `.await`; empty when it is something else.
base::Span await_behind(const flow::CallSite& site) {
  const uint32_t end = site.call.end();
  if (site.is_in_macro) {
    const Node dot = site.call.next();
    return dot.text() == "." && dot.next().text() == "await"
               ? base::Span{site.call.span().file, end, dot.next().end()}
               : base::Span{site.call.span().file, end, end};
  }
  const Node parent = site.call.parent();
  return {site.call.span().file, end, parent.is("await_expression") ? parent.end() : end};
}

base::Span whole_call(const flow::CallSite& site) {
  if (!site.is_in_macro) {
    return site.call.span();
  }
  const Node name = site.call.previous();
  return {site.call.span().file, (name ? first_token(name) : site.call).begin(), site.call.end()};
}

bool touches(const std::vector<base::Span>& places, const base::Span& place) {
  return std::any_of(places.begin(), places.end(),
                     [&place](const base::Span& one) { return one.overlaps(place); });
}

// Names that stand where an error points at: of functions that are given away there.
std::set<std::string_view> names_at(const flow::Facts& facts,
                                    const std::vector<base::Span>& places) {
  std::set<std::string_view> result;
  for (const base::Span& place : places) {
    const Node node = facts.tree(place.file).smallest_node(place);
    if (node.is_any({"identifier", "scoped_identifier"})) {
      result.insert(node.is("identifier") ? node.text() : syntax::last_name(node));
    }
  }
  return result;
}

// What the compiler misses is one of the traits that futures are asked for as what they are.
// An error that a future is not `Send` has no code.
bool misses_trait_of_futures(const rustc::Diagnostic& error) {
  std::vector<std::string> traits = rustc::quoted_parts(error.message);
  for (const rustc::Diagnostic& child : error.children) {
    if (child.level == rustc::Level::Help) {
      const std::vector<std::string> quoted = rustc::quoted_parts(child.message);
      traits.insert(traits.end(), quoted.begin(), quoted.end());
    }
  }
  return (error.code.empty() || error.code == "E0277") &&
         std::any_of(traits.begin(), traits.end(), flow::is_trait_of_futures);
}

// The error quotes a future's type, where it wants a value.
bool finds_future(const rustc::Diagnostic& error) {
  const std::vector<std::string> quoted = flow::quoted_texts(error);
  return std::any_of(quoted.begin(), quoted.end(),
                     [](const auto& text) {
                       return llvm::StringRef(text).contains("impl Future<Output");
                     }) &&
         !misses_trait_of_futures(error);
}

// What stands at `span` has to be of a type that is none of a future; what it is of instead
// is not quoted.
bool wants_value(const rustc::Diagnostic& error, const rustc::DiagnosticSpan& span,
                 const syntax::Items& items) {
  const std::vector<std::string> expected = rustc::quoted_parts(span.label);
  return error.code == "E0308" && span.is_primary && expected.size() == 1 &&
         !flow::is_future_type(expected.front(), items);
}

// The function around an await can become async itself.
bool may_become_async(const base::Span& await, const flow::Facts& facts) {
  const Node function = syntax::enclosing_function(facts.tree(await.file).smallest_node(await));
  return function.is("function_item") && !is_entry(function) &&
         foreign_trait(facts, function).empty();
}

// Where messages of one kind point at.
struct Places {
  bool has_errors = false;
  std::vector<base::Span> futures;    // where a value is wanted
  std::vector<base::Span> wanted;     // expressions that have to be values
  std::vector<base::Span> misplaced;  // awaits in code that may not await
  std::vector<base::Span> unused;     // values that nobody uses, where there is no error
  std::set<std::string_view> values;  // names that errors point at
  std::set<std::string> not_dyn;      // traits that cannot be used as `dyn` (E0038)

  explicit Places(const flow::Facts& facts) {
    for (const rustc::Diagnostic& message : facts.diagnostics()) {
      has_errors |= message.is_error();
    }
    for (const rustc::Diagnostic& message : facts.diagnostics()) {
      const bool is_unused = !has_errors && message.code == "unused_must_use";
      const bool is_wrong = message.is_error() && finds_future(message);
      const std::vector<std::string> quoted = rustc::quoted_parts(message.message);
      if (message.code == "E0038" && !quoted.empty()) {
        not_dyn.insert(quoted.front());
      }
      for (const rustc::DiagnosticSpan& span : message.spans) {
        const auto place = facts.names().visible_span(span);
        if (place && is_unused) {
          unused.push_back(*place);
        } else if (place && is_wrong) {
          futures.push_back(*place);
        } else if (place && message.is_error() && wants_value(message, span, facts.items())) {
          wanted.push_back(*place);
        }
        if (place && message.code == "E0728" && span.is_primary &&
            may_become_async(*place, facts)) {
          misplaced.push_back(*place);
        }
      }
    }
    if (!has_errors) {
      return;
    }
    values = names_at(facts, futures);
    // Where the future itself stands, the error may point at what is done with it.
    for (const flow::UnawaitedFuture& future : flow::find_unawaited(facts)) {
      futures.push_back(future.place);
    }
  }
};

// One group of functions, with the calls of it.
struct Group {
  std::vector<Node> functions;
  std::vector<flow::CallSite> sites;
};

// The code around the call makes something of its value at once.
bool uses_value(const flow::CallSite& site) {
  if (site.is_in_macro) {
    return site.call.next().text() == "." || site.call.next().text() == "?";
  }
  const Node parent = site.call.parent();
  return parent.is_any({"if_expression", "while_expression", "match_expression", "let_condition",
                        "binary_expression", "unary_expression", "try_expression", "for_expression",
                        "index_expression", "assignment_expression", "compound_assignment_expr",
                        "expression_statement"}) ||
         (parent.is("field_expression") && parent.field("value") == site.call);
}

// Something is awaited in the function already: it was not made of one that is not async.
bool has_await(const Node& function) {
  bool result = false;
  syntax::walk(function.field("body"), [&result](Node node) {
    result |= node.is("await_expression");
    return result ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return result;
}

bool is_half_done(const Group& group, const Places& places) {
  if (is_mixed(group.functions)) {
    return places.has_errors;
  }
  if (places.values.contains(group.functions.front().field("name").text())) {
    return true;
  }
  const Node trait = syntax::trait_of(group.functions.front());
  const bool is_not_dyn = trait &&
                          places.not_dyn.contains(std::string(trait.field("name").text())) &&
                          std::none_of(group.functions.begin(), group.functions.end(), has_await);
  // One await that is missing among many is a mistake of another kind.
  size_t awaited = 0;
  size_t wrong = 0;
  bool is_unused = false;
  for (const flow::CallSite& site : group.sites) {
    const base::Span await = await_behind(site);
    if (!await.is_empty()) {
      ++(touches(places.misplaced, await) ? wrong : awaited);
      continue;
    }
    const base::Span call = whole_call(site);
    const bool is_wanted =
        std::find(places.wanted.begin(), places.wanted.end(), call) != places.wanted.end();
    wrong += is_wanted || touches(places.futures, call) ? 1 : 0;
    is_unused |= touches(places.unused, call) || (is_not_dyn && uses_value(site));
  }
  return wrong > 0 ? wrong >= awaited : is_unused && awaited == 0;
}

}  // namespace

HalfDone::HalfDone(const flow::Facts& facts) : facts_(facts) {
  const Places places(facts);
  if (!places.has_errors && places.unused.empty()) {
    return;
  }
  const flow::CallSites calls(facts.trees(), facts.crates(), facts.items());
  std::set<base::Span> seen;
  const auto take = [&](const Group& group) {
    for (const Node& function : group.functions) {
      functions_.push_back(function);
    }
    for (const flow::CallSite& site : group.sites) {
      calls_.push_back({whole_call(site), await_behind(site)});
    }
  };
  for (const Node& function : async_functions(facts)) {
    if (seen.contains(function.span())) {
      continue;
    }
    Group group{methods_alike(facts, function), {}};
    for (const Node& member : group.functions) {
      seen.insert(member.span());
    }
    if (is_entry(function)) {
      if (is_plain_entry(function) && places.has_errors) {
        take(group);
      }
      continue;
    }
    group.sites = calls.of(group.functions);
    if (is_half_done(group, places)) {
      take(group);
    }
  }
  // Where something else is awaited that has no place to be, the function around becomes
  // async.
  for (const base::Span& place : places.misplaced) {
    const bool is_known = std::any_of(calls_.begin(), calls_.end(), [&place](const Call& call) {
      return call.await.overlaps(place);
    });
    const Node function =
        syntax::enclosing(facts.tree(place.file).smallest_node(place), {"function_item"});
    if (!is_known && function && !syntax::is_async_function(function) &&
        seen.insert(function.span()).second) {
      Group group{methods_alike(facts, function), {}};
      group.sites = calls.of(group.functions);
      take(group);
    }
  }
}

std::vector<base::Edit> HalfDone::undo() const {
  std::vector<base::Edit> edits;
  std::map<std::pair<base::FileId, uint32_t>, std::string> inserted;
  std::set<base::Span> removed;
  for (const Call& call : calls_) {
    if (!call.await.is_empty() && removed.insert(call.await).second) {
      edits.push_back({call.await, ""});
    }
    if (call.is_kept) {
      inserted[{call.place.file, call.place.begin}] += KeepBegin;
      edits.push_back({{call.place.file, call.place.end, call.place.end}, KeepEnd.str()});
    }
  }
  OpenedTrees opened(facts_);
  for (const Node& function : functions_) {
    const base::FileId file = function.span().file;
    for (const Node& part : function.children()) {
      for (const Node& word :
           part.is("function_modifiers") ? part.children() : std::vector<Node>()) {
        if (word.is("async")) {
          const Node next = word.next() ? word.next() : part.next();
          edits.push_back({{file, word.begin(), next.begin()}, ""});
        }
      }
    }
    const Node body = function.field("body");
    if (!body) {
      continue;
    }
    std::vector<base::Span> in_macros;
    syntax::walk(body, [&](Node node) {
      if (node.text() == "await" && syntax::is_in_macro(node)) {
        in_macros.push_back(node.span());
      }
      return syntax::Walk::Into;
    });
    opened.open(file, in_macros);
    syntax::walk(opened.tree(file).smallest_node(body.span()), [&](Node node) {
      const bool is_other = node.is_any({"function_item", "async_block"}) ||
                            (node.is("closure_expression") && syntax::is_async_function(node));
      if (is_other) {
        return syntax::Walk::Over;
      }
      const Node operand = rewrite::awaited_operand(node);
      if (operand) {
        const base::Span await{file, operand.end(), node.end()};
        if (removed.insert(await).second) {
          inserted[{file, operand.begin()}] += WaitBegin;
          // A line end before the dot stays, so that `redo` gives it back.
          const auto dot =
              static_cast<uint32_t>(facts_.files().text(file).rfind('.', node.end() - 1));
          edits.push_back({{file, dot, node.end()}, WaitEnd.str()});
        }
      }
      return syntax::Walk::Into;
    });
  }
  for (const auto& [place, text] : inserted) {
    edits.push_back({{place.first, place.second, place.second}, text});
  }
  return edits;
}

uint32_t HalfDone::undone_offset(base::FileId file, uint32_t offset) const {
  int64_t shift = 0;
  for (const base::Edit& edit : undo()) {
    if (edit.span.file == file && edit.span.end <= offset) {
      shift += static_cast<int64_t>(edit.text.size()) -
               static_cast<int64_t>(edit.span.end - edit.span.begin);
    }
  }
  return static_cast<uint32_t>(offset + shift);
}

bool HalfDone::keep_wanted(const flow::Facts& undone) {
  const std::vector<base::Span> wanted = flow::wanted_futures(undone);
  std::vector<Call*> kept;
  for (Call& call : calls_) {
    const base::FileId file = call.place.file;
    const base::Span place{file, undone_offset(file, call.place.begin),
                           undone_offset(file, call.place.end - 1) + 1};
    const Node macro =
        syntax::enclosing(undone.tree(file).smallest_node(place), {"macro_invocation"});
    const bool is_wanted = std::any_of(wanted.begin(), wanted.end(), [&](const base::Span& one) {
      return one == place || (macro && macro.span() == one);
    });
    if (is_wanted && call.await.is_empty() && !call.is_kept) {
      kept.push_back(&call);
    }
  }
  for (Call* const call : kept) {
    call->is_kept = true;
  }
  return !kept.empty();
}

std::vector<Node> HalfDone::leaves(const flow::Facts& undone) const {
  std::vector<Node> result;
  for (const Node& function : functions_) {
    const base::Span name = function.field("name").span();
    const uint32_t begin = undone_offset(name.file, name.begin);
    const Node at =
        undone.tree(name.file).smallest_node({name.file, begin, begin + (name.end - name.begin)});
    const Node same = syntax::enclosing(at, {"function_item", "function_signature_item"});
    if (same && !is_entry(same)) {
      result.push_back(same);
    }
  }
  return result;
}

bool HalfDone::is_kept(const FunctionUse& use, const flow::Facts& undone) {
  const Node name = undone.tree(use.name.file).smallest_node(use.name);
  Node call = syntax::is_in_macro(name) ? name.next() : whole_name(name).parent();
  while (call.is("parenthesized_expression")) {
    call = call.parent();
  }
  const llvm::StringRef text(undone.files().text(use.name.file));
  return call && text.substr(call.end()).starts_with(KeepEnd);
}

std::string redo(std::string text) {
  const auto replace = [&text](llvm::StringRef from, llvm::StringRef to) {
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
      text.replace(at, from.size(), to);
    }
  };
  replace(WaitBegin, "");
  replace(WaitEnd, ".await");
  // Others may call `ready` as well: only what ends with the mark is ours.
  for (size_t end = text.find(KeepEnd); end != std::string::npos; end = text.find(KeepEnd)) {
    size_t begin = text.rfind(KeepBegin, end);
    // A kept call may lie in the arguments of another one; its mark is gone by then.
    text.erase(end, KeepEnd.size());
    if (begin != std::string::npos) {
      text.erase(begin, KeepBegin.size());
    }
  }
  return text;
}

}  // namespace jaa::propagate
