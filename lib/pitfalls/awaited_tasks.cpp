#include "pitfalls/awaited_tasks.h"

#include <algorithm>
#include <string>
#include <vector>

#include "rewrite/evaluation.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

// The variable that has the handle, or the list of them: of `let task = spawn(..)`,
// `tasks.push(spawn(..))`, `let tasks: Vec<_> = parts.map(|part| spawn(..)).collect()`.
Node keeper_of(Node call) {
  for (Node at = call; at && !at.is("function_item"); at = at.parent()) {
    const Node parent = at.parent();
    if (parent.is("let_declaration") && parent.field("value") == at) {
      const std::vector<syntax::Binding> bound = syntax::bindings(parent.field("pattern"));
      return bound.size() == 1 && parent.field("pattern").is("identifier") ? bound.front().name
                                                                           : Node();
    }
    const Node receiver = rewrite::chain_receiver(parent.parent());
    if (parent.is("arguments") && at == call &&
        rewrite::method_name(parent.parent()).text() == "push" && receiver.is("identifier")) {
      return receiver;
    }
  }
  return {};
}

bool is_named(Node node, std::string_view name) {
  return node.is("identifier") && node.text() == name;
}

// `task.await`, `join_all(tasks).await`.
bool awaits(Node await, std::string_view name) {
  const Node operand = rewrite::awaited_operand(await);
  const std::vector<Node> arguments = operand.field("arguments").parts();
  return is_named(operand, name) ||
         (operand.is("call_expression") && !rewrite::method_name(operand) &&
          arguments.size() == 1 && is_named(arguments.front(), name));
}

// It is awaited whenever the statement is run to its end.
bool always_awaits(Node statement, std::string_view name) {
  const std::vector<Node> every = rewrite::await_expressions(statement);
  return std::any_of(every.begin(), every.end(), [&](const Node& await) {
    return awaits(await, name) && rewrite::evaluated_before(await, statement);
  });
}

bool leaves_loop(Node body) {
  bool found = false;
  syntax::walk(body, [&found](Node node) {
    found |= node.is_any({"break_expression", "continue_expression"});
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

// `for task in tasks { task.await }`
bool awaits_each(Node statement, std::string_view name) {
  const Node loop = statement.is("expression_statement") ? statement.parts().front() : statement;
  const Node body = loop.field("body");
  if (!loop.is("for_expression") || !is_named(loop.field("value"), name) || leaves_loop(body)) {
    return false;
  }
  const std::vector<syntax::Binding> bound = syntax::bindings(loop.field("pattern"));
  const std::vector<Node> inner = syntax::statements(body);
  return std::any_of(bound.begin(), bound.end(), [&inner](const syntax::Binding& handle) {
    return std::any_of(inner.begin(), inner.end(), [&handle](const Node& one) {
      return always_awaits(one, handle.name.text());
    });
  });
}

}  // namespace

bool has_ended_before(const flow::Task& task, Node place) {
  if (!task.call) {
    return false;
  }
  if (task.call.parent().is("await_expression")) {
    return true;
  }
  const Node keeper = keeper_of(task.call);
  const Node block = syntax::enclosing_block(place);
  if (!keeper || !block.contains(task.call)) {
    return false;
  }
  const std::vector<Node> statements = syntax::statements(block);
  return std::any_of(statements.begin(), statements.end(), [&](const Node& statement) {
    return statement.begin() >= task.call.end() && statement.end() <= place.begin() &&
           (always_awaits(statement, keeper.text()) || awaits_each(statement, keeper.text()));
  });
}

}  // namespace jaa::pitfalls
