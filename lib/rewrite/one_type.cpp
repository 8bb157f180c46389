#include "rewrite/one_type.h"

#include <algorithm>
#include <set>

#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// One parameter of a method whose type is any.
struct AnyType {
  size_t index = 0;  // without the receiver
  Node parameter;
  Node declared;  // `T: Into<String>`; none for an `impl Into<String>`
  Node written;   // the type, or what a reference refers to
  bool is_reference = false;
  std::vector<std::string> bounds;
};

// What is taken in its place.
struct Choice {
  std::string type;
  std::string conversion;  // a method that callers call, and bodies no longer do
  bool is_boxed = false;   // callers put it in a box
};

std::vector<Node> inputs_of(Node method) {
  std::vector<Node> result;
  for (const Node& one : method.field("parameters").named_children())
    if (one.is("parameter") && one.field("pattern").text() != "self") result.push_back(one);
  return result;
}

Node where_clause_of(Node method) {
  for (const Node& part : method.children())
    if (part.is("where_clause")) return part;
  return {};
}

void add_bounds_of(Node bounds, std::vector<std::string>& result) {
  for (const Node& one : bounds.named_children())
    if (!one.is_comment() && !one.text().starts_with("?")) result.emplace_back(one.text());
}

void add_sum(Node type, std::vector<std::string>& result) {
  if (!type.is("bounded_type")) {
    result.emplace_back(type.text());
    return;
  }
  std::string_view all = type.text();
  int depth = 0;
  size_t begin = 0;
  for (size_t at = 0; at <= all.size(); ++at) {
    const char c = at < all.size() ? all[at] : '+';
    depth += c == '<' || c == '(' ? 1 : c == ')' || (c == '>' && all[at - 1] != '-') ? -1 : 0;
    if (c != '+' || (depth != 0 && at < all.size())) continue;
    std::string_view one = all.substr(begin, at - begin);
    while (one.starts_with(" ")) one.remove_prefix(1);
    while (one.ends_with(" ")) one.remove_suffix(1);
    result.emplace_back(one);
    begin = at + 1;
  }
}

std::optional<AnyType> any_type(Node method, Node parameter, size_t index) {
  AnyType result;
  result.index = index;
  result.parameter = parameter;
  result.written = parameter.field("type");
  if (result.written.is("reference_type")) {
    result.is_reference = true;
    result.written = result.written.field("type");
    if (result.written.is("tuple_type") && result.written.named_children().size() == 1)
      result.written = result.written.named_children().front();
  }
  const std::string_view text = result.written.text();
  if (text.starts_with("impl ")) {
    std::vector<std::string> sum;
    Node whole = result.written;
    add_sum(whole.is("abstract_type") ? whole.field("trait") : whole, sum);
    if (!sum.empty() && sum.front().starts_with("impl ")) sum.front().erase(0, 5);
    result.bounds = sum;
    return result;
  }
  for (const Node& one : method.field("type_parameters").named_children()) {
    if (!one.is("type_parameter") || one.field("name").text() != text) continue;
    result.declared = one;
    add_bounds_of(one.field("bounds"), result.bounds);
    for (const Node& predicate : where_clause_of(method).named_children())
      if (predicate.field("left").text() == text)
        add_bounds_of(predicate.field("bounds"), result.bounds);
    return result;
  }
  return std::nullopt;
}

std::vector<AnyType> any_types(Node method) {
  std::vector<AnyType> result;
  const std::vector<Node> inputs = inputs_of(method);
  for (size_t index = 0; index < inputs.size(); ++index)
    if (auto one = any_type(method, inputs[index], index)) result.push_back(std::move(*one));
  return result;
}

// `U` of a bound `Into<U>`.
std::string argument_of(const std::vector<std::string>& bounds, std::string_view trait) {
  for (const std::string& bound : bounds) {
    const size_t at = bound.find(std::string(trait) + "<");
    if ((at == 0 || (at != std::string::npos && bound[at - 1] == ':')) && bound.ends_with(">"))
      return bound.substr(at + trait.size() + 1, bound.size() - at - trait.size() - 2);
  }
  return {};
}

std::string object_of(const std::vector<std::string>& bounds) {
  std::string result = "dyn ";
  for (const std::string& bound : bounds) result += (result.size() > 4 ? " + " : "") + bound;
  return bounds.empty() ? std::string() : result;
}

// What a call passes; the node is none where it is several tokens of a macro.
struct Passed {
  base::Span span;
  Node node;
  bool is_plain = false;  // a method can be called on it as it is written
};

// `.run(a, b)` in a macro's arguments: `name` is the method's, the rest are tokens.
std::optional<Passed> argument_of_tokens(Node name, size_t index) {
  std::vector<Node> tokens = name.next().children();
  size_t argument = 0;
  Passed result;
  bool has_any = false;
  result.is_plain = true;
  for (size_t at = 1; at + 1 < tokens.size(); ++at) {
    const Node token = tokens[at];
    if (token.is(",")) {
      ++argument;
      continue;
    }
    if (argument != index) continue;
    result.is_plain &= token.is_named() || token.is(".") || token.is("::");
    result.node = has_any ? Node() : token;
    result.span =
        has_any ? base::Span{result.span.file, result.span.begin, token.end()} : token.span();
    has_any = true;
  }
  return has_any ? std::optional(result) : std::nullopt;
}

std::optional<Passed> argument_of_call(Node call, size_t index) {
  if (call.is("identifier")) return argument_of_tokens(call, index);
  const std::vector<Node> all = call.field("arguments").named_children();
  // `Stage::run(&mut stage, input)` has the receiver among them.
  const Node callee = call.field("function");
  const Node plain = callee.is("generic_function") ? callee.field("function") : callee;
  const size_t at = index + (plain.is("field_expression") ? 0 : 1);
  if (at >= all.size()) return std::nullopt;
  return Passed{all[at].span(), all[at],
                all[at].is_any({"identifier", "call_expression", "field_expression",
                                "string_literal", "macro_invocation", "await_expression"})};
}

// The type of an expression, as far as it is plain to see. Follows names to their `let`
// or parameter a few times.
std::string evident_type(Node value, int steps = 4) {
  if (steps == 0 || !value) return {};
  if (value.is("string_literal")) return "&'static str";
  if (value.is("boolean_literal")) return "bool";
  if (value.is("macro_invocation") && value.field("macro").text() == "format") return "String";
  if (value.is("struct_expression")) return std::string(value.field("name").text());
  if (value.is("call_expression")) {
    const std::string_view method = method_name(value).text();
    if (method == "to_string") return "String";
    const Node callee = value.field("function");
    const std::string_view owner = syntax::last_name(callee.field("path"));
    const std::string_view maker = callee.field("name").text();
    const bool is_type = !owner.empty() && owner.front() >= 'A' && owner.front() <= 'Z';
    return callee.is("scoped_identifier") && is_type &&
                   (maker == "new" || maker == "from" || maker == "default")
               ? std::string(callee.field("path").text())
               : std::string();
  }
  if (!value.is("identifier")) return {};
  Node declared;
  for (Node function = syntax::enclosing_function(value); function && !declared;
       function = syntax::enclosing_function(function)) {
    syntax::walk(function, [&](Node node) {
      const bool is_binding = node.is_any({"let_declaration", "parameter"});
      const Node pattern = node.field("pattern");
      if (is_binding && pattern.text() == value.text() && node.end() <= value.begin())
        declared = node;
      return Walk::Into;
    });
  }
  if (const Node type = declared.field("type")) return std::string(type.text());
  return evident_type(declared.field("value"), steps - 1);
}

// The one type that every call passes.
std::string passed_type(const std::vector<Node>& calls, size_t index) {
  std::string result;
  for (const Node& call : calls) {
    const std::optional<Passed> passed = argument_of_call(call, index);
    const std::string type = passed ? evident_type(passed->node) : std::string();
    if (type.empty() || (!result.empty() && type != result)) return {};
    result = type;
  }
  return result;
}

std::optional<Choice> choice_of(const AnyType& any, const std::vector<Node>& calls) {
  const std::string object = object_of(any.bounds);
  if (any.is_reference) {
    if (object.empty()) return std::nullopt;
    return Choice{any.bounds.size() > 1 ? "(" + object + ")" : object, "", false};
  }
  if (const std::string into = argument_of(any.bounds, "Into"); !into.empty())
    return Choice{into, "into", false};
  if (const std::string as_ref = argument_of(any.bounds, "AsRef"); !as_ref.empty())
    return Choice{"&" + as_ref, "as_ref", false};
  if (const std::string passed = passed_type(calls, any.index); !passed.empty())
    return Choice{passed, "", false};
  if (object.empty()) return std::nullopt;
  return Choice{"Box<" + object + ">", "", true};
}

base::Edit replacing(Node node, std::string text) {
  return {node.span(), std::move(text)};
}

// A list element and its comma.
base::Span with_comma(Node element) {
  const Node next = element.next();
  if (next.is(",") && next.next() && !next.next().is(">") && !next.next().is("{"))
    return {element.span().file, element.begin(), next.next().begin()};
  const uint32_t end = next.is(",") ? next.end() : element.end();
  const Node before = element.previous();
  return {element.span().file, before.is(",") ? before.begin() : element.begin(), end};
}

void remove_declaration(Node method, Node declared, std::vector<base::Edit>& edits) {
  const Node list = method.field("type_parameters");
  if (list.named_children().size() == 1)
    edits.push_back(replacing(list, ""));
  else
    edits.push_back({with_comma(declared), ""});
  const Node clause = where_clause_of(method);
  for (const Node& predicate : clause.named_children()) {
    if (predicate.field("left").text() != declared.field("name").text()) continue;
    if (clause.named_children().size() > 1) {
      edits.push_back({with_comma(predicate), ""});
    } else {
      const Node before = clause.previous();
      const bool has_body = clause.next().is("block");
      edits.push_back(
          {{clause.span().file, before.end(), has_body ? clause.next().begin() : clause.end()},
           has_body ? " " : ""});
    }
  }
}

// False when the type is named where it cannot be replaced.
bool change_method(const AnyType& any, const Choice& choice, Node method,
                   std::vector<base::Edit>& edits) {
  if (any.declared) {
    const std::string_view name = any.declared.field("name").text();
    remove_declaration(method, any.declared, edits);
    bool is_whole = true;
    syntax::walk(method, [&](Node node) {
      if (node == any.declared || node.is("where_clause")) return Walk::Over;
      if (node.is_any({"type_identifier", "identifier"}) && node.text() == name) {
        const bool is_own = node == any.written;
        is_whole &= is_own || (!choice.is_boxed && !any.is_reference && node.is("type_identifier"));
        edits.push_back(replacing(node, choice.type));
      }
      return Walk::Into;
    });
    if (!is_whole) return false;
  } else {
    edits.push_back(replacing(any.written, choice.type));
  }
  const Node pattern = any.parameter.field("pattern");
  const std::vector<syntax::Binding> bound = syntax::bindings(pattern);
  if (choice.conversion.empty() || bound.size() != 1) return true;
  const std::string_view name = bound.front().name.text();
  syntax::walk(method.field("body"), [&](Node node) {
    const Node callee = node.field("function");
    if (node.is("call_expression") && callee.is("field_expression") &&
        callee.field("value").text() == name && callee.field("field").text() == choice.conversion &&
        node.field("arguments").named_children().empty())
      edits.push_back(replacing(node, std::string(name)));
    return Walk::Into;
  });
  return true;
}

void change_call(const Passed& passed, const Choice& choice, std::vector<base::Edit>& edits) {
  const base::Span span = passed.span;
  if (choice.is_boxed) {
    edits.push_back({{span.file, span.begin, span.begin}, "Box::new("});
    edits.push_back({{span.file, span.end, span.end}, ")"});
  } else if (!choice.conversion.empty() && evident_type(passed.node) != choice.type) {
    if (!passed.is_plain) edits.push_back({{span.file, span.begin, span.begin}, "("});
    edits.push_back({{span.file, span.end, span.end},
                     std::string(passed.is_plain ? "." : ").") + choice.conversion + "()"});
  }
}

// `run::<String>(..)` names a type that is no parameter any more.
void remove_turbofish(Node call, std::vector<base::Edit>& edits) {
  const Node callee = call.field("function");
  if (callee.is("generic_function")) {
    const base::Span span = callee.span();
    edits.push_back({{span.file, callee.field("function").end(), span.end}, ""});
  }
}

}  // namespace

std::optional<OneType> take_one_type(const OneTypeInput& input, bool changes_callers) {
  if (input.methods.empty()) return std::nullopt;
  const std::vector<AnyType> declared = any_types(input.methods.front());
  size_t names = 0;
  for (const Node& one : input.methods.front().field("type_parameters").named_children())
    names += one.is_any({"type_parameter", "const_parameter"}) ? 1 : 0;
  if (declared.size() != 1 || names > 1) return std::nullopt;
  const AnyType& any = declared.front();
  const std::optional<Choice> choice = choice_of(any, input.calls);
  if (!choice) return std::nullopt;
  OneType way;
  way.type = choice->type;
  way.instead = any.declared ? any.declared.field("name").text() : any.written.text();
  way.is_plain = choice->conversion.empty() || choice->type.starts_with("&") ||
                 choice->type == "String" || choice->type == "PathBuf";
  for (const Node& method : input.methods) {
    const std::vector<AnyType> own = any_types(method);
    if (own.size() != 1 || method.has_error() || syntax::is_in_macro(method) ||
        !change_method(own.front(), *choice, method, way.edits))
      return std::nullopt;
  }
  for (const Node& call : input.calls) {
    remove_turbofish(call, way.edits);
    const std::optional<Passed> passed = argument_of_call(call, any.index);
    if (passed && (changes_callers || choice->is_boxed)) change_call(*passed, *choice, way.edits);
  }
  return way;
}

}  // namespace jaa::rewrite
