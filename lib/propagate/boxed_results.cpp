#include "propagate/boxed_results.h"

#include <algorithm>
#include <map>
#include <string>

#include "propagate/call_shape.h"
#include "propagate/callables.h"
#include "propagate/opened_trees.h"
#include "rewrite/async_closure.h"
#include "rewrite/box_future.h"
#include "rewrite/chain.h"
#include "rewrite/code.h"
#include "rewrite/edit_list.h"
#include "rewrite/imports.h"
#include "rewrite/naming.h"
#include "syntax/items.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

bool returns_early(Node closure) {
  bool result = false;
  syntax::walk(closure.field("body"), [&result](Node node) {
    result |= node.is("return_expression");
    const bool is_other =
        node.is_any({"async_block", "closure_expression", "function_item", "token_tree"});
    return is_other ? syntax::Walk::Over : syntax::Walk::Into;
  });
  return result;
}

bool is_pinned(Node value) {
  const Node function = value.field("function");
  return value.is("call_expression") && syntax::last_name(function) == "pin" &&
         syntax::last_name(function.field("path")) == "Box";
}

// `Box::new(f)`, `Arc::new(f)`: there it becomes a `dyn`, which may be of any closure.
bool is_given_to_new(Node name) {
  const Node call = name.parent().parent();
  return name.parent().is("arguments") && syntax::last_name(call.field("function")) == "new";
}

class ResultBoxer {
 public:
  ResultBoxer(const flow::Facts& facts, Node type)
      : facts_(facts), opened_(facts), callables_(facts, opened_), types_(callables_.alike(type)) {}

  std::vector<base::FixIt> run() {
    if (types_.empty()) return {};
    for (const Node& closure : callables_.closures(types_))
      if (!box_closure(closure)) return {};
    for (const Node& closure : callables_.closures(types_, /*are_async=*/true))
      if (!box_async_closure(closure)) return {};
    for (const Node& name : callables_.names(types_))
      if (!box_name(name)) return {};
    change_types();
    base::FixIt fix;
    fix.name = "boxed_future";
    fix.title = "let what is kept as `" + std::string(types_.front().text()) +
                "` give its futures in a box";
    fix.trade_off = "one allocation a call";
    fix.keeps_meaning = !callables_.changes_copies(types_);
    if (!fix.keeps_meaning)
      fix.trade_off += "; what an `async move` block changes may be a copy that only it has";
    for (auto& [file, list] : lists_)
      for (base::Edit& edit : list.take()) fix.edits.push_back(std::move(edit));
    for (base::Edit& edit : imports_.take()) fix.edits.push_back(std::move(edit));
    return {fix};
  }

 private:
  rewrite::EditList& edits_of(base::FileId file) {
    return lists_.try_emplace(file, opened_.tree(file)).first->second;
  }

  bool box_closure(Node closure) {
    const Node body = closure.field("body");
    const Node value = body.is("block") ? rewrite::tail_of(body) : body;
    if (!value || closure.field("return_type") || returns_early(closure)) return false;
    changed_.push_back(closure);
    const base::FileId file = value.span().file;
    if (!is_pinned(value)) rewrite::box_value(opened_.tree(file), value.span(), "", edits_of(file));
    return true;
  }

  // `async |a| ..` as `|a| Box::pin(async move { .. })`, which takes what it names.
  bool box_async_closure(Node closure) {
    if (closure.field("return_type") ||
        Callables::changes_copy(closure, types_.front().field("trait").text()))
      return false;
    changed_.push_back(closure);
    std::vector<base::Edit> edits;
    rewrite::return_block(closure, /*boxed=*/true, edits);
    for (base::Edit& edit : edits)
      edits_of(closure.span().file).replace(edit.span.begin, edit.span.end, edit.text);
    return true;
  }

  // `f` as `|a| Box::pin(f(a))`; what is of such a type already gives boxes by that.
  bool box_name(Node name) {
    if (name.is("identifier") && syntax::binding_of(name.text(), name)) {
      if (!is_given_to_new(name) || callables_.has_one_of(name, types_)) return true;
      const std::string arguments = arguments_for(name);
      return write(name, "move |" + arguments + "| ", "(" + arguments + ")");
    }
    const auto& functions = facts_.items().functions(syntax::last_name(name));
    if (functions.size() != 1) return functions.empty();
    if (bare_output(functions.front().field("return_type")) ||
        syntax::is_async_function(functions.front())) {
      const auto [head, arguments] = parameters_of(functions.front());
      return write(name, head, arguments);
    }
    return true;
  }

  bool write(Node name, const std::string& head, const std::string& arguments) {
    changed_.push_back(name);
    rewrite::EditList& edits = edits_of(name.span().file);
    edits.insert(name.begin(), head + "Box::pin(");
    edits.insert(name.end(), arguments + ")");
    return true;
  }

  // Names for what the type takes.
  std::string arguments_for(Node name) const {
    rewrite::FreshNames names(name);
    std::string result;
    for (const Node& part : types_.front().field("parameters").named_children())
      if (!part.is_comment() && !part.is("attribute_item"))
        result += (result.empty() ? "" : ", ") + names.unused("value");
    return result;
  }

  void change_types() {
    std::vector<base::Edit> all;
    for (const Node& type : types_)
      for (base::Edit& edit :
           Callables::boxed(type, {}, facts_.package().edition, asks_for_send(type), imports_))
        all.push_back(std::move(edit));
    for (const base::Edit& edit : all)
      edits_of(edit.span.file).replace(edit.span.begin, edit.span.end, edit.text);
    for (const Node& local : untyped_locals()) {
      const Node type = type_as_result(local);
      std::vector<base::Edit> inside;
      for (const base::Edit& edit : all)
        if (type.span().contains(edit.span)) inside.push_back(edit);
      const base::FileId file = local.span().file;
      edits_of(file).insert(local.field("pattern").end(),
                            ": " + rewrite::piece(opened_.tree(file), type.span(), inside));
    }
  }

  // Without a type, a table would take that of the first function that is put there.
  std::vector<Node> untyped_locals() const {
    std::vector<Node> result;
    for (const Node& value : changed_) {
      const Node function = syntax::enclosing_function(value.parent());
      syntax::walk(function.field("body"), [&](Node node) {
        const bool is_table = node.is("let_declaration") && !node.field("type") &&
                              node.end() <= value.begin() &&
                              std::find(result.begin(), result.end(), node) == result.end();
        if (is_table && has_one(callables_.types_in(type_as_result(node)))) result.push_back(node);
        return syntax::Walk::Into;
      });
    }
    return result;
  }

  bool has_one(const std::vector<Node>& found) const {
    return std::any_of(found.begin(), found.end(), [this](const Node& type) {
      return std::find(types_.begin(), types_.end(), type) != types_.end();
    });
  }

  const flow::Facts& facts_;
  OpenedTrees opened_;
  Callables callables_;
  std::vector<Node> types_;
  std::vector<Node> changed_;  // values that give boxes from now on
  std::map<base::FileId, rewrite::EditList> lists_;
  rewrite::ImportEdits imports_;
};

}  // namespace

std::vector<Node> types_of_bare_futures(const flow::Facts& facts) {
  std::vector<Node> result;
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId file : crate.files) {
      syntax::walk(facts.tree(file).root(), [&result](Node node) {
        if (is_written_out(node) && bare_output(result_of(node))) result.push_back(node);
        return syntax::Walk::Into;
      });
    }
  }
  return result;
}

std::vector<base::FixIt> box_results(const flow::Facts& facts, Node type) {
  return ResultBoxer(facts, type).run();
}

}  // namespace jaa::propagate
