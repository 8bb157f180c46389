#include "rewrite/boxed_method.h"

#include <algorithm>

#include "rewrite/async_sugar.h"
#include "rewrite/edit_list.h"
#include "rewrite/head_edits.h"
#include "rewrite/kept_arguments.h"
#include "rewrite/method_lifetimes.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// The `impl Future<..> + ..` that a method returns; none for another type.
Node opaque_future(Node method) {
  const Node type = method.field("return_type");
  if (!type.is_any({"abstract_type", "bounded_type"}) || !type.text().starts_with("impl "))
    return {};
  bool is_future = false;
  bool is_nested = false;
  syntax::walk(type, [&](Node node) {
    is_future |= node.is("type_identifier") && (node.text() == "Future" || node.text() == "Stream");
    is_nested |= node.is("abstract_type") && node.begin() != type.begin();
    return Walk::Into;
  });
  return is_future && !is_nested ? type : Node();
}

// What a method returns leaves it at its end and at each `return`.
void box_returned(EditList& edits, Node value) {
  const bool is_boxed = value.is("call_expression") && value.field("function").text() == "Box::pin";
  // `todo!()` and its kin give no value.
  if (!value || is_boxed || value.is_any({"macro_invocation", "return_expression"})) return;
  edits.insert(value.begin(), "Box::pin(");
  edits.insert(value.end(), ")");
}

void box_returns(EditList& edits, Node body) {
  syntax::walk(body, [&](Node node) {
    if (node.is_any({"async_block", "closure_expression", "function_item"})) return Walk::Over;
    if (node.is("return_expression") && !node.named_children().empty())
      box_returned(edits, node.named_children().front());
    return Walk::Into;
  });
  const std::vector<Node> statements = syntax::statements(body);
  if (statements.empty()) return;
  Node last = statements.back();
  // A `match` or `if` that ends the body is its value, but for the statement around it.
  if (last.is("expression_statement")) {
    if (last.text().ends_with(";")) return;
    last = last.named_children().front();
  }
  if (!last.is("let_declaration")) box_returned(edits, last);
}

class Head {
 public:
  Head(const BoxedMethod& method, const BoxedForm& form, const LifetimePlan& plan,
       ImportEdits& imports, EditList& edits)
      : method_(method),
        form_(form),
        plan_(plan),
        imports_(imports),
        head_(*method.tree, method.method, edits) {}

  void write() {
    const Node function = method_.method;
    for (const auto& [place, name] : plan_.names) name_lifetime(place, name);
    write_generics();
    if (is_async(function)) head_.remove_async();
    const std::string type = future_type();
    if (const Node written = function.field("return_type"))
      head_.replace(written.begin(), written.end(), type);
    else
      head_.replace(function.field("parameters").end(), function.field("parameters").end(),
                    " -> " + type);
    write_predicates();
    head_.break_lines(has_where_);
  }

 private:
  std::string_view text() const { return method_.tree->text(); }

  void name_lifetime(Node place, const std::string& name) {
    if (place.is("lifetime"))
      head_.replace(place.begin(), place.end(), name);
    else
      head_.replace(place.begin() + 1, place.begin() + 1, name + " ");
  }

  void write_generics() {
    const Node generics = method_.method.field("type_parameters");
    std::string list;
    for (const std::string& name : plan_.declared) list += name + ", ";
    if (list.empty()) return;
    // An empty list is a list too.
    if (generics && !generics.named_children().empty()) {
      head_.replace(generics.begin() + 1, generics.begin() + 1, list);
      return;
    }
    list.resize(list.size() - 2);
    const Node name = method_.method.field("name");
    head_.replace(name.end(), generics ? generics.end() : name.end(), "<" + list + ">");
  }

  std::string future_type() {
    const Node function = method_.method;
    const bool is_core = text().find("#![no_std]") != std::string_view::npos;
    const std::string root = is_core ? "core::" : "std::";
    const std::string pin = imports_.import(function, root + "pin::Pin");
    const Node opaque = opaque_future(function);
    std::string inner;
    bool says_send = false;
    bool says_lifetime = false;
    if (opaque) {
      inner = plan_.output_text(opaque).substr(std::string_view("impl ").size());
      // A box captures what it says it does.
      if (const size_t use = inner.find("+ use<"); use != std::string::npos)
        inner.erase(use - 1, inner.find('>', use) + 2 - use);
      says_send = syntax::is_mentioned(opaque, "Send");
      for (const Node& bound : opaque.named_children()) says_lifetime |= bound.is("lifetime");
    } else {
      const Node output = function.field("return_type");
      const std::string future =
          form_.edition >= "2024" ? "Future" : imports_.import(function, root + "future::Future");
      inner = future + "<Output = " + (output ? plan_.output_text(output) : "()") + ">";
    }
    if (form_.is_send && !says_send) inner += " + Send";
    if (!plan_.result.empty() && !says_lifetime) inner += " + " + plan_.result;
    return pin + "<Box<dyn " + inner + ">>";
  }

  void write_predicates() { has_where_ = head_.add_where(plan_.predicates); }

  const BoxedMethod& method_;
  const BoxedForm& form_;
  const LifetimePlan& plan_;
  ImportEdits& imports_;
  HeadEdits head_;
  bool has_where_ = false;
};

// The value that `body` ends with, where that is worth a type.
Node value_to_type(Node method, Node body) {
  const std::vector<Node> statements = syntax::statements(body);
  const Node last = statements.empty() ? Node() : statements.back();
  const bool is_value = last && !last.is("let_declaration") && !last.text().ends_with(";") &&
                        !last.is_any({"return_expression", "macro_invocation"}) &&
                        last.text() != "None";
  return is_value && may_coerce(method) ? last : Node();
}

// `Err(..)` as `Err::<u32, Box<dyn Error>>(..)`, `None` as `None::<..>`, where the method's type
// says what that is.
bool write_types(Node method, Node value, EditList& edits) {
  const Node type = method.field("return_type");
  const std::string_view maker = value.field("function").text();
  const std::string_view made = syntax::last_name(type);
  const Node arguments = type.field("type_arguments");
  const size_t count = arguments.named_children().size();
  if (value.text() == "None" && made == "Option" && count == 1) {
    edits.insert(value.end(), "::" + std::string(arguments.text()));
    return true;
  }
  const bool fits = value.is("call_expression") &&
                    ((made == "Result" && count == 2 && (maker == "Ok" || maker == "Err")) ||
                     (made == "Option" && count == 1 && maker == "Some"));
  if (fits) edits.insert(value.field("function").end(), "::" + std::string(arguments.text()));
  return fits;
}

// What the first `return` gives; what comes after it is of the same type.
Node first_returned(Node body) {
  Node result;
  syntax::walk(body, [&](Node node) {
    if (node.is_any({"async_block", "closure_expression", "function_item"})) return Walk::Over;
    if (node.is("return_expression") && !node.named_children().empty() && !result)
      result = node.named_children().front();
    return result ? Walk::Stop : Walk::Into;
  });
  return result;
}

// The body is one expression that has room in one line with the box around it.
Node fitting_value(const syntax::Tree& tree, Node body) {
  const std::vector<Node> parts = body.named_children();
  if (parts.size() != 1 || !syntax::starts_line(tree.text(), parts.front().begin())) return {};
  const Node only = parts.front();
  const std::string_view text = only.text();
  if (text.ends_with(";") || text.ends_with("}") || text.find('\n') != std::string_view::npos)
    return {};
  const size_t width = syntax::indentation(tree.text(), only.begin()).size() + text.size() +
                       std::string_view("Box::pin(async move {  })").size();
  return width <= LineWidth ? only : Node();
}

// `let value: T = ..; value` in place of the last expression, in the order of the edits at
// one place.
void write_body(const BoxedMethod& one, const BoxedForm& form, EditList& edits) {
  const Node body = one.method.field("body");
  if (!body) return;
  if (opaque_future(one.method)) {
    box_returns(edits, body);
    return;
  }
  Node value = form.is_typed ? value_to_type(one.method, body) : Node();
  const Node returned = form.is_typed ? first_returned(body) : Node();
  if (returned && may_coerce(one.method)) value = Node();
  if (returned && may_coerce(one.method)) write_types(one.method, returned, edits);
  if (value && write_types(one.method, value, edits)) value = Node();
  const auto gap_at = [&](Node place) {
    return syntax::starts_line(one.tree->text(), place.begin())
               ? std::string(edits.layout().line_end) +
                     std::string(syntax::indentation(one.tree->text(), place.begin())) +
                     edits.layout().indent
               : " ";
  };
  std::string name = "value";
  while (syntax::is_mentioned(one.method, name)) name = "the_" + name;
  const Node only = value ? Node() : fitting_value(*one.tree, body);
  if (only && !keeps_arguments(one.method, form.quiet)) {
    edits.insert(only.begin(), "Box::pin(async move { ");
    edits.insert(only.end(), " })");
    return;
  }
  if (value) edits.insert(value.end(), ";" + gap_at(value) + name);
  const Node first = wrap_body(*one.tree, body, "Box::pin(async move", ")", edits);
  if (first) keep_arguments(one.method, first, gap_at(first), form.quiet, edits);
  if (value)
    edits.insert(value.begin(), "let " + name + ": " +
                                    std::string(one.method.field("return_type").text()) + " = ");
}

}  // namespace

std::vector<base::Edit> box_body(const BoxedMethod& method, const BoxedForm& form) {
  EditList edits(*method.tree);
  write_body(method, form, edits);
  return edits.take();
}

std::vector<base::Edit> add_where(const syntax::Tree& tree, Node function,
                                  const std::vector<std::string>& predicates) {
  if (syntax::is_in_macro(function) || function.has_error()) return {};
  EditList edits(tree);
  HeadEdits(tree, function, edits).add_where(predicates);
  return edits.take();
}

bool is_async(Node method) {
  for (const Node& part : method.children())
    if (part.is("function_modifiers")) return part.has_child("async");
  return false;
}

bool may_coerce(Node method) {
  bool result = false;
  syntax::walk(method.field("return_type"), [&result](Node node) {
    result |= node.is_any({"reference_type", "dynamic_type", "function_type"});
    return Walk::Into;
  });
  return result && is_async(method);
}

bool gives_future(Node method) {
  return is_async(method) || opaque_future(method).is_valid();
}

std::vector<base::Edit> box_method(const std::vector<BoxedMethod>& methods, const BoxedForm& form,
                                   ImportEdits& imports) {
  std::vector<base::Edit> result;
  std::vector<Node> nodes;
  for (const BoxedMethod& one : methods) {
    if ((!gives_future(one.method) && !form.takes_sync) || one.method.has_error() ||
        syntax::is_in_macro(one.method))
      return {};
    nodes.push_back(one.method);
  }
  const std::vector<LifetimePlan> plans = plan_lifetimes(nodes, form.is_general);
  for (size_t index = 0; index < methods.size(); ++index) {
    EditList edits(*methods[index].tree);
    Head(methods[index], form, plans[index], imports, edits).write();
    write_body(methods[index], form, edits);
    std::vector<base::Edit> all = edits.take();
    result.insert(result.end(), std::make_move_iterator(all.begin()),
                  std::make_move_iterator(all.end()));
  }
  return result;
}

std::string boxed_head(const BoxedMethod& method, const BoxedForm& form, ImportEdits& imports) {
  EditList edits(*method.tree);
  const LifetimePlan plan = plan_lifetimes({method.method}, form.is_general).front();
  Head(method, form, plan, imports, edits).write();
  const Node body = method.method.field("body");
  const uint32_t end = body ? body.begin() : method.method.end() - 1;
  const std::string_view text = method.tree->text();
  std::string result;
  uint32_t at = method.method.begin();
  for (const base::Edit& edit : edits.take()) {
    result.append(text.substr(at, edit.span.begin - at)).append(edit.text);
    at = edit.span.end;
  }
  if (at < end) result.append(text.substr(at, end - at));
  while (!result.empty() &&
         (result.back() == ' ' || result.back() == '\n' || result.back() == '\r'))
    result.pop_back();
  return result;
}

}  // namespace jaa::rewrite
