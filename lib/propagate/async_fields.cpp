#include "propagate/async_fields.h"

#include <algorithm>
#include <optional>
#include <string>

#include "propagate/call_shape.h"
#include "propagate/carry.h"
#include "rewrite/async_closure.h"
#include "rewrite/callback.h"
#include "syntax/items.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// The named parts of a list, without comments and attributes.
std::vector<Node> elements(Node list) {
  std::vector<Node> result = list.named_children();
  std::erase_if(result, [](Node one) { return one.is_comment() || one.is("attribute_item"); });
  return result;
}

std::optional<size_t> index_of(const std::vector<Node>& list, Node element) {
  const auto at = std::find(list.begin(), list.end(), element);
  return at == list.end() ? std::nullopt : std::optional(static_cast<size_t>(at - list.begin()));
}

std::string_view parameter_name(Node parameter) {
  return parameter.is("type_identifier") ? parameter.text() : parameter.field("name").text();
}

// `Fn(A) -> B` bounds of the parameter `name` in the head of `item`, or of functions in it.
std::vector<Node> bounds_of(Node item, std::string_view name) {
  std::vector<Node> result;
  syntax::walk(item, [&](Node node) {
    const bool is_of_parameter = (node.is("type_parameter") && node.field("name").text() == name) ||
                                 (node.is("where_predicate") && node.field("left").text() == name);
    if (is_of_parameter) {
      for (const Node& bound : node.field("bounds").named_children()) {
        const Node type = bound.is("higher_ranked_trait_bound") ? bound.field("type") : bound;
        if (type.is("function_type") && type.field("trait").text().starts_with("Fn")) {
          result.push_back(type);
        }
      }
    }
    return node.is("block") ? syntax::Walk::Over : syntax::Walk::Into;
  });
  return result;
}

// A struct with a field of the type of one of its parameters.
struct KeptIn {
  Node item;
  size_t parameter = 0;
  std::string field;
};

class FieldChanger {
 public:
  FieldChanger(const flow::Facts& facts, Node closure) : facts_(facts), closure_(closure) {}

  std::vector<base::FixIt> run() {
    if (!find_struct() || !change_bounds() || !change_closures()) {
      return {};
    }
    std::vector<base::FixIt> result;
    Goal goal;
    goal.unawaited = calls();
    for (base::FixIt& carried :
         goal.unawaited.empty()
             ? std::vector<base::FixIt>()
             : fixes(facts_, goal, "make the closure in `" + kept_.field + "` async")) {
      base::FixIt fix = std::move(carried);
      fix.name = "async_closure";
      fix.body = {};
      fix.edits.insert(fix.edits.end(), edits_.begin(), edits_.end());
      result.push_back(std::move(fix));
    }
    return result;
  }

 private:
  void insert(Node at, std::string text) {
    base::Edit edit{{at.span().file, at.begin(), at.begin()}, std::move(text)};
    if (std::find(edits_.begin(), edits_.end(), edit) == edits_.end()) {
      edits_.push_back(std::move(edit));
    }
  }

  template <typename Take>
  void each_node(const Take& take) const {
    for (const flow::CrateFiles& crate : facts_.crates()) {
      for (const base::FileId file : crate.files) {
        syntax::walk(facts_.tree(file).root(), [&](Node node) {
          take(node);
          return syntax::Walk::Into;
        });
      }
    }
  }

  // `S` of `S::new(..)`.
  static std::string_view type_in_path(Node function) {
    return syntax::last_name(function.field("path"));
  }

  bool find_struct() {
    const Node parent = closure_.parent();
    if (parent.is("field_initializer")) {
      const Node literal = syntax::enclosing(parent, {"struct_expression"});
      return keep(syntax::last_name(literal.field("name")), parent.field("field").text());
    }
    const Node call = parent.parent();
    const Node callee = call.field("function");
    if (!parent.is("arguments") || !callee.is("scoped_identifier")) {
      return false;
    }
    const std::optional<size_t> index = index_of(elements(parent), closure_);
    for (const Node& function : facts_.items().functions(syntax::called_name(call))) {
      const Node impl = syntax::impl_of(function);
      if (impl && !impl.field("trait") &&
          syntax::last_name(impl.field("type")) == type_in_path(callee)) {
        maker_ = function;
        argument_ = *index;
        return keep_argument(impl);
      }
    }
    return false;
  }

  // The maker's parameter has the type of one of the parameters of its `impl`.
  bool keep_argument(Node impl) {
    const std::vector<Node> parameters = elements(maker_.field("parameters"));
    const Node type = argument_ < parameters.size() ? parameters[argument_].field("type") : Node();
    const std::vector<Node> given = elements(impl.field("type").field("type_arguments"));
    const auto place = std::find_if(given.begin(), given.end(), [&](const Node& one) {
      return type.is("type_identifier") && one.text() == type.text();
    });
    const auto& structs = facts_.items().structs(syntax::last_name(impl.field("type")));
    if (place == given.end() || structs.size() != 1) {
      return false;
    }
    kept_.item = structs.front();
    kept_.parameter = static_cast<size_t>(place - given.begin());
    const std::vector<Node> declared = elements(kept_.item.field("type_parameters"));
    if (kept_.parameter >= declared.size()) {
      return false;
    }
    for (const Node& field : elements(kept_.item.field("body"))) {
      if (field.field("type").text() == parameter_name(declared[kept_.parameter])) {
        const bool is_first = kept_.field.empty();
        kept_.field = is_first ? field.field("name").text() : std::string_view();
        if (!is_first) {
          return false;
        }
      }
    }
    return !kept_.field.empty();
  }

  bool keep(std::string_view type, std::string_view field_name) {
    const auto& structs = facts_.items().structs(type);
    if (structs.size() != 1) {
      return false;
    }
    kept_.item = structs.front();
    kept_.field = field_name;
    const std::vector<Node> declared = elements(kept_.item.field("type_parameters"));
    for (const Node& field : elements(kept_.item.field("body"))) {
      for (size_t index = 0; index < declared.size(); ++index) {
        if (field.field("name").text() == field_name &&
            field.field("type").text() == parameter_name(declared[index])) {
          kept_.parameter = index;
          return true;
        }
      }
    }
    return false;
  }

  // Everywhere the struct is named with a parameter in that place.
  bool change_bounds() {
    bool is_plain = true;
    std::vector<Node> bounds = bounds_of(
        kept_.item, parameter_name(elements(kept_.item.field("type_parameters"))[kept_.parameter]));
    const std::string_view name = kept_.item.field("name").text();
    each_node([&](Node node) {
      if (!node.is("generic_type") || syntax::last_name(node.field("type")) != name) {
        return;
      }
      const std::vector<Node> given = elements(node.field("type_arguments"));
      if (kept_.parameter < given.size() && given[kept_.parameter].is("type_identifier")) {
        for (const Node& bound :
             bounds_of(syntax::enclosing_item(node), given[kept_.parameter].text())) {
          bounds.push_back(bound);
        }
      }
    });
    for (const Node& bound : bounds) {
      is_plain =
          is_plain && bound.field("return_type").text().find("Fut") == std::string_view::npos;
      insert(bound.field("trait"), "Async");
    }
    return is_plain && !bounds.empty();
  }

  // What such a struct is made with. In its own `impl` that may be what a function was given.
  bool change_closures() {
    bool all = true;
    const std::string_view name = kept_.item.field("name").text();
    each_node([&](Node node) {
      const Node impl = syntax::enclosing(node, {"impl_item"});
      const bool is_inside = syntax::last_name(impl.field("type")) == name;
      const auto is_ours = [&](std::string_view type) {
        return type == name || (is_inside && type == "Self");
      };
      if (node.is("struct_expression") && is_ours(syntax::last_name(node.field("name")))) {
        for (const Node& part : elements(node.field("body"))) {
          if (part.field("field").text() == kept_.field) {
            all &= change(part.field("value")) || is_inside;
          }
        }
      } else if (maker_ && node.is("call_expression") &&
                 is_ours(type_in_path(node.field("function"))) &&
                 syntax::called_name(node) == maker_.field("name").text()) {
        const std::vector<Node> given = elements(node.field("arguments"));
        all &= argument_ < given.size() && (change(given[argument_]) || is_inside);
      }
    });
    return all;
  }

  // False for what is neither a closure nor the name of a function.
  bool change(Node value) {
    if (value.is("closure_expression")) {
      if (!value.has_child("async")) {
        insert(value, "async ");
      }
      return true;
    }
    const auto& functions = facts_.items().functions(syntax::last_name(value));
    if (!value.is_any({"identifier", "scoped_identifier"}) || functions.size() != 1 ||
        syntax::binding_of(value.text(), value)) {
      return false;
    }
    if (!syntax::is_async_function(functions.front())) {
      edits_.push_back({value.span(), rewrite::async_closure(value, functions.front())});
    }
    return true;
  }

  // `(self.compute)(..)`, whatever is in front of the field.
  std::vector<Node> calls() const {
    std::vector<Node> result;
    each_node([&](Node node) {
      const Node function = node.is("call_expression") ? node.field("function") : Node();
      const std::vector<Node> inner =
          function.is("parenthesized_expression") ? function.named_children() : std::vector<Node>();
      if (inner.size() == 1 && inner.front().is("field_expression") &&
          inner.front().field("field").text() == kept_.field) {
        result.push_back(node);
      }
    });
    return result;
  }

  const flow::Facts& facts_;
  Node closure_;
  KeptIn kept_;
  Node maker_;  // the function that is given the closure; none for a struct's literal
  size_t argument_ = 0;
  std::vector<base::Edit> edits_;
};

}  // namespace

std::vector<base::FixIt> make_field_async(const flow::Facts& facts, Node closure) {
  if (!closure.is("closure_expression") || syntax::is_async_function(closure) ||
      syntax::is_in_macro(closure)) {
    return {};
  }
  return FieldChanger(facts, closure).run();
}

}  // namespace jaa::propagate
