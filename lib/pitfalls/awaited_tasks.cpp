#include "pitfalls/awaited_tasks.h"

#include <algorithm>
#include <string>
#include <vector>

#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

bool is_variable(Node node, Node binding) {
  return node.is("identifier") && syntax::binding_of(node.text(), node) == binding;
}

// Where the variable is bound that has the handle, or the list of them: of
// `let task = spawn(..)`, `tasks.push(spawn(..))`,
// `let tasks: Vec<_> = parts.map(|part| spawn(..)).collect()`.
Node keeper_of(Node call) {
  for (Node at = call; at && !at.is("function_item"); at = at.parent()) {
    const Node parent = at.parent();
    const Node pattern = parent.field("pattern");
    if (parent.is("let_declaration") && parent.field("value") == at) {
      return pattern.is("identifier") ? pattern : Node();
    }
    const Node receiver = rewrite::chain_receiver(parent.parent());
    if (parent.is("arguments") && at == call && receiver.is("identifier") &&
        rewrite::method_name(parent.parent()).text() == "push") {
      return syntax::binding_of(receiver.text(), receiver);
    }
  }
  return {};
}

// Until `statement` nothing is done to the variable but that handles are put into it, so all
// of them are there.
bool is_only_filled(Node keeper, Node statement) {
  const std::vector<Node> mentions =
      syntax::mentions(syntax::enclosing_block(keeper), keeper.text());
  return std::all_of(mentions.begin(), mentions.end(), [&](const Node& mention) {
    if (mention == keeper || mention.begin() >= statement.begin() ||
        (!syntax::is_in_macro(mention) && !is_variable(mention, keeper))) {
      return true;
    }
    const Node call = mention.parent().parent();
    const std::string_view method = rewrite::method_name(call).text();
    return rewrite::chain_receiver(call) == mention &&
           (method == "push" || method == "len" || method == "reserve");
  });
}

// `task.await`, `task.join().await`, `join(task, other).await`, `join_all(tasks).await`.
bool awaits(Node await, Node keeper) {
  const Node operand = rewrite::awaited_operand(await);
  const std::vector<Node> arguments = operand.field("arguments").parts();
  const Node joined = rewrite::chain_receiver(operand);
  return is_variable(operand, keeper) ||
         (is_variable(joined, keeper) && rewrite::method_name(operand).text() == "join") ||
         (syntax::called_name(operand).starts_with("join") &&
          std::any_of(arguments.begin(), arguments.end(),
                      [&](const Node& argument) { return is_variable(argument, keeper); }));
}

// `tokio::join!(task, other)`
bool joins(Node macro, Node keeper) {
  return macro.is("macro_invocation") && syntax::last_name(macro.field("macro")) == "join" &&
         syntax::is_mentioned(macro, keeper.text());
}

// It is awaited whenever the statement is run to its end.
bool always_awaits(Node statement, Node keeper) {
  bool result = false;
  syntax::walk(statement, [&](Node node) {
    result |= ((node.is("await_expression") && awaits(node, keeper)) || joins(node, keeper)) &&
              rewrite::evaluated_before(node, statement);
    return result ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return result;
}

bool leaves_rounds(Node body) {
  bool found = false;
  syntax::walk(body, [&found](Node node) {
    found |= node.is_any({"break_expression", "continue_expression"});
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

// `for task in tasks { task.await }`
bool awaits_each(Node statement, Node keeper) {
  const Node loop = statement.is("expression_statement") ? statement.parts().front() : statement;
  const Node body = loop.field("body");
  if (!loop.is("for_expression") || !is_variable(loop.field("value"), keeper) ||
      leaves_rounds(body)) {
    return false;
  }
  const std::vector<syntax::Binding> bound = syntax::bindings(loop.field("pattern"));
  const std::vector<Node> inner = syntax::statements(body);
  return std::any_of(bound.begin(), bound.end(), [&inner](const syntax::Binding& handle) {
    return std::any_of(inner.begin(), inner.end(),
                       [&handle](const Node& one) { return always_awaits(one, handle.name); });
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
           (always_awaits(statement, keeper) || awaits_each(statement, keeper)) &&
           is_only_filled(keeper, statement);
  });
}

}  // namespace jaa::pitfalls
