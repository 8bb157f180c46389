#include <algorithm>
#include <map>
#include <set>

#include "llvm/ADT/StringSet.h"

#include "rewrite/callback.h"
#include "rewrite/imports.h"
#include "rewrite/list_edits.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// The last name of a path that is written as a type.
Node name_token(Node path) {
  if (path.is("generic_type")) path = path.field("type");
  return path.is("scoped_type_identifier") ? path.field("name") : path;
}

std::vector<Node> type_tokens(Node root, std::string_view name) {
  std::vector<Node> result;
  syntax::walk(root, [&](Node node) {
    if (node.is_any({"type_identifier", "identifier"}) && node.text() == name)
      result.push_back(node);
    return Walk::Into;
  });
  return result;
}

std::vector<Node> elements_of(Node list) {
  std::vector<Node> result;
  for (const Node& part : list.named_children())
    if (!part.is_comment() && !part.is("attribute_item")) result.push_back(part);
  return result;
}

// Elements taken out of lists, one edit for those that stand side by side.
class Removals {
 public:
  void add(Node element) { lists_[element.parent().span()].push_back(element); }
  void take(std::vector<base::Edit>& edits) {
    for (auto& [span, removed] : lists_) {
      const Node list = removed.front().parent();
      remove_elements(list, elements_of(list), removed, edits);
    }
  }

 private:
  std::map<base::Span, std::vector<Node>> lists_;
};

// The lifetime of what the bound's references borrow, for the type that it returns.
struct Borrowed {
  std::string name;  // "'_", or one that the bound declares
  std::vector<base::Edit> edits;
};

std::optional<Borrowed> borrowed_by(Node bound) {
  std::vector<Node> elided;
  syntax::walk(bound.field("parameters"), [&elided](Node node) {
    const std::vector<Node> parts = node.named_children();
    const bool is_named = std::any_of(parts.begin(), parts.end(),
                                      [](const Node& part) { return part.is("lifetime"); });
    if (node.is("reference_type") && !is_named) elided.push_back(node);
    return node.is_any({"function_type", "dynamic_type"}) ? Walk::Over : Walk::Into;
  });
  Borrowed borrowed;
  const Node outer = bound.parent();
  if (outer.is("higher_ranked_trait_bound")) {
    const std::vector<Node> declared = elements_of(outer.field("type_parameters"));
    if (declared.size() != 1 || !elided.empty()) return std::nullopt;
    borrowed.name = std::string(declared.front().text());
    return borrowed;
  }
  const bool has_placeholder =
      bound.field("parameters").text().find("'_") != std::string_view::npos;
  if (elided.empty()) return std::nullopt;
  borrowed.name = "'_";
  if (elided.size() == 1 && !has_placeholder) return borrowed;
  borrowed.name = file_text(bound).find("'a") == std::string_view::npos ? "'a" : "'call";
  borrowed.edits.push_back(
      {{bound.span().file, bound.begin(), bound.begin()}, "for<" + borrowed.name + "> "});
  for (const Node& reference : elided)
    borrowed.edits.push_back(
        {{bound.span().file, reference.begin() + 1, reference.begin() + 1}, borrowed.name + " "});
  return borrowed;
}

class Binder {
 public:
  Binder(const syntax::Items& items, bool may_change) : items_(items), may_change_(may_change) {}

  // False where it cannot be bound so.
  bool bind(const Callback& callback) {
    if (!bounds_.insert(callback.bound.span()).second) return add_mut(callback);
    const Node trait = name_token(callback.bound.field("trait"));
    const std::string kind = may_change_ && callback.kind == "Fn" ? "FnMut" : callback.kind;
    if (trait.text() != "Async" + kind) replace(trait, "Async" + kind);
    if (callback.is_async) return add_mut(callback);
    if (!callback.future) return false;
    const std::string name(callback.future.field("name").text());
    std::vector<Node> outputs;
    if (!has_no_other_uses(callback, name, outputs)) return false;
    const bool keeps_parameter = !callback.names_output() || !outputs.empty();
    const Node returned = callback.bound.field("return_type");
    if (keeps_parameter) {
      // The parameter goes on as what the future gives.
      const std::string output = output_name(callback.owner);
      replace(callback.future, output);
      replace(returned, output);
      for (const Node& use : outputs) replace(use, output);
    } else {
      removals_.add(callback.future);
      shorten_turbofish(callback);
      if (!callback.output || callback.output.text() == "()")
        edits_.push_back(
            {{returned.span().file, callback.bound.field("parameters").end(), returned.end()}, ""});
      else
        replace(returned, std::string(callback.output.text()));
    }
    forget_imports(callback, name);
    return add_mut(callback);
  }

  bool bind_box(const Callback& callback, std::string_view edition) {
    if (!bounds_.insert(callback.bound.span()).second) return true;
    std::optional<Borrowed> borrowed = borrowed_by(callback.bound);
    if (callback.is_async) {
      if (!borrowed) borrowed.emplace();
      box_async(callback, *borrowed, edition);
      return true;
    }
    if (!callback.future || !borrowed || !callback.names_output()) return false;
    const std::string name(callback.future.field("name").text());
    std::vector<Node> outputs;
    if (!has_no_other_uses(callback, name, outputs) || !outputs.empty()) return false;
    std::string bounds;
    for (const Node& bound : callback.future_bounds)
      if (!bound.is("lifetime"))
        bounds += (bounds.empty() ? "" : " + ") + std::string(bound.text());
    removals_.add(callback.future);
    shorten_turbofish(callback);
    const std::string pin = imports_.name_at(callback.bound, "std::pin::Pin");
    replace(callback.bound.field("return_type"),
            pin + "<Box<dyn " + bounds + " + " + borrowed->name + ">>");
    edits_.insert(edits_.end(), borrowed->edits.begin(), borrowed->edits.end());
    return true;
  }

  bool bind_future(const Callback& callback, const std::string& bounds, std::string_view edition) {
    if (!bounds_.insert(callback.bound.span()).second) return true;
    if (!callback.is_async && !callback.gives_value()) return false;
    const llvm::StringSet<> taken = syntax::names(callback.owner);
    std::string name = "Fut";
    for (const char* wish : {"Fut", "CallFut", "CallbackFuture"})
      if (taken.contains(name)) name = wish;
    const std::string declared =
        name + ": " + future_of(callback, edition) + (bounds.empty() ? "" : " + " + bounds);
    return_type(callback, name);
    const Node owner_bound =
        syntax::enclosing(callback.bound, {"type_parameter", "where_predicate", "parameter"});
    const base::FileId file = callback.owner.span().file;
    if (owner_bound.is("where_predicate")) {
      // Behind the predicate, in a line of its own where that has one.
      const Node type = parameter_named(callback.owner, owner_bound.field("left").text());
      if (!type) return false;
      edits_.push_back({{file, type.end(), type.end()}, ", " + name});
      edits_.push_back({{file, owner_bound.end(), owner_bound.end()},
                        "," + space_before(owner_bound) + declared});
    } else if (owner_bound.is("type_parameter") && !fits(owner_bound, declared) &&
               callback.owner.is("function_item")) {
      // A `where` clause, as the generics would be too long for their line.
      edits_.push_back({{file, owner_bound.end(), owner_bound.end()}, ", " + name});
      add_where(callback.owner, declared);
    } else if (owner_bound.is("type_parameter")) {
      edits_.push_back({{file, owner_bound.end(), owner_bound.end()}, ", " + declared});
    } else if (const Node generics = callback.owner.field("type_parameters")) {
      const uint32_t at =
          elements_of(generics).empty() ? generics.begin() + 1 : elements_of(generics).back().end();
      edits_.push_back({{file, at, at}, (elements_of(generics).empty() ? "" : ", ") + declared});
    } else {
      const uint32_t at = callback.owner.field("name").end();
      edits_.push_back({{file, at, at}, "<" + declared + ">"});
    }
    lengthen_turbofish(callback);
    return true;
  }

  std::vector<base::Edit> take() {
    removals_.take(edits_);
    std::vector<base::Edit> more = imports_.take();
    edits_.insert(edits_.end(), more.begin(), more.end());
    return std::move(edits_);
  }

 private:
  void replace(Node node, std::string text) { edits_.push_back({node.span(), std::move(text)}); }

  static bool fits(Node parameter, const std::string& declared) {
    constexpr size_t LineWidth = 100;
    const std::string_view text = file_text(parameter);
    return syntax::line_stop(text, parameter.end()) - syntax::line_start(text, parameter.begin()) +
               declared.size() <
           LineWidth;
  }

  void add_where(Node function, const std::string& predicate) {
    const Node body = function.field("body");
    const std::string_view text = file_text(function);
    const syntax::Layout layout = syntax::layout(text);
    const std::string line =
        std::string(layout.line_end) + std::string(syntax::indentation(text, function.begin()));
    const Node clause = body.previous();
    const bool is_where = clause.is("where_clause");
    if (is_where) {
      const bool is_closed = clause.text().ends_with(",");
      edits_.push_back({{body.span().file, clause.end(), clause.end()},
                        (is_closed ? "" : ",") + line + layout.indent + predicate + ","});
      return;
    }
    edits_.push_back({{body.span().file, clause.end(), body.begin()},
                      line + "where" + line + layout.indent + predicate + "," + line});
  }

  static Node parameter_named(Node owner, std::string_view name) {
    for (const Node& one : elements_of(owner.field("type_parameters")))
      if (one.is("type_parameter") && one.field("name").text() == name) return one;
    return {};
  }

  // The white space in front of a predicate.
  static std::string space_before(Node predicate) {
    const std::string_view text = file_text(predicate);
    uint32_t begin = predicate.begin();
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\n' ||
                         text[begin - 1] == '\t' || text[begin - 1] == '\r'))
      --begin;
    const std::string_view space = text.substr(begin, predicate.begin() - begin);
    return space.find('\n') == std::string_view::npos ? " " : std::string(space);
  }

  std::string future_of(const Callback& callback, std::string_view edition) {
    const std::string output =
        callback.output ? std::string(callback.output.text()) : std::string("()");
    const std::string path = edition >= "2024"
                                 ? std::string("Future")
                                 : imports_.name_at(callback.bound, "std::future::Future");
    return path + "<Output = " + output + ">";
  }

  // `AsyncFn(A) -> R` becomes `Fn(A) -> type`.
  void return_type(const Callback& callback, const std::string& type) {
    replace(name_token(callback.bound.field("trait")), callback.kind);
    if (callback.output) {
      replace(callback.output, type);
    } else {
      const uint32_t at = callback.bound.end();
      edits_.push_back({{callback.bound.span().file, at, at}, " -> " + type});
    }
  }

  void box_async(const Callback& callback, const Borrowed& borrowed, std::string_view edition) {
    const std::string pin = imports_.name_at(callback.bound, "std::pin::Pin");
    const std::string lifetime = borrowed.name.empty() ? "" : " + " + borrowed.name;
    return_type(callback,
                pin + "<Box<dyn " + future_of(callback, edition) + " + Send" + lifetime + ">>");
    edits_.insert(edits_.end(), borrowed.edits.begin(), borrowed.edits.end());
  }

  // `serve::<_>(..)` names one type more; which of them does not matter.
  void lengthen_turbofish(const Callback& callback) {
    for (const Node& argument : arguments_for(items_, callback)) {
      const Node function = argument.parent().parent().field("function");
      const std::vector<Node> given = elements_of(function.field("type_arguments"));
      if (function.is("generic_function") && !given.empty() && callback.owner == callback.function)
        edits_.push_back(
            {{given.back().span().file, given.back().end(), given.back().end()}, ", _"});
    }
  }

  // `Fut` stands in its declaration, in its own bounds' predicates and as what the bound
  // returns; `Fut::Output` besides goes to `outputs`.
  bool has_no_other_uses(const Callback& callback, const std::string& name,
                         std::vector<Node>& outputs) {
    for (const Node& token : type_tokens(callback.owner, name)) {
      const Node parent = token.parent();
      if (parent == callback.future || token == callback.bound.field("return_type")) continue;
      if (parent.is("where_predicate") && parent.field("left") == token) {
        removals_.add(parent);
        continue;
      }
      const bool is_output = parent.is_any({"scoped_type_identifier", "scoped_identifier"}) &&
                             parent.field("path") == token &&
                             parent.field("name").text() == "Output";
      if (!is_output) return false;
      outputs.push_back(parent);
    }
    return true;
  }

  static std::string output_name(Node owner) {
    const llvm::StringSet<> taken = syntax::names(owner);
    for (const char* wish : {"R", "T", "Out", "Reply"})
      if (!taken.contains(wish)) return wish;
    return "CallbackOutput";
  }

  void forget_imports(const Callback& callback, const std::string& name) {
    for (const Node& bound : callback.future_bounds)
      syntax::walk(bound, [&](Node node) {
        const bool is_kept = callback.output && callback.output.contains(node);
        if (node.is("type_identifier") && node.text() != name && !is_kept)
          imports_.remove_mention(node);
        return Walk::Into;
      });
  }

  // A call of `AsyncFnMut` needs the variable to be `mut`.
  bool add_mut(const Callback& callback) {
    const Node pattern = callback.parameter.field("pattern");
    const bool is_mut = pattern.is("mut_pattern") ||
                        callback.parameter.has_child("mutable_specifier") ||
                        callback.parameter.field("type").is("reference_type");
    if (may_change_ && callback.kind == "Fn" && !is_mut && pattern.is("identifier") &&
        callback.function.field("body"))
      edits_.push_back({{pattern.span().file, pattern.begin(), pattern.begin()}, "mut "});
    return true;
  }

  // `serve::<_, _>(..)` names one type less.
  void shorten_turbofish(const Callback& callback) {
    const std::vector<Node> parameters = elements_of(callback.future.parent());
    std::vector<Node> types;
    for (const Node& one : parameters)
      if (!one.is("lifetime_parameter")) types.push_back(one);
    const auto at = std::find(types.begin(), types.end(), callback.future);
    if (callback.owner != callback.function || at == types.end()) return;
    for (const Node& argument : arguments_for(items_, callback)) {
      const Node function = argument.parent().parent().field("function");
      if (!function.is("generic_function")) continue;
      std::vector<Node> given;
      for (const Node& one : elements_of(function.field("type_arguments")))
        if (!one.is("lifetime")) given.push_back(one);
      if (given.size() == types.size())
        removals_.add(given[static_cast<size_t>(at - types.begin())]);
    }
  }

  const syntax::Items& items_;
  bool may_change_;
  std::set<base::Span> bounds_;
  Removals removals_;
  ImportEdits imports_;
  std::vector<base::Edit> edits_;
};

}  // namespace

std::vector<base::Edit> bind_async(const syntax::Items& items,
                                   const std::vector<Callback>& callbacks, bool may_change) {
  Binder binder(items, may_change);
  for (const Callback& callback : callbacks)
    if (!binder.bind(callback)) return {};
  return binder.take();
}

std::vector<base::Edit> bind_boxed(const syntax::Items& items,
                                   const std::vector<Callback>& callbacks,
                                   std::string_view edition) {
  Binder binder(items, false);
  for (const Callback& callback : callbacks)
    if (!binder.bind_box(callback, edition)) return {};
  return binder.take();
}

std::vector<base::Edit> bind_future(const syntax::Items& items,
                                    const std::vector<Callback>& callbacks,
                                    const std::string& bounds, std::string_view edition) {
  Binder binder(items, false);
  for (const Callback& callback : callbacks)
    if (!binder.bind_future(callback, bounds, edition)) return {};
  return binder.take();
}

std::vector<base::Edit> bind_kind(const std::vector<Callback>& callbacks, const std::string& kind) {
  std::vector<base::Edit> edits;
  for (const Callback& callback : callbacks) {
    const Node name = name_token(callback.bound.field("trait"));
    edits.push_back({name.span(), (callback.is_async ? "Async" : "") + kind});
    const Node pattern = callback.parameter.field("pattern");
    if (kind == "FnMut" && pattern.is("identifier") && callback.function.field("body") &&
        !callback.parameter.has_child("mutable_specifier"))
      edits.push_back({{pattern.span().file, pattern.begin(), pattern.begin()}, "mut "});
  }
  return edits;
}

}  // namespace jaa::rewrite
