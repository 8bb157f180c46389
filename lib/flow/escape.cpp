#include "flow/escape.h"

#include <algorithm>
#include <array>
#include <optional>

#include "flow/escaping_future.h"
#include "flow/taken_along.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::flow {

using syntax::Node;
using syntax::Walk;

namespace {

constexpr std::string_view BlockBorrows = "E0373";
constexpr std::string_view UsedAfterMove = "E0382";
constexpr std::string_view EscapesBody = "E0521";
constexpr std::string_view TemporaryDropped = "E0716";
constexpr std::string_view DiesTooSoon = "E0597";
constexpr std::array<std::string_view, 5> OfBorrowedLocal{"E0499", "E0502", "E0505", "E0506",
                                                          "E0597"};

// The variable of a place: `visitor` of `visitor.name`, `v` of `*v`.
std::string root_name(llvm::StringRef place) {
  place = place.ltrim("*&( ");
  place.consume_front("mut ");
  place.consume_front("ref ");
  place.consume_front("'");
  return place
      .take_while([](char byte) {
        return llvm::isAlnum(byte) || byte == '_' || static_cast<unsigned char>(byte) > 127;
      })
      .str();
}

bool quotes_static(const std::string& label) {
  const std::vector<std::string> parts = rustc::quoted_parts(label);
  return std::find(parts.begin(), parts.end(), "'static") != parts.end();
}

bool is_loop_or_closure_between(Node task, Node binding) {
  return syntax::repeater_of(task, binding).is_valid();
}

// The function around it can await, or it is such a function's part.
bool is_in_async(Node node) {
  for (Node at = syntax::enclosing_function(node); at; at = syntax::enclosing_function(at))
    if (syntax::is_async_function(at)) return true;
  return false;
}

// A closure of async code: it is within a function that awaits or gives a future, makes a
// future itself, or is what an executor's threads run.
bool concerns_async(Node closure) {
  if (is_in_async(closure) || closure.has_child("async")) return true;
  if (syntax::is_mentioned(syntax::enclosing(closure, {"function_item"}).field("return_type"),
                           "Future"))
    return true;
  const Node call = syntax::enclosing(closure.parent(), {"call_expression", "block"});
  if (llvm::StringRef(syntax::called_name(call)).contains("spawn_blocking")) return true;
  bool result = false;
  syntax::walk(closure, [&result](Node node) {
    result |= node.is_any({"async_block", "await_expression"});
    return result ? Walk::Over : Walk::Into;
  });
  return result;
}

class Reader {
 public:
  explicit Reader(const Facts& facts) : facts_(facts) {}

  std::vector<Escape> read() {
    const std::vector<rustc::Diagnostic>& all = facts_.diagnostics();
    for (uint32_t index = 0; index < all.size(); ++index) {
      const rustc::Diagnostic& error = all[index];
      if (!error.is_error()) continue;
      if (error.code == BlockBorrows) {
        read_block(index, error);
      } else if (error.code == UsedAfterMove) {
        read_move(index, error);
      } else if (error.code == EscapesBody || error.code == TemporaryDropped ||
                 std::find(OfBorrowedLocal.begin(), OfBorrowedLocal.end(), error.code) !=
                     OfBorrowedLocal.end()) {
        read_demand(index, error);
      }
    }
    for (Escape& escape : result_) add_kin(escape);
    join_same();
    std::stable_sort(result_.begin(), result_.end(), [](const Escape& a, const Escape& b) {
      return a.tasks.front().future.span() < b.tasks.front().future.span();
    });
    return std::move(result_);
  }

 private:
  // `f(..)` is a call of an async function, or of one that returns a future.
  [[nodiscard]] bool gives_future(Node expression) const {
    if (!expression.is("call_expression")) return false;
    const auto& candidates = facts_.items().functions(syntax::called_name(expression));
    return std::any_of(candidates.begin(), candidates.end(), [](const Node& item) {
      return syntax::is_async_function(item) ||
             syntax::is_mentioned(item.field("return_type"), "Future");
    });
  }

  // The futures among the arguments of `call`, or behind the variables there.
  [[nodiscard]] std::vector<Task> tasks_of(Node call) const {
    std::vector<Task> result;
    for (Node argument : call.field("arguments").parts()) {
      if (argument.is("identifier")) {
        const Node binding = syntax::binding_of(argument.text(), argument);
        if (binding.parent().is_any({"let_declaration", "mut_pattern"}))
          argument = syntax::source_of(binding);
      }
      const size_t before = result.size();
      syntax::walk(argument, [&](Node node) {
        if (node.is_any({"async_block", "closure_expression"}) || gives_future(node)) {
          if (!node.is("closure_expression") || is_in_async(call) ||
              syntax::is_async_function(node))
            result.push_back({call, node});
          return Walk::Over;
        }
        return node.is("token_tree") ? Walk::Over : Walk::Into;
      });
      if (result.size() > before) break;
    }
    return result;
  }

  // rustc offers to say what the opaque future captures (`use<..>`), and the future keeps
  // nothing of its arguments: it only counts as borrowing.
  [[nodiscard]] bool only_counts_as_borrow(const rustc::Diagnostic& error,
                                           const std::vector<Task>& tasks) const {
    bool has_offer = false;
    for (const rustc::Diagnostic& child : error.children)
      for (const rustc::DiagnosticSpan& span : child.spans)
        has_offer |= llvm::StringRef(span.suggested_replacement.value_or("")).contains("use<");
    if (!has_offer) return false;
    return std::any_of(tasks.begin(), tasks.end(), [this](const Task& task) {
      const auto& candidates = facts_.items().functions(syntax::called_name(task.future));
      return candidates.size() == 1 && !keeps_arguments(candidates.front());
    });
  }

  // An async block in its body names a parameter that is a reference.
  [[nodiscard]] static bool keeps_arguments(Node function) {
    bool result = false;
    syntax::walk(function.field("body"), [&](Node node) {
      if (!node.is("async_block")) return Walk::Into;
      for (const Capture& capture : captures_of(node)) {
        const Node parameter = syntax::enclosing(capture.binding, {"parameter", "self_parameter"});
        result |= parameter.text().find_first_of("&'") != std::string_view::npos;
      }
      return Walk::Over;
    });
    return result;
  }

  // The block whose `async` is at `span`; in async code also the closure whose head it is.
  [[nodiscard]] Node block_at(const rustc::DiagnosticSpan& span) const {
    const auto place = span.is_from_macro() ? std::nullopt : facts_.names().span(span);
    const Node block =
        syntax::enclosing(facts_.node_at(span), {"async_block", "closure_expression"});
    if (!place || !block || block.begin() != place->begin || place->end >= block.end()) return {};
    return block.is("async_block") || concerns_async(block) ? block : Node();
  }

  // The call that hands the block on; none where it is awaited, returned or kept.
  [[nodiscard]] static Node call_around(Node future) {
    const Node arguments = syntax::enclosing(future.parent(), {"arguments", "block"});
    return arguments.is("arguments") ? arguments.parent() : Node();
  }

  // Where the error says the value is bound, or what the name means at `at`.
  [[nodiscard]] Node owner_of(const rustc::Diagnostic& error, const std::string& name,
                              Node at) const {
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = span.is_primary ? Node() : facts_.node_at(span);
      if (node.is("self_parameter") && name == "self") return node;
      if (root_name(node.text()) != name || !(node.is("identifier") || node.is("mut_pattern")))
        continue;
      const Node owner =
          syntax::enclosing(node, {"let_declaration", "parameter", "closure_parameters",
                                   "for_expression", "match_arm", "let_condition", "block"});
      const Node pattern = owner.is("closure_parameters") ? owner : owner.field("pattern");
      for (const syntax::Binding& binding : syntax::bindings(pattern))
        if (binding.name.text() == name && node.contains(binding.name)) return binding.name;
    }
    return at ? syntax::binding_of(name, at) : Node();
  }

  void add(Escape escape, uint32_t index) {
    escape.diagnostics.push_back(index);
    std::erase_if(escape.owners, [](const Node& owner) { return !owner; });
    if (escape.owners.empty() && escape.kind != EscapeKind::Temporary) return;
    result_.push_back(std::move(escape));
  }

  void read_block(uint32_t index, const rustc::Diagnostic& error) {
    Escape escape;
    Node block;
    std::string name;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      if (span.is_primary) {
        block = block_at(span);
      } else if (name.empty()) {
        const std::vector<std::string> quoted = rustc::quoted_parts(span.label);
        name = quoted.empty() ? "" : root_name(quoted.front());
        escape.borrow = facts_.node_at(span);
      }
    }
    if (!block || name.empty()) return;
    // A note that points somewhere says where the block is returned: that is no task.
    for (const rustc::Diagnostic& child : error.children)
      for (const rustc::DiagnosticSpan& span : child.spans)
        if (!span.suggested_replacement && block.is("async_block") && returned_from(facts_, block))
          return;
    escape.owners = {syntax::binding_of(name, block)};
    escape.tasks = {{call_around(block), block}};
    add(std::move(escape), index);
  }

  // A block or closure that is kept for longer than what it borrows: rustc shows its head
  // beside the use within it.
  void read_capture(uint32_t index, const rustc::Diagnostic& error) {
    if (error.code != DiesTooSoon) return;
    Escape escape;
    Node block;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      if (span.is_primary)
        escape.borrow = facts_.node_at(span);
      else if (!block)
        block = block_at(span);
    }
    if (!block || block.has_child("move") || !block.contains(escape.borrow)) return;
    if (block.is("async_block") && returned_from(facts_, block)) return;
    const std::string name = root_name(escape.borrow.text());
    if (name.empty()) return;
    escape.owners = {syntax::binding_of(name, block)};
    escape.tasks = {{call_around(block), block}};
    add(std::move(escape), index);
  }

  // Something of a function must be `'static` for a call.
  void read_demand(uint32_t index, const rustc::Diagnostic& error) {
    Node call;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = facts_.node_at(span);
      if (quotes_static(span.label) && node.is("call_expression")) call = node;
    }
    if (!call) {
      read_capture(index, error);
      return;
    }
    Escape escape;
    escape.tasks = tasks_of(call);
    if (escape.tasks.empty() || only_counts_as_borrow(error, escape.tasks)) return;
    if (error.code == TemporaryDropped) {
      escape.kind = EscapeKind::Temporary;
      for (const rustc::DiagnosticSpan& span : error.spans)
        if (span.is_primary) escape.borrow = written_at(span);
      std::erase_if(escape.tasks, [&escape](const Task& task) {
        return !task.future.contains(escape.borrow) && !takes(task.future, escape.borrow);
      });
      if (escape.borrow && !escape.tasks.empty()) add(std::move(escape), index);
      return;
    }
    std::vector<std::string> quoted = rustc::quoted_parts(error.message);
    if (error.code == EscapesBody) {
      quoted.clear();
      for (const rustc::DiagnosticSpan& span : error.spans)
        if (quoted.empty() && !span.is_primary) quoted = rustc::quoted_parts(span.label);
    }
    const std::string name = quoted.empty() ? "" : root_name(quoted.front());
    const Node owner = name.empty() ? Node() : owner_of(error, name, escape.tasks.front().future);
    if (error.code == EscapesBody)
      escape.kind = name == "self" ? EscapeKind::Receiver : EscapeKind::Parameter;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = facts_.node_at(span);
      if (!escape.borrow && node && escape.tasks.front().future.contains(node) &&
          node != escape.tasks.front().future)
        escape.borrow = node;
    }
    escape.owners = {owner};
    // The borrow must get into the task, not only into the call.
    std::erase_if(escape.tasks, [&](const Task& task) { return !takes(task.future, owner); });
    if (escape.tasks.empty()) return;
    if (error.code == EscapesBody) add_lent(owner, escape);
    add(std::move(escape), index);
  }

  // Of parameters with one lifetime rustc names one; the others are kept as well.
  static void add_lent(Node owner, Escape& escape) {
    const Node future = escape.tasks.front().future;
    escape.owners.clear();
    for (const Node& parameter :
         syntax::enclosing(future, {"function_item"}).field("parameters").parts()) {
      const llvm::StringRef type =
          parameter.is("self_parameter") ? parameter.text() : parameter.field("type").text();
      std::vector<Node> bound;
      if (parameter.is("self_parameter")) {
        bound = {parameter};
      } else {
        for (const syntax::Binding& binding : syntax::bindings(parameter.field("pattern")))
          bound.push_back(binding.name);
      }
      for (const Node& name : bound) {
        const bool refers = type.contains('&') && !type.contains("'static");
        if (name != owner && !(refers && takes(future, name))) continue;
        escape.owners.push_back(name);
        if (name.is("self_parameter")) escape.kind = EscapeKind::Receiver;
      }
    }
    // A parameter of a closure is in no list of a function.
    if (std::find(escape.owners.begin(), escape.owners.end(), owner) == escape.owners.end())
      escape.owners.push_back(owner);
    escape.lent = escape.owners;
  }

  void read_move(uint32_t index, const rustc::Diagnostic& error) {
    const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
    const std::string name = quoted.empty() ? "" : root_name(quoted.front());
    if (name.empty()) return;
    Node moved;
    Node again;
    bool is_moved_elsewhere = false;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      Node& found = span.is_primary ? again : moved;
      if (!found) found = future_that_moves(span, name);
    }
    Node future = moved ? moved : again;
    if (!future) return;
    const Node owner = owner_of(error, name, future);
    if (!owner) return;
    // A block that is not `move` takes what one within it takes.
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node inner = syntax::enclosing(facts_.node_at(span), {"async_block"});
      if (!future.has_child("move") && inner.has_child("move") && inner != future &&
          future.contains(inner) && syntax::is_mentioned(inner, name))
        future = inner;
    }
    if (!moved) {
      // Moved in an earlier round of a loop; a move at another place is no task's doing.
      for (const rustc::DiagnosticSpan& span : error.spans) {
        const Node node = facts_.node_at(span);
        is_moved_elsewhere |= !span.is_primary && node && root_name(node.text()) == name &&
                              !future.contains(node) && !node.contains(owner) && node != owner;
      }
      if (is_moved_elsewhere || !is_loop_or_closure_between(future, owner)) return;
    }
    Escape escape;
    escape.kind = EscapeKind::Moved;
    escape.owners = {owner};
    escape.tasks = {{call_around(future), future}};
    for (const rustc::DiagnosticSpan& span : error.spans)
      if (span.is_primary) escape.borrow = facts_.node_at(span);
    add(std::move(escape), index);
  }

  // The async block, the closure that makes one, or the call that gives a future, which takes
  // `name` at `span`.
  [[nodiscard]] Node future_that_moves(const rustc::DiagnosticSpan& span,
                                       const std::string& name) const {
    if (const Node block = future_at(facts_, span)) return block;
    const Node node = facts_.node_at(span);
    const Node call = syntax::enclosing(node, {"call_expression", "block"});
    if (!gives_future(call) || call.parent().is("await_expression")) return {};
    const Node function = call.field("function");
    const bool is_receiver = function.is("field_expression") &&
                             function.field("value").text() == name &&
                             node.begin() >= function.begin();
    return is_receiver || (node.parent() == call.field("arguments") && node.text() == name)
               ? call
               : Node();
  }

  // What the outermost macro of `span` was written as, or the node at it.
  [[nodiscard]] Node written_at(const rustc::DiagnosticSpan& span) const {
    const auto frame =
        std::find_if(span.expansion.rbegin(), span.expansion.rend(),
                     [](const rustc::ExpansionFrame& one) { return !one.is_desugaring(); });
    if (frame == span.expansion.rend()) return facts_.node_at(span);
    const auto file = facts_.files().find(facts_.names().absolute(frame->file_name));
    return file ? facts_.tree(*file).smallest_node({*file, frame->byte_start, frame->byte_end})
                : Node();
  }

  [[nodiscard]] static bool takes(Node future, Node owner) {
    const std::vector<Capture> captures = captures_of(future);
    return std::any_of(captures.begin(), captures.end(), [&owner](const Capture& one) {
      return one.binding == owner || is_derived(one.binding, owner);
    });
  }

  // rustc names a borrow of a variable once; other tasks that take it come up next.
  void add_kin(Escape& escape) const {
    const Node call = escape.tasks.front().call;
    if (escape.owners.empty() || !call) return;
    const Node function = syntax::outermost_function(call);
    syntax::walk(function, [&](Node node) {
      if (node.is("function_item") && node != function) return Walk::Over;
      if (!node.is("call_expression") ||
          node.field("function").text() != call.field("function").text() ||
          node.field("arguments").text().empty())
        return Walk::Into;
      for (const Task& task : tasks_of(node)) {
        const bool is_known =
            std::any_of(escape.tasks.begin(), escape.tasks.end(),
                        [&task](const Task& one) { return one.future == task.future; });
        if (!is_known && std::any_of(escape.owners.begin(), escape.owners.end(),
                                     [&](const Node& owner) { return takes(task.future, owner); }))
          escape.tasks.push_back(task);
      }
      return Walk::Into;
    });
    std::sort(escape.tasks.begin(), escape.tasks.end(),
              [](const Task& a, const Task& b) { return a.future.span() < b.future.span(); });
  }

  // Errors of one task, or of one value, are one.
  void join_same() {
    std::vector<Escape> joined;
    for (Escape& escape : result_) {
      const auto same = std::find_if(joined.begin(), joined.end(), [&](const Escape& other) {
        for (const Task& a : escape.tasks)
          for (const Task& b : other.tasks)
            if (a.future == b.future) return true;
        return false;
      });
      if (same == joined.end()) {
        joined.push_back(std::move(escape));
        continue;
      }
      // A method's `self` says more than its other parameters.
      if (escape.kind == EscapeKind::Receiver) same->kind = escape.kind;
      same->diagnostics.insert(same->diagnostics.end(), escape.diagnostics.begin(),
                               escape.diagnostics.end());
      same->lent.insert(same->lent.end(), escape.lent.begin(), escape.lent.end());
      for (const Node& owner : escape.owners)
        if (std::find(same->owners.begin(), same->owners.end(), owner) == same->owners.end())
          same->owners.push_back(owner);
      for (const Task& task : escape.tasks)
        if (std::none_of(same->tasks.begin(), same->tasks.end(),
                         [&task](const Task& one) { return one.future == task.future; }))
          same->tasks.push_back(task);
    }
    result_ = std::move(joined);
  }

  const Facts& facts_;
  std::vector<Escape> result_;
};

}  // namespace

std::vector<Escape> read_escapes(const Facts& facts) {
  return Reader(facts).read();
}

}  // namespace jaa::flow
