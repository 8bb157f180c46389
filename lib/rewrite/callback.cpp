#include "rewrite/callback.h"

#include <algorithm>

#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

constexpr size_t MostAlike = 16;

Node child_of_kind(Node node, std::string_view kind) {
  for (const Node& part : node.children())
    if (part.is(kind)) return part;
  return {};
}

// `Fn`, `FnMut`, `FnOnce`, behind `Async` or not.
std::string_view kind_of(Node function_type) {
  std::string_view name = syntax::last_name(function_type.field("trait"));
  if (name.starts_with("Async")) name.remove_prefix(5);
  return name == "Fn" || name == "FnMut" || name == "FnOnce" ? name : std::string_view();
}

// The callable trait among the bounds in `node`.
Node function_type_in(Node node) {
  Node found;
  syntax::walk(node, [&found](Node part) {
    if (part.is("function_type")) {
      if (!found && !kind_of(part).empty()) found = part;
      return Walk::Over;
    }
    return part.is_any({"type_arguments", "reference_type"}) ? Walk::Over : Walk::Into;
  });
  return found;
}

// What is written behind `name:` in the generics and `where` clauses of `item`.
std::vector<Node> bounds_on(Node item, std::string_view name) {
  std::vector<Node> result;
  for (const Node& part : item.children()) {
    for (const Node& entry : part.named_children()) {
      const bool names_it = (part.is("type_parameters") && entry.is("type_parameter") &&
                             entry.field("name").text() == name) ||
                            (part.is("where_clause") && entry.is("where_predicate") &&
                             entry.field("left").text() == name);
      if (names_it && entry.field("bounds")) result.push_back(entry.field("bounds"));
    }
  }
  return result;
}

Node type_parameter_of(Node item, std::string_view name) {
  for (const Node& entry : child_of_kind(item, "type_parameters").named_children())
    if (entry.is("type_parameter") && entry.field("name").text() == name) return entry;
  return {};
}

// `F` of `&F` and of `Arc<F>`.
Node without_reference(Node type) {
  while (true) {
    if (type.is("reference_type")) {
      type = type.field("type");
      continue;
    }
    const std::vector<Node> arguments = type.field("type_arguments").named_children();
    const std::string_view name = syntax::last_name(type);
    const bool is_pointer = type.is("generic_type") && arguments.size() == 1 &&
                            (name == "Arc" || name == "Rc" || name == "Box");
    if (!is_pointer) return type;
    type = arguments.front();
  }
}

// `Arc::new(f)` and its kin, which give what they are given.
bool is_pointer_call(Node call) {
  const Node function = call.field("function");
  const std::string_view name = syntax::last_name(function.field("path"));
  return call.is("call_expression") && syntax::last_name(function) == "new" &&
         (name == "Arc" || name == "Rc" || name == "Box") &&
         call.field("arguments").named_children().size() == 1;
}

Node inside_pointer(Node argument) {
  while (is_pointer_call(argument)) argument = argument.field("arguments").named_children().front();
  return argument;
}

Node outside_pointer(Node argument) {
  while (argument.parent().is("arguments") && is_pointer_call(argument.parent().parent()))
    argument = argument.parent().parent();
  return argument;
}

void read_future(Callback& callback) {
  const Node returned = callback.bound.field("return_type");
  if (!returned.is("type_identifier")) return;
  callback.future = type_parameter_of(callback.owner, returned.text());
  for (const Node& bounds : bounds_on(callback.owner, returned.text()))
    for (const Node& bound : bounds.parts())
      if (!bound.text().empty()) callback.future_bounds.push_back(bound);
  for (const Node& bound : callback.future_bounds) {
    if (syntax::last_name(bound) != "Future") continue;
    for (const Node& binding : bound.field("type_arguments").named_children())
      if (binding.is("type_binding") && binding.field("name").text() == "Output")
        callback.output = binding.field("type");
  }
}

std::vector<Node> value_parameters(Node function) {
  std::vector<Node> result;
  for (const Node& part : function.field("parameters").named_children())
    if (part.is("parameter")) result.push_back(part);
  return result;
}

bool has_self(Node function) {
  for (const Node& part : function.field("parameters").named_children()) {
    if (part.is("self_parameter")) return true;
    if (part.is("parameter")) return part.field("pattern").text() == "self";
  }
  return false;
}

std::vector<Node> arguments_of(Node call) {
  std::vector<Node> result;
  for (const Node& part : call.field("arguments").named_children())
    if (!part.is_comment() && !part.is("attribute_item")) result.push_back(part);
  return result;
}

// Without the turbofish.
Node callee_of(Node call) {
  const Node function = call.field("function");
  return function.is("generic_function") ? function.field("function") : function;
}

// The parameter of `function` that the argument number `index` of `call` is for; none
// where it cannot be this function that is called.
Node parameter_for(Node function, Node call, size_t index) {
  const Node callee = callee_of(call);
  std::vector<Node> parameters = value_parameters(function);
  const bool is_method = callee.is("field_expression");
  size_t count = parameters.size();
  if (has_self(function)) {
    if (child_of_kind(function.field("parameters"), "self_parameter")) ++count;
    const size_t skipped = count - parameters.size();
    if (is_method)
      --count;
    else if (index < skipped)
      return {};
    else
      index -= skipped;
  } else if (is_method) {
    return {};
  }
  if (count != arguments_of(call).size() || index >= parameters.size()) return {};
  if (callee.is("scoped_identifier")) {
    const std::string_view type = syntax::last_name(callee.field("path"));
    const std::string_view owner = syntax::last_name(syntax::impl_of(function).field("type"));
    if (!owner.empty() && type != owner && type != "Self" &&
        type != syntax::last_name(syntax::impl_of(function).field("trait")))
      return {};
  }
  return parameters[index];
}

std::string_view callee_name(Node call) {
  const Node callee = callee_of(call);
  return callee.is("field_expression") ? callee.field("field").text() : syntax::last_name(callee);
}

Node pattern_name(Node parameter) {
  const Node pattern = parameter.field("pattern");
  if (pattern.is("mut_pattern") && !pattern.named_children().empty())
    return pattern.named_children().back();
  return pattern.is("identifier") ? pattern : Node();
}

// `f`, `&f`, `&mut f`: the name.
Node handed_on(Node argument) {
  while (argument.is("reference_expression")) argument = argument.field("value");
  return argument.is("identifier") ? argument : Node();
}

bool is_known(const std::vector<Callback>& all, const Callback& one) {
  return std::any_of(all.begin(), all.end(), [&one](const Callback& other) {
    return other.parameter == one.parameter && other.bound == one.bound;
  });
}

// Other `impl`s of the same type that bind the parameter of that name.
void add_siblings(const Callback& callback, std::vector<Callback>& found) {
  if (!callback.owner.is("impl_item")) return;
  const std::string_view type = syntax::last_name(callback.owner.field("type"));
  const Node bounds = syntax::enclosing(callback.bound, {"type_parameter", "where_predicate"});
  const Node name = bounds.field("name") ? bounds.field("name") : bounds.field("left");
  for (const Node& item : callback.owner.parent().named_children()) {
    if (!item.is("impl_item") || item == callback.owner || type.empty() ||
        syntax::last_name(item.field("type")) != type)
      continue;
    for (const Node& method : item.field("body").named_children()) {
      auto sibling = callback_of_type(method.field("body"), name.text());
      if (sibling && sibling->owner == item && sibling->is_async == callback.is_async) {
        found.push_back(std::move(*sibling));
        break;
      }
    }
  }
}

// The same parameter in the trait and in its implementations.
void add_relatives(const syntax::Items& items, const Callback& callback,
                   std::vector<Callback>& found) {
  const Node impl = syntax::impl_of(callback.function);
  const Node trait = syntax::trait_of(callback.function);
  const std::string_view name =
      trait ? trait.field("name").text() : syntax::last_name(impl.field("trait"));
  if (name.empty()) return;
  const std::vector<Node> own = value_parameters(callback.function);
  const auto at = std::find(own.begin(), own.end(), callback.parameter);
  const auto index = static_cast<size_t>(at - own.begin());
  for (const Node& function : items.functions(callback.function.field("name").text())) {
    const Node other_trait = syntax::trait_of(function);
    const bool is_relative =
        (other_trait ? other_trait.field("name").text()
                     : syntax::last_name(syntax::impl_of(function).field("trait"))) == name;
    const std::vector<Node> parameters = value_parameters(function);
    if (!is_relative || index >= parameters.size()) continue;
    if (auto relative = callback_of(parameters[index])) found.push_back(std::move(*relative));
  }
}

// What `argument` names is a parameter of the function around it.
Node parameter_named(Node argument) {
  const Node name = handed_on(argument);
  const Node function = syntax::enclosing(name, {"function_item"});
  for (const Node& parameter : value_parameters(function))
    if (name && pattern_name(parameter).text() == name.text()) return parameter;
  return {};
}

}  // namespace

bool Callback::names_output() const {
  for (const Node& one : future_bounds)
    if (syntax::last_name(one) == "Future" && one.field("type_arguments")) return true;
  return false;
}

bool Callback::gives_value() const {
  return !is_async && future_bounds.empty() &&
         !syntax::is_mentioned(bound.field("return_type"), "Future");
}

bool Callback::takes_reference() const {
  bool found = false;
  syntax::walk(bound.field("parameters"), [&found](Node node) {
    found |= node.is("reference_type") || node.text() == "'_";
    return Walk::Into;
  });
  return found;
}

namespace {

// Reads the rest of a callback whose bound is found; false where calls give no future.
bool read_bound(Callback& callback) {
  callback.kind = std::string(kind_of(callback.bound));
  callback.is_async = syntax::last_name(callback.bound.field("trait")).starts_with("Async");
  if (callback.is_async) {
    callback.output = callback.bound.field("return_type");
    return true;
  }
  read_future(callback);
  return std::any_of(callback.future_bounds.begin(), callback.future_bounds.end(),
                     [](Node one) { return syntax::last_name(one) == "Future"; }) ||
         syntax::is_mentioned(callback.bound.field("return_type"), "Future");
}

}  // namespace

std::optional<Callback> callback_of_type(Node place, std::string_view type) {
  const Node function = syntax::enclosing(place, {"function_item"});
  for (Node item = syntax::enclosing_item(place); item;
       item = syntax::enclosing_item(item.parent())) {
    if (!type_parameter_of(item, type)) continue;
    for (const Node& parameter : value_parameters(function)) {
      auto callback = callback_of(parameter);
      if (callback && without_reference(parameter.field("type")).text() == type) return callback;
    }
    Callback callback;
    callback.function = function;
    callback.owner = item;
    for (const Node& bounds : bounds_on(item, type))
      if (!callback.bound) callback.bound = function_type_in(bounds);
    const bool is_usable = callback.bound && !item.has_error() && !syntax::is_in_macro(item);
    return is_usable && read_bound(callback) ? std::optional(callback) : std::nullopt;
  }
  return std::nullopt;
}

namespace {

// With its bound, of which the rest is yet to be read.
std::optional<Callback> bound_callback_of(Node parameter) {
  Callback callback;
  callback.parameter = parameter;
  callback.function = syntax::enclosing(parameter, {"function_item", "function_signature_item"});
  const Node type = without_reference(parameter.field("type"));
  if (!callback.function || callback.function.has_error() || syntax::is_in_macro(parameter))
    return std::nullopt;
  if (type.is_any({"abstract_type", "bounded_type"})) {
    callback.owner = callback.function;
    callback.bound = function_type_in(type);
  } else if (type.is("type_identifier")) {
    for (Node item = callback.function; item && !callback.bound;
         item = syntax::enclosing_item(item.parent())) {
      if (!type_parameter_of(item, type.text())) continue;
      callback.owner = item;
      for (const Node& bounds : bounds_on(item, type.text()))
        if (!callback.bound) callback.bound = function_type_in(bounds);
      // A method may say in its own `where` what a parameter of its `impl` can do.
      if (!callback.bound)
        for (const Node& bounds : bounds_on(callback.function, type.text()))
          if (!callback.bound) callback.bound = function_type_in(bounds);
      break;
    }
  }
  return callback.bound ? std::optional(callback) : std::nullopt;
}

}  // namespace

std::optional<Callback> callback_of(Node parameter) {
  std::optional<Callback> callback = bound_callback_of(parameter);
  return callback && read_bound(*callback) ? callback : std::nullopt;
}

std::optional<Callback> plain_callback_of(Node parameter) {
  std::optional<Callback> callback = bound_callback_of(parameter);
  if (!callback || read_bound(*callback)) return std::nullopt;
  callback->output = callback->bound.field("return_type");
  return callback;
}

namespace {

// In the arguments of a macro a call is a name and a group of tokens.
std::vector<Callback> callbacks_in_macro(const syntax::Items& items, Node token) {
  std::vector<Callback> result;
  const Node group = token.parent();
  const Node name = group.previous();
  if (!group.is("token_tree") || !name.is("identifier")) return result;
  size_t index = 0;
  size_t count = 1;
  for (const Node& part : group.children()) {
    if (part.is(",") && part.next().text() != ")") ++count;
    if (part.is(",") && part.end() <= token.begin()) ++index;
  }
  const bool is_method = name.previous().is(".");
  for (const Node& function : items.functions(name.text())) {
    std::vector<Node> parameters = value_parameters(function);
    const bool skips_self =
        is_method && !child_of_kind(function.field("parameters"), "self_parameter");
    if (skips_self && !parameters.empty()) parameters.erase(parameters.begin());
    if (has_self(function) != is_method || parameters.size() != count) continue;
    auto callback = callback_of(parameters[index]);
    if (callback) result.push_back(std::move(*callback));
  }
  return result;
}

}  // namespace

std::vector<Callback> callbacks_for(const syntax::Items& items, Node argument) {
  std::vector<Callback> result;
  if (argument.parent().is("token_tree")) return callbacks_in_macro(items, argument);
  argument = outside_pointer(argument);
  const Node call = argument.parent().parent();
  if (!argument.parent().is("arguments") || !call.is("call_expression")) return result;
  const std::vector<Node> arguments = arguments_of(call);
  const auto at = std::find(arguments.begin(), arguments.end(), argument);
  if (at == arguments.end()) return result;
  for (const Node& function : items.functions(callee_name(call))) {
    const Node parameter =
        parameter_for(function, call, static_cast<size_t>(at - arguments.begin()));
    auto callback = parameter ? callback_of(parameter) : std::nullopt;
    if (callback) result.push_back(std::move(*callback));
  }
  return result;
}

std::vector<Node> arguments_for(const syntax::Items& items, const Callback& callback) {
  std::vector<Node> result;
  const std::string_view name = callback.function.field("name").text();
  if (!callback.parameter) return result;
  for (const Node& call : items.calls()) {
    if (callee_name(call) != name) continue;
    const std::vector<Node> arguments = arguments_of(call);
    for (size_t index = 0; index < arguments.size(); ++index)
      if (parameter_for(callback.function, call, index) == callback.parameter)
        result.push_back(inside_pointer(arguments[index]));
  }
  return result;
}

std::vector<Callback> bound_alike(const syntax::Items& items, const Callback& callback) {
  std::vector<Callback> result{callback};
  for (size_t at = 0; at < result.size() && result.size() < MostAlike; ++at) {
    const Callback one = result[at];
    std::vector<Callback> found;
    add_siblings(one, found);
    if (one.parameter) add_relatives(items, one, found);
    // Handed on by the function itself.
    const Node name = pattern_name(one.parameter);
    const Node body = name ? one.function.field("body") : Node();
    for (const Node& mention : syntax::mentions(body, name.text())) {
      Node argument = mention;
      while (argument.parent().is("reference_expression")) argument = argument.parent();
      for (Callback& inner : callbacks_for(items, argument)) found.push_back(std::move(inner));
    }
    // Handed to it by a function that was given it.
    for (const Node& argument : arguments_for(items, one)) {
      const Node parameter = parameter_named(argument);
      auto outer = parameter ? callback_of(parameter) : std::nullopt;
      if (outer) found.push_back(std::move(*outer));
    }
    for (Callback& other : found)
      if (!is_known(result, other)) result.push_back(std::move(other));
  }
  return result;
}

bool awaits_each_call(const Callback& callback) {
  const Node name = pattern_name(callback.parameter);
  const Node body = name ? callback.function.field("body") : Node();
  for (const Node& mention : syntax::mentions(body, name.text())) {
    const Node call = mention.parent();
    if (!call.is("call_expression") || call.field("function") != mention ||
        !call.parent().is("await_expression"))
      return false;
  }
  return body.is_valid();
}

bool calls_once(const Callback& callback) {
  const Node name = pattern_name(callback.parameter);
  const Node body = callback.function.field("body");
  const std::vector<Node> mentions = syntax::mentions(body, name.text());
  if (!name || mentions.size() != 1 || syntax::is_in_macro(mentions.front())) return false;
  const Node call = mentions.front().parent();
  if (!call.is("call_expression") || call.field("function") != mentions.front()) return false;
  for (Node at = call; at && at != body; at = at.parent())
    if (at.is_any({"loop_expression", "while_expression", "for_expression", "closure_expression"}))
      return false;
  return true;
}

}  // namespace jaa::rewrite
