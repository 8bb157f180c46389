#include "flow/type_sites.h"

#include <algorithm>
#include <deque>
#include <set>

#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;
using syntax::Walk;

namespace {

constexpr size_t MostSteps = 300;

// What introduces the bindings around `node`.
Node binder_of(Node node) {
  return syntax::enclosing(node, {"let_declaration", "parameter", "self_parameter", "let_condition",
                                  "match_arm", "for_expression", "closure_expression"});
}

bool is_code(Node node) {
  return node.is_any({"block", "async_block", "closure_expression"});
}

class Search {
 public:
  Search(const syntax::Items& items, llvm::function_ref<bool(Node)> matches)
      : items_(items), matches_(matches) {}

  std::vector<Node> run(Node start) {
    push(start);
    for (size_t steps = 0; !queue_.empty() && steps < MostSteps; ++steps) {
      const Node next = queue_.front();
      queue_.pop_front();
      visit(next);
    }
    return std::move(found_);
  }

 private:
  void push(Node node) {
    if (node && seen_.insert(node.span()).second) {
      queue_.push_back(node);
    }
  }
  void push(const std::vector<Node>& nodes) {
    for (const Node& node : nodes) {
      push(node);
    }
  }
  void push_origin(Node binding) {
    const Origin origin = origin_of(binding);
    push(origin.type);
    push(origin.value);
  }

  void visit(Node root) {
    // A name of its own stands for what it was declared with.
    if (root.is_any({"identifier", "self", "shorthand_field_identifier", "mut_pattern",
                     "self_parameter"})) {
      visit_name(root);
    }
    syntax::walk(root, [this, root](Node node) {
      if (matches_(node)) {
        if (std::find(found_.begin(), found_.end(), node) == found_.end()) {
          found_.push_back(node);
        }
        return Walk::Over;
      }
      // Of a value, what is done on the way to it does not matter; of code, all does.
      if (is_code(node) && !is_code(root)) {
        return Walk::Over;
      }
      if (node.is_any({"type_identifier", "scoped_type_identifier"})) {
        push(items_.aliases(syntax::last_name(node)));
        push(items_.structs(syntax::last_name(node)));
        return Walk::Over;
      }
      if (node.is("call_expression")) {
        visit_call(node);
      } else if (node.is("field_expression") && !node.parent().is("call_expression")) {
        for (const Node& field : items_.fields(node.field("field").text())) {
          push(field.field("type"));
        }
      } else if (node.is("struct_expression")) {
        push(items_.structs(syntax::last_name(node.field("name"))));
      } else if (node.is_any({"identifier", "self"}) && node != root) {
        visit_name(node);
      }
      return Walk::Into;
    });
  }

  // A local is what it was bound to; `self` is the type of its `impl`; a static has one.
  void visit_name(Node name) {
    if (name.is("self") || name.is("self_parameter")) {
      push(syntax::enclosing(name, {"impl_item"}).field("type"));
      return;
    }
    if (name.is("mut_pattern") && !name.named_children().empty()) {
      name = name.named_children().back();
    }
    if (const Node binding = local_binding(name, name.text())) {
      push_origin(binding);
    }
    for (const Node& item : items_.statics(name.text())) {
      push(item.field("type"));
    }
  }

  void visit_call(Node call) {
    const Node function = call.field("function");
    for (const Node& item : items_.functions(syntax::called_name(call))) {
      push(item.field("return_type"));
    }
    // `Type::new(..)`
    push(items_.structs(syntax::last_name(function.field("path"))));
    push(items_.aliases(syntax::last_name(function.field("path"))));
    // What is called may be a field or a local that holds a function.
    if (function.is("parenthesized_expression") || function.is("identifier")) {
      push(function);
    }
  }

  const syntax::Items& items_;
  llvm::function_ref<bool(Node)> matches_;
  std::deque<Node> queue_;
  std::set<base::Span> seen_;
  std::vector<Node> found_;
};

}  // namespace

std::vector<Node> type_sites(const syntax::Items& items, Node start,
                             llvm::function_ref<bool(Node)> matches) {
  return Search(items, matches).run(start);
}

Node local_binding(Node use, std::string_view name) {
  Node best;
  for (Node scope = syntax::enclosing_function(use); scope;
       scope = syntax::enclosing_function(scope)) {
    const auto look = [&](Node pattern) {
      for (const syntax::Binding& binding : syntax::bindings(pattern)) {
        if (binding.name.text() == name && binding.name.begin() <= use.begin()) {
          best = binding.name;
        }
      }
    };
    syntax::walk(scope, [&](Node node) {
      const bool is_over = node.is_any({"block", "closure_expression", "for_expression",
                                        "if_expression", "while_expression", "match_arm"}) &&
                           !node.contains(use);
      if (is_over || node.begin() > use.begin() || (node.is("function_item") && node != scope)) {
        return Walk::Over;
      }
      if (node.is("closure_parameters")) {
        for (const Node& parameter : node.named_children()) {
          look(parameter.is("parameter") ? parameter.field("pattern") : parameter);
        }
      } else if (node.is_any({"let_declaration", "parameter", "let_condition", "for_expression",
                              "match_arm"}) &&
                 (node.is("match_arm") || !node.field("value").contains(use))) {
        look(node.field("pattern"));  // in what it is bound to, an outer one is meant
      }
      return Walk::Into;
    });
    if (best || scope.is("function_item")) {
      break;
    }
  }
  return best;
}

Origin origin_of(Node binding) {
  const Node binder = binder_of(binding);
  Origin origin;
  if (binder.is("self_parameter")) {
    origin.type = syntax::enclosing(binder, {"impl_item"}).field("type");
  } else if (binder.is("match_arm")) {
    origin.value = syntax::enclosing(binder, {"match_expression"}).field("value");
  } else if (binder && !binder.is("closure_expression")) {
    origin.type = binder.field("type");
    origin.value = binder.field("value");
  }
  // A name in the middle of the binder's value is no binding of it.
  if (origin.value.contains(binding)) {
    return {};
  }
  return origin;
}

}  // namespace jaa::flow
