#include <algorithm>
#include <map>
#include <set>

#include "llvm/ADT/StringSet.h"

#include "rewrite/callback.h"
#include "rewrite/imports.h"
#include "rewrite/list_edits.h"
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
  const bool has_placeholder = bound.field("parameters").text().find("'_") != std::string_view::npos;
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

class AsyncBinder {
 public:
  AsyncBinder(const syntax::Items& items, const std::string& kind) : items_(items), kind_(kind) {}

  // False where it cannot be bound so.
  bool bind(const Callback& callback) {
    if (!bounds_.insert(callback.bound.span()).second) return add_mut(callback);
    const Node trait = name_token(callback.bound.field("trait"));
    if (trait.text() != "Async" + kind_) replace(trait, "Async" + kind_);
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
            {{returned.span().file, callback.bound.field("parameters").end(), returned.end()},
             ""});
      else
        replace(returned, std::string(callback.output.text()));
    }
    forget_imports(callback, name);
    return add_mut(callback);
  }

  bool bind_box(const Callback& callback) {
    if (!bounds_.insert(callback.bound.span()).second) return true;
    std::optional<Borrowed> borrowed = borrowed_by(callback.bound);
    if (!callback.future || !borrowed || !callback.names_output()) return false;
    const std::string name(callback.future.field("name").text());
    std::vector<Node> outputs;
    if (!has_no_other_uses(callback, name, outputs) || !outputs.empty()) return false;
    std::string bounds;
    for (const Node& bound : callback.future_bounds)
      if (!bound.is("lifetime")) bounds += (bounds.empty() ? "" : " + ") + std::string(bound.text());
    removals_.add(callback.future);
    shorten_turbofish(callback);
    const std::string pin = imports_.name_at(callback.bound, "std::pin::Pin");
    replace(callback.bound.field("return_type"),
            pin + "<Box<dyn " + bounds + " + " + borrowed->name + ">>");
    edits_.insert(edits_.end(), borrowed->edits.begin(), borrowed->edits.end());
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
    if (kind_ == "FnMut" && callback.kind != "FnMut" && !is_mut && pattern.is("identifier") &&
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
  std::string kind_;
  std::set<base::Span> bounds_;
  Removals removals_;
  ImportEdits imports_;
  std::vector<base::Edit> edits_;
};

}  // namespace

std::vector<base::Edit> bind_async(const syntax::Items& items,
                                   const std::vector<Callback>& callbacks,
                                   const std::string& kind) {
  AsyncBinder binder(items, kind);
  for (const Callback& callback : callbacks)
    if (!binder.bind(callback)) return {};
  return binder.take();
}

std::vector<base::Edit> bind_boxed(const syntax::Items& items,
                                   const std::vector<Callback>& callbacks) {
  AsyncBinder binder(items, "");
  for (const Callback& callback : callbacks)
    if (callback.is_async || !binder.bind_box(callback)) return {};
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
