#include "pitfalls/blocking_closure.h"

#include <algorithm>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "propagate/blocking.h"
#include "propagate/find_function.h"
#include "rewrite/chain.h"
#include "rewrite/evaluation.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

base::Edit insertion(base::FileId file, uint32_t at, std::string text) {
  return {{file, at, at}, std::move(text)};
}

// The path of a function as it is called, with what its first name is imported as.
std::string full_path(Node function) {
  const std::string path(function.text());
  const std::string head = path.substr(0, path.find(':'));
  for (const rewrite::Import& import : rewrite::imports_of(rewrite::import_scope(function))) {
    if (import.name.text() == head) {
      return import.path + path.substr(head.size());
    }
  }
  return path;
}

// What the closure is given to; none when it is no argument of a call.
Node call_with(Node closure) {
  const Node call = closure.parent().is("arguments") ? closure.parent().parent() : Node();
  return call.is("call_expression") ? call : Node();
}

// `name` is what `thread::scope` hands to its closure, or is declared as such a scope.
bool is_thread_scope(Node name) {
  for (Node at = syntax::enclosing_function(name); at; at = syntax::enclosing_function(at)) {
    for (const Node& parameter : at.field("parameters").named_children()) {
      const Node pattern = parameter.is("parameter") ? parameter.field("pattern") : parameter;
      if (pattern.text() != name.text()) {
        continue;
      }
      if (parameter.field("type").text().find("Scope<") != std::string_view::npos) {
        return true;
      }
      return full_path(call_with(at).field("function")) == "std::thread::scope";
    }
  }
  return false;
}

// `thread::Builder::new()`, and what is called on that.
bool is_thread_builder(Node receiver) {
  Node at = receiver;
  while (rewrite::chain_receiver(at)) {
    at = rewrite::chain_receiver(at);
  }
  return full_path(at.field("function")) == "std::thread::Builder::new";
}

// The whole body becomes one future: its `return` and `?` then leave that, with the same
// value as the closure has.
std::vector<base::Edit> block_on_body(Node closure, const std::string& block_on) {
  const Node body = closure.field("body");
  const base::FileId file = closure.span().file;
  std::string head = block_on + "(async ";
  std::string tail = ")";
  if (!body.is("block")) {
    head += "{ ";
    tail = " }" + tail;
  }
  // Behind a type a closure has to have a block.
  if (closure.field("return_type")) {
    head = "{ " + head;
    tail += " }";
  }
  return {insertion(file, body.begin(), head), insertion(file, body.end(), tail)};
}

std::vector<base::Edit> block_on_await(Node await, const std::string& block_on) {
  const Node operand = rewrite::awaited_operand(await);
  if (!operand || syntax::is_in_macro(await)) {
    return {};
  }
  const base::FileId file = await.span().file;
  return {insertion(file, operand.begin(), block_on + "("),
          {{file, operand.end(), await.end()}, ")"}};
}

// Who may ask for a value: followed by name from a static to the functions that mention it and
// on to theirs, up to `main` and the tests.
class Askers {
 public:
  explicit Askers(const flow::Facts& facts) : facts_(facts) {}

  // None of them is a task, or could be called by one. All of the crate's files are looked at;
  // what others can name may be asked for by anybody.
  bool are_threads(Node item) {
    add(item);
    for (size_t at = 0; at < items_.size(); ++at) {
      constexpr size_t Many = 64;
      if (items_.size() > Many || !is_asked_for_by_threads(items_[at])) {
        return false;
      }
    }
    return true;
  }

 private:
  void add(Node item) {
    if (std::find(items_.begin(), items_.end(), item) == items_.end()) {
      items_.push_back(item);
    }
  }

  bool is_asked_for_by_threads(Node item) {
    // The method of a trait may be called without its name.
    const bool is_hidden = syntax::trait_of(item) || syntax::impl_of(item).field("trait");
    if (is_hidden || item.has_child("visibility_modifier") || syntax::is_in_macro(item)) {
      return false;
    }
    const std::string_view name = item.field("name").text();
    const std::vector<base::FileId> files = facts_.crate_of(item.span().file);
    return !files.empty() && std::all_of(files.begin(), files.end(), [&](base::FileId file) {
      const std::vector<Node> all = syntax::mentions(facts_.tree(file).root(), name);
      return std::all_of(all.begin(), all.end(), [&](const Node& mention) {
        return item.field("name").span().contains(mention.span()) || is_on_thread(mention);
      });
    });
  }

  // In a function that is not async, whose callers are to be looked at, or in another static.
  bool is_on_thread(Node mention) {
    for (Node at = mention; at; at = at.parent()) {
      if (at.is("async_block") || syntax::is_async_function(at)) {
        return false;
      }
      if (at.is_any({"static_item", "function_item"})) {
        if (!propagate::is_entry(at)) {
          add(at);
        }
        return true;
      }
    }
    return false;
  }

  const flow::Facts& facts_;
  std::vector<Node> items_;
};

// No task asks for the static that the closure makes.
bool is_asked_for_by_threads(const flow::Facts& facts, Node closure) {
  const Node item = syntax::enclosing(closure, {"static_item"});
  return item && !syntax::enclosing_function(closure) && Askers(facts).are_threads(item);
}

// A runtime of its own for each call: what the future uses may belong to another one.
bool makes_runtime(const propagate::Blocking& way) {
  return way.call.find("Runtime::new") != std::string::npos;
}

// It makes no difference who calls for the future, and when.
bool has_pure_arguments(Node call) {
  const std::vector<Node> arguments = call.field("arguments").parts();
  return call.field("function").is_any({"identifier", "scoped_identifier"}) &&
         std::all_of(arguments.begin(), arguments.end(), rewrite::is_pure);
}

// One fix for each way to wait that the project has; `edits_with` makes the edits for the name of
// a function that waits.
std::vector<base::FixIt> fixes(
    const flow::Facts& facts, Node closure,
    llvm::function_ref<std::vector<base::Edit>(const std::string&)> edits_with) {
  std::vector<base::FixIt> result;
  const bool is_thread = is_for_thread(closure);
  const bool is_blocking_work = is_for_blocking_work(closure);
  if (!is_thread && !is_blocking_work && !is_for_first_use(closure)) {
    return result;
  }
  for (const propagate::Blocking& way : propagate::ways_to_block(facts, closure)) {
    base::FixIt fix;
    fix.name = "block_in_closure";
    fix.title = (is_thread || is_blocking_work ? "wait on the closure's own thread, by `"
                                               : "wait in the closure that makes the value, by `") +
                way.name + "`";
    fix.edits = edits_with(way.call);
    if (!way.definition.empty()) {
      const syntax::Tree& tree = facts.tree(closure.span().file);
      const auto end = static_cast<uint32_t>(tree.text().size());
      fix.edits.push_back(insertion(tree.file(), end, way.definition));
    }
    fix.keeps_meaning = !makes_runtime(way) && !is_blocking_work &&
                        (is_thread || is_asked_for_by_threads(facts, closure));
    if (makes_runtime(way)) {
      fix.trade_off = "a runtime is made each time, which knows nothing of what others have open";
    } else if (is_blocking_work) {
      fix.trade_off = "it keeps a thread that is for work which blocks; a task would need none";
    } else if (!is_thread) {
      fix.trade_off =
          "whoever asks first waits: in a task of a runtime that stops the thread, and may "
          "panic or wait for ever";
    }
    result.push_back(std::move(fix));
  }
  return result;
}

}  // namespace

bool is_for_thread(Node closure) {
  const Node call = call_with(closure);
  const Node function = call.field("function");
  if (const Node method = rewrite::method_name(call)) {
    const Node receiver = rewrite::chain_receiver(call);
    const bool is_spawn = method.text() == "spawn" || method.text() == "spawn_scoped";
    return is_spawn &&
           (receiver.is("identifier") ? is_thread_scope(receiver) : is_thread_builder(receiver));
  }
  return full_path(function) == "std::thread::spawn";
}

bool is_for_blocking_work(Node closure) {
  const Node function = call_with(closure).field("function");
  return syntax::last_name(function) == "spawn_blocking" ||
         function.field("field").text() == "spawn_blocking";
}

bool is_for_some_thread(Node argument) {
  return is_for_thread(argument) || is_for_blocking_work(argument);
}

bool is_for_first_use(Node closure) {
  const Node call = call_with(closure);
  if (const Node method = rewrite::method_name(call)) {
    return method.text() == "get_or_init";
  }
  const std::string path = full_path(call.field("function"));
  return path.ends_with("LazyLock::new") || path.ends_with("LazyCell::new") ||
         path.ends_with("Lazy::new");
}

std::vector<base::FixIt> block_in_closure(const flow::Facts& facts,
                                          const flow::AwaitingClosure& closure) {
  return fixes(facts, closure.closure, [&closure](const std::string& block_on) {
    std::vector<base::Edit> edits;
    if (closure.awaits.size() == 1) {
      edits = block_on_await(closure.awaits.front(), block_on);
    }
    return edits.empty() ? block_on_body(closure.closure, block_on) : edits;
  });
}

std::vector<base::FixIt> block_on_value(const flow::Facts& facts, Node closure, Node future) {
  return fixes(facts, closure, [&future](const std::string& block_on) {
    const base::FileId file = future.span().file;
    return std::vector<base::Edit>{insertion(file, future.begin(), block_on + "("),
                                   insertion(file, future.end(), ")")};
  });
}

std::vector<base::FixIt> block_in_new_closure(const flow::Facts& facts, Node future) {
  // What a block borrows, the closure may borrow; the rest is the future's own.
  const bool is_borrowing = future.is("async_block") && !future.has_child("move");
  std::vector<base::FixIt> result = fixes(facts, future, [&](const std::string& block_on) {
    const base::FileId file = future.span().file;
    const std::string head = is_borrowing ? "|| " : "move || ";
    return std::vector<base::Edit>{insertion(file, future.begin(), head + block_on + "("),
                                   insertion(file, future.end(), ")")};
  });
  const bool is_moment_kept = !future.is("call_expression") || has_pure_arguments(future);
  for (base::FixIt& fix : result) {
    if (!is_moment_kept && fix.keeps_meaning) {
      fix.keeps_meaning = false;
      fix.trade_off = "the thread computes the call's arguments";
    }
  }
  return result;
}

}  // namespace jaa::pitfalls
