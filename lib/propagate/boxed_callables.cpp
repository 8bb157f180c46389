#include "propagate/boxed_callables.h"

#include <algorithm>
#include <map>
#include <string>

#include "flow/future_text.h"
#include "propagate/call_shape.h"
#include "propagate/callables.h"
#include "propagate/carry.h"
#include "propagate/forwarded_callables.h"
#include "propagate/opened_trees.h"
#include "rewrite/box_future.h"
#include "rewrite/edit_list.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

class Boxer {
 public:
  Boxer(const flow::Facts& facts, Node closure)
      : facts_(facts), opened_(facts), callables_(facts, opened_) {
    const syntax::Tree& tree = opened_.tree(closure.span().file);
    closure_ = syntax::enclosing(tree.smallest_node(closure.span()), {"closure_expression"});
    if (closure_.span() == closure.span()) {
      type_ = callables_.type_of(closure_);
      if (!type_ && closure.parent().is("arguments")) {
        type_ = type_forwarded(facts, closure, callables_, opened_);
      }
    }
  }

  std::vector<base::FixIt> run() {
    if (!type_ || callables_.changes_copies({type_})) {
      return {};
    }
    if (flow::mentions_future(type_.field("return_type"), facts_.items())) {
      return only_closure();
    }
    std::vector<std::vector<Node>> ways{{type_}};
    if (std::vector<Node> alike = callables_.alike(type_); alike.size() > 1) {
      ways.push_back(std::move(alike));
    }
    std::vector<base::FixIt> result;
    for (const std::vector<Node>& types : ways) {
      for (const bool sends_as_type : {true, false}) {
        for (base::FixIt& fix : change(types, sends_as_type)) {
          result.push_back(std::move(fix));
        }
      }
    }
    return result;
  }

 private:
  // Functions that put their parameters into one of `types`. False where one of them cannot.
  bool change_forwards(const std::vector<Node>& types, bool sends_as_type,
                       std::vector<base::Edit>& changed) const {
    bool all = true;
    const auto change = [&](Node function) {
      for (const Forward& forward : forwards_in(function, callables_, opened_)) {
        if (std::find(types.begin(), types.end(), forward.type) == types.end()) {
          continue;
        }
        const bool sends = asks_for_send(forward.type) == sends_as_type;
        const auto edits = give_futures(facts_, forward, sends ? "Send + 'static" : "'static");
        all = all && edits;
        if (edits) {
          changed.insert(changed.end(), edits->begin(), edits->end());
        }
      }
    };
    for (const flow::CrateFiles& crate : facts_.crates()) {
      for (const base::FileId file : crate.files) {
        syntax::walk(facts_.tree(file).root(), [&](Node node) {
          if (node.is("function_item")) {
            change(node);
          }
          return syntax::Walk::Into;
        });
      }
    }
    return all;
  }

  rewrite::EditList& edits_of(base::FileId file) {
    return lists_.try_emplace(file, opened_.tree(file)).first->second;
  }

  std::vector<base::Edit> take() {
    std::vector<base::Edit> result;
    for (auto& [file, list] : lists_) {
      for (base::Edit& edit : list.take()) {
        result.push_back(std::move(edit));
      }
    }
    lists_.clear();
    return result;
  }

  // `|a| { .. }` becomes `|a| Box::pin(async move { .. })`. A type that it names for its value
  // is the future's output from now on, which the value's own type says.
  void box_closure(Node closure) {
    const Node body = closure.field("body");
    rewrite::EditList& edits = edits_of(closure.span().file);
    if (const Node result = closure.field("return_type")) {
      edits.replace(closure.field("parameters").end(), result.end(), "");
    }
    const bool is_block = body.is("block");
    if (!is_block) {
      edits.insert(body.end(), " }");
    }
    rewrite::box_value(opened_.tree(body.span().file), body.span(), "", edits);
    edits.insert(body.begin(), is_block ? "async move " : "async move { ");
  }

  // Functions that are given by their names as one of `types`.
  void box_functions(const std::vector<Node>& types) {
    for (const Node& name : callables_.names(types)) {
      const auto& functions = facts_.items().functions(syntax::last_name(name));
      if (functions.size() == 1 && !syntax::binding_of(name.text(), name)) {
        box_function(name, functions.front());
      }
    }
  }

  void box_function(Node name, Node function) {
    const auto [head, arguments] = parameters_of(function);
    const bool is_async = syntax::is_async_function(function);
    rewrite::EditList& edits = edits_of(name.span().file);
    edits.insert(name.begin(), head + (is_async ? "Box::pin(" : "Box::pin(async move { "));
    edits.insert(name.end(), arguments + (is_async ? ")" : " })"));
  }

  // The call, or its last token where it is in a macro.
  Node plain(Node call) const {
    const syntax::Tree& tree = facts_.tree(call.span().file);
    const Node same = tree.node_at(call.span());
    if (same && !syntax::is_in_macro(same)) {
      return syntax::enclosing(same, {"call_expression"});
    }
    return tree.smallest_node(call.field("arguments").span());
  }

  static base::FixIt fix_of(std::vector<base::Edit> edits, const std::string& title) {
    base::FixIt fix;
    fix.name = "boxed_future";
    fix.title = title;
    fix.edits = std::move(edits);
    fix.keeps_meaning = true;
    return fix;
  }

  std::vector<base::FixIt> only_closure() {
    box_closure(closure_);
    return {fix_of(take(), "let the closure return a boxed future")};
  }

  std::vector<base::FixIt> change(const std::vector<Node>& types, bool sends_as_type) {
    if (callables_.changes_copies(types)) {
      return {};
    }
    const std::vector<Node> closures = callables_.closures(types);
    Goal goal;
    std::vector<base::Edit> inner;  // awaits in what returns a future from now on
    for (const Node& call : callables_.calls(types)) {
      const Node function = syntax::enclosing_function(call);
      if (std::find(closures.begin(), closures.end(), function) != closures.end()) {
        for (base::Edit& edit : await_edits(call)) {
          inner.push_back(std::move(edit));
        }
      } else {
        goal.unawaited.push_back(plain(call));
      }
    }
    for (const Node& closure : closures) {
      box_closure(closure);
    }
    box_functions(types);
    std::vector<base::Edit> changed;
    const bool is_whole = change_forwards(types, sends_as_type, changed);
    const std::vector<base::Edit> values = take();
    if (!is_whole) {
      return {};
    }
    rewrite::ImportEdits imports;
    for (const Node& type : types) {
      for (base::Edit& edit : Callables::boxed(type, {}, facts_.package().edition,
                                               asks_for_send(type) == sends_as_type, imports)) {
        changed.push_back(std::move(edit));
      }
    }
    const std::vector<base::Edit> added = imports.take();
    std::vector<base::FixIt> result;
    const std::string title = "let what is kept as `" + std::string(type_.text()) +
                              "` return boxed futures, and await its calls";
    for (base::FixIt& carried : fixes(facts_, goal, title)) {
      base::FixIt fix = fix_of(added, carried.title);
      for (const std::vector<base::Edit>* part :
           std::initializer_list<const std::vector<base::Edit>*>{&changed, &inner, &carried.edits,
                                                                 &values}) {
        fix.edits.insert(fix.edits.end(), part->begin(), part->end());
      }
      fix.trade_off = "one allocation a call";
      fix.keeps_meaning = carried.keeps_meaning;
      if (!carried.trade_off.empty()) {
        fix.trade_off += "; " + carried.trade_off;
      }
      // A future that nobody awaits would go without a warning there.
      fix.keeps_meaning = fix.keeps_meaning && !callables_.may_throw_away(types);
      result.push_back(std::move(fix));
    }
    return result;
  }

  const flow::Facts& facts_;
  OpenedTrees opened_;
  Callables callables_;
  Node closure_;
  Node type_;
  std::map<base::FileId, rewrite::EditList> lists_;
};

}  // namespace

std::vector<base::FixIt> box_callables(const flow::Facts& facts, Node closure) {
  if (!closure.is("closure_expression") || syntax::is_async_function(closure)) {
    return {};
  }
  return Boxer(facts, closure).run();
}

}  // namespace jaa::propagate
