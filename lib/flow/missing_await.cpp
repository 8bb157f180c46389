#include "flow/missing_await.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "llvm/ADT/StringRef.h"

#include "flow/written_types.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

namespace {

// Traits of which a future's own lack is meant: about where it may go, not about its value.
bool is_about_futures(std::string_view quoted) {
  constexpr std::array Names{
      std::string_view("Send"),  std::string_view("Sync"),       std::string_view("Unpin"),
      std::string_view("Copy"),  std::string_view("Sized"),      std::string_view("Future"),
      std::string_view("Clone"), std::string_view("IntoFuture"), std::string_view("Stream")};
  return std::find(Names.begin(), Names.end(), quoted) != Names.end() ||
         quoted.find("FnOnce<") != std::string_view::npos ||
         quoted.find("FnMut<") != std::string_view::npos ||
         quoted.find("Fn<") != std::string_view::npos;
}

// All that the error quotes: in its message, labels and notes.
std::vector<std::string> quoted_texts(const rustc::Diagnostic& error) {
  std::vector<std::string> result = rustc::quoted_parts(error.message);
  const auto add = [&result](const std::string& text) {
    for (std::string& part : rustc::quoted_parts(text)) {
      result.push_back(std::move(part));
    }
  };
  for (const rustc::DiagnosticSpan& span : error.spans) {
    add(span.label);
    result.push_back(span.label);  // an operand's label is its bare type
  }
  for (const rustc::Diagnostic& child : error.children) {
    add(child.message);
  }
  return result;
}

Node first_expression(Node node) {
  for (const Node& part : node.parts()) {
    if (part.is_named() && !part.is_any({"mutable_specifier", "label"})) {
      return part;
    }
  }
  return {};
}

// What an error at `node` is about, in order of likelihood: the operand of an operator,
// the receiver of a method, the scrutinee of a pattern.
std::vector<Node> operands_at(Node node, std::string_view code) {
  const Node parent = node.parent();
  if (code == "E0599" || code == "E0609") {
    const Node field = syntax::enclosing(node, {"field_expression"});
    return {field.field("value")};
  }
  if (node.is_any({"binary_expression", "compound_assignment_expr"})) {
    return {node.field("left"), node.field("right")};
  }
  if (node.is("type_cast_expression")) {
    return {node.field("value")};
  }
  if (node.is_any({"unary_expression", "try_expression", "index_expression", "reference_expression",
                   "parenthesized_expression"})) {
    return {first_expression(node)};
  }
  if (parent.is("index_expression") || node.is("index_expression")) {
    return {first_expression(parent)};
  }
  return {node};
}

class Finder {
 public:
  Finder(const Facts& facts)
      : facts_(facts), calls_(facts.trees(), facts.crates(), facts.items()) {}

  std::vector<UnawaitedFuture> run() {
    for (uint32_t index = 0; index < facts_.diagnostics().size(); ++index) {
      const rustc::Diagnostic& error = facts_.diagnostics()[index];
      if (error.is_error() && is_candidate(error)) {
        read(error, index);
      }
    }
    std::sort(found_.begin(), found_.end(), [this](const auto& a, const auto& b) {
      return std::tuple(facts_.files().path(a.place.file), a.place.begin) <
             std::tuple(facts_.files().path(b.place.file), b.place.begin);
    });
    return std::move(found_);
  }

 private:
  // Errors of types in which the type of a future stands where a value's should.
  bool is_candidate(const rustc::Diagnostic& error) const {
    constexpr std::array Codes{"E0277", "E0308", "E0369", "E0599", "E0600", "E0605",
                               "E0606", "E0607", "E0608", "E0609", "E0614", "unused_must_use"};
    return std::find(Codes.begin(), Codes.end(), error.code) != Codes.end();
  }

  void read(const rustc::Diagnostic& error, uint32_t index) {
    if (read_proposal(error, index)) {
      return;
    }
    const std::vector<std::string> quoted = quoted_texts(error);
    const auto future = std::find_if(quoted.begin(), quoted.end(), [this](const auto& text) {
      return is_future_type(text, facts_.items());
    });
    const bool is_unused = error.code == "unused_must_use" &&
                           std::find(quoted.begin(), quoted.end(), "Future") != quoted.end();
    const bool is_about_itself =
        error.code == "E0277" && std::any_of(quoted.begin(), quoted.end(), is_about_futures);
    if (is_about_itself || (future == quoted.end() && !is_unused)) {
      return;
    }
    const std::string type = future == quoted.end() ? std::string() : *future;
    if (error.code == "E0308" && expects_future(quoted)) {
      return;
    }
    for (const bool labelled : {true, false}) {
      for (const rustc::DiagnosticSpan& span : error.spans) {
        const bool names_type = is_future_type(span.label, facts_.items());
        if (labelled ? names_type : span.is_primary) {
          if (read_span(span, error, type, index, names_type || is_unused)) {
            return;
          }
        }
      }
    }
  }

  // Of two quoted types, one is expected and one found; both are futures where the
  // mistake is another.
  bool expects_future(const std::vector<std::string>& quoted) const {
    size_t futures = 0;
    std::string first;
    for (const std::string& text : quoted) {
      if (is_future_type(text, facts_.items()) && text != first) {
        first = text;
        ++futures;
      }
    }
    return futures > 1;
  }

  // rustc proposes the `.await` itself.
  bool read_proposal(const rustc::Diagnostic& error, uint32_t index) {
    for (const rustc::Diagnostic& child : error.children) {
      for (const rustc::DiagnosticSpan& span : child.spans) {
        const std::string text = span.suggested_replacement.value_or(std::string());
        const auto place = facts_.names().span(span);
        if ((text != ".await" && text != "await.") || !place || place->begin == 0 ||
            span.is_from_macro()) {
          continue;
        }
        const uint32_t end = text == ".await" ? place->begin : place->begin - 1;
        const Node last = facts_.tree(place->file).smallest_node({place->file, end - 1, end});
        Node expression = last;
        while (expression.parent().end() == end && !syntax::is_in_macro(expression) &&
               expression.parent().is_any({"call_expression", "field_expression", "arguments",
                                           "macro_invocation", "parenthesized_expression",
                                           "scoped_identifier", "generic_function", "token_tree",
                                           "type_arguments", "await_expression", "index_expression",
                                           "try_expression"})) {
          expression = expression.parent();
        }
        if (expression && expression.end() == end) {
          add(expression, use_of(error), std::string(), index);
          return true;
        }
      }
    }
    return false;
  }

  base::Span use_of(const rustc::Diagnostic& error) const {
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const auto place = facts_.names().span(span);
      if (span.is_primary && place) {
        return *place;
      }
    }
    return {};
  }

  bool read_span(const rustc::DiagnosticSpan& span, const rustc::Diagnostic& error,
                 const std::string& type, uint32_t index, bool is_certain) {
    const auto place = facts_.names().span(span);
    if (!place) {
      return false;
    }
    const syntax::Tree& tree = facts_.tree(place->file);
    if (const Node whole = tree.node_at(*place); whole && whole.is("macro_invocation")) {
      return read_tokens(whole, type, index, *place);
    }
    const Node node = tree.smallest_node(*place);
    if (syntax::is_in_macro(node) || node.is("string_literal") || node.is("string_content")) {
      return read_in_macro(node, *place, type, index);
    }
    if (node.is("field_identifier") && error.code == "E0277") {
      return false;  // a method whose bounds are not met: about what it is called on
    }
    std::vector<Node> operands = operands_at(node, error.code);
    if (node.is_any({"primitive_type", "type_identifier", "scoped_identifier", "identifier"}) &&
        node.parent().is_any({"scoped_identifier", "call_expression"}) &&
        !node.parent().is("await_expression")) {
      // The path of a conversion (`u64::from(f())`): about its argument.
      const Node call = syntax::enclosing(node, {"call_expression"});
      if (call && call.field("function").contains(node)) {
        operands = call.field("arguments").named_children();
      }
    }
    std::erase_if(operands, [](const Node& one) { return !one; });
    const auto known = std::find_if(operands.begin(), operands.end(),
                                    [this](const Node& one) { return gives_future(one); });
    if (known != operands.end()) {
      return add(*known, *place, type, index);
    }
    // Of a foreign function, the compiler's word alone.
    const bool is_expression = operands.size() == 1 && may_be_future(operands.front());
    const bool has_place = is_certain || error.code == "E0599" || error.code == "E0609" ||
                           error.code == "E0277" || error.code == "unused_must_use";
    return is_expression && has_place && add(operands.front(), *place, type, index);
  }

  static bool may_be_future(Node expression) {
    return expression.is_any({"call_expression", "identifier", "field_expression",
                              "macro_invocation", "parenthesized_expression"});
  }

  // A call of an async function, or a variable that was given one.
  bool gives_future(Node expression) const {
    while (expression.is_any({"parenthesized_expression", "reference_expression"})) {
      expression = first_expression(expression);
    }
    if (expression.is("identifier")) {
      const Node binding = binding_of(expression);
      const Node value = binding.field("value");
      return value && value.is("call_expression") && gives_future(value);
    }
    const std::vector<Node> functions =
        expression.is("call_expression") ? calls_.callees(expression) : std::vector<Node>();
    return std::any_of(functions.begin(), functions.end(), CallSites::gives_future);
  }

  // Within a macro's arguments there are only tokens: what the compiler points at is the
  // expression, or a name in the format string.
  bool read_in_macro(Node node, const base::Span& place, const std::string& type, uint32_t index) {
    if (node.is_any({"string_literal", "string_content"})) {
      const std::string_view text = facts_.files().text(place);
      const std::vector<std::string_view> names =
          syntax::format_names("\"" + std::string(text) + "\"");
      if (names.size() != 1) {
        return false;
      }
      const std::string name(names.front());
      return add_variable(node, name, place, type, index);
    }
    if (node.is("identifier") && place == node.span()) {
      if (add_variable(node, std::string(node.text()), place, type, index)) {
        return true;
      }
    }
    Node last = facts_.tree(place.file).smallest_node({place.file, place.end - 1, place.end});
    return last && add_at(last, place, place, type, index, {});
  }

  // `assert!(store.is_open())`: the one call among the tokens that gives a future.
  bool read_tokens(Node macro, const std::string& type, uint32_t index, const base::Span& place) {
    std::vector<Node> arguments;
    syntax::walk(macro, [&](Node token) {
      if (token.is("identifier") && token.next().is("token_tree") &&
          token.next().text().starts_with("(")) {
        const auto& functions = facts_.items().functions(token.text());
        const bool is_async =
            std::any_of(functions.begin(), functions.end(), CallSites::gives_future);
        Node after = token.next().next();
        const bool is_awaited = after.text() == "." && after.next().text() == "await";
        if (is_async && !is_awaited) {
          arguments.push_back(token.next());
        }
      }
      return syntax::Walk::Into;
    });
    return arguments.size() == 1 &&
           add_at(arguments.front(), arguments.front().span(), place, type, index, {});
  }

  bool add_variable(Node at, const std::string& name, const base::Span& use,
                    const std::string& type, uint32_t index) {
    const Node limit = syntax::outermost_function(at);
    Node binding;
    syntax::walk(limit, [&](Node node) {
      if (node.begin() >= use.begin) {
        return syntax::Walk::Stop;
      }
      if (node.is("let_declaration") && node.field("pattern").text() == name &&
          node.parent().contains(at)) {
        binding = node;
      }
      return syntax::Walk::Into;
    });
    const Node value = binding.field("value");
    return value && may_be_future(value) && add_at(value, value.span(), use, type, index, binding);
  }

  bool add(Node expression, const base::Span& use, const std::string& type, uint32_t index) {
    while (expression.is_any({"parenthesized_expression", "reference_expression"})) {
      expression = first_expression(expression);
    }
    if (expression.is("identifier") && !syntax::is_in_macro(expression)) {
      const Node binding = binding_of(expression);
      const Node value = binding.field("value");
      if (binding.is("let_declaration") &&
          binding.field("pattern").is_any({"identifier", "mut_pattern"}) &&
          value.is_any({"call_expression", "macro_invocation"})) {
        return add_at(value, value.span(), use, type, index, binding);
      }
    }
    return expression && add_at(expression, expression.span(), use, type, index, {});
  }

  bool add_at(Node expression, const base::Span& place, const base::Span& use,
              const std::string& type, uint32_t index, Node binding) {
    const auto same = std::find_if(found_.begin(), found_.end(), [&](const auto& other) {
      return other.expression == expression;
    });
    UnawaitedFuture& future = same == found_.end() ? found_.emplace_back() : *same;
    future.expression = expression;
    future.place = place;
    future.binding = binding;
    future.is_iterated |= expression.parent().is("for_expression") &&
                          expression.parent().field("value") == expression;
    if (future.type.empty()) {
      future.type = type;
    }
    future.uses.push_back(use);
    future.diagnostics.push_back(index);
    return true;
  }

  const Facts& facts_;
  CallSites calls_;
  std::vector<UnawaitedFuture> found_;
};

}  // namespace

bool is_future_type(std::string_view type, const syntax::Items& items) {
  llvm::StringRef text(type);
  while (text.consume_front("&") || text.consume_front("mut ")) {
  }
  if (text.starts_with("impl Future") || text.starts_with("impl std::future::Future") ||
      text.starts_with("impl core::future::Future") || text.starts_with("{async ")) {
    return true;
  }
  const bool is_boxed = text.starts_with("Pin<Box<") || text.starts_with("Box<") ||
                        text.starts_with("std::pin::Pin<");
  if (is_boxed) {
    return text.contains("dyn Future") || text.contains("dyn std::future::Future");
  }
  const llvm::StringRef name = text.take_until([](char c) { return c == '<'; }).rsplit("::").second;
  const llvm::StringRef last =
      name.empty() ? text.take_until([](char c) { return c == '<'; }) : name;
  constexpr std::array Known{"JoinHandle", "BoxFuture", "LocalBoxFuture"};
  if (std::find(Known.begin(), Known.end(), last) != Known.end()) {
    return true;
  }
  const auto& impls = items.impls("Future");
  return std::any_of(impls.begin(), impls.end(), [&last](const Node& impl) {
    return !last.empty() && syntax::last_name(impl.field("type")) == std::string_view(last);
  });
}

std::vector<UnawaitedFuture> find_unawaited(const Facts& facts) {
  return Finder(facts).run();
}

}  // namespace jaa::flow
