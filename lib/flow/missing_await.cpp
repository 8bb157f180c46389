#include "flow/missing_await.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include "flow/branch_values.h"
#include "flow/error_operands.h"
#include "flow/future_text.h"
#include "flow/interest.h"
#include "flow/named_block.h"
#include "flow/taken_along.h"
#include "flow/type_text.h"
#include "flow/written_types.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

namespace {

class Finder {
 public:
  Finder(const Facts& facts)
      : facts_(facts), calls_(facts.trees(), facts.crates(), facts.items()) {}

  std::vector<UnawaitedFuture> run() {
    for (uint32_t index = 0; index < facts_.diagnostics().size(); ++index) {
      const rustc::Diagnostic& error = facts_.diagnostics()[index];
      if ((error.is_error() && is_candidate(error)) ||
          (is_lost_future(error) && is_in_async_code(error))) {
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
  // A future that is thrown away in sync code may only be begun there.
  bool is_in_async_code(const rustc::Diagnostic& error) const {
    return std::any_of(error.spans.begin(), error.spans.end(), [this](const auto& span) {
      return span.is_primary &&
             syntax::is_async_function(syntax::enclosing_function(facts_.node_at(span)));
    });
  }

  // Errors of types in which the type of a future stands where a value's should.
  bool is_candidate(const rustc::Diagnostic& error) const {
    constexpr std::array Codes{"E0271", "E0277", "E0308",          "E0369", "E0599",
                               "E0600", "E0605", "E0606",          "E0607", "E0608",
                               "E0609", "E0614", "unused_must_use"};
    return std::find(Codes.begin(), Codes.end(), error.code) != Codes.end();
  }

  void read(const rustc::Diagnostic& error, uint32_t index) {
    if (read_proposal(error, index)) {
      return;
    }
    if (error.code == "E0271") {
      read_output(error, index);
      return;
    }
    const std::vector<std::string> quoted = quoted_texts(error);
    const auto future = std::find_if(quoted.begin(), quoted.end(), [this](const auto& text) {
      return is_future_type(text, facts_.items());
    });
    const bool is_unused = error.code == "unused_must_use" &&
                           std::any_of(quoted.begin(), quoted.end(), names_future_trait);
    const bool is_about_itself = error.code == "E0277" && asks_for_trait_of_futures(error);
    if (!is_about_itself && future == quoted.end() && error.code == "E0308") {
      read_unknown(error, index);
    }
    if (future == quoted.end() && is_about_receiver(error)) {
      read_unknown_receiver(error, index);
    }
    if (is_about_itself || (future == quoted.end() && !is_unused)) {
      return;
    }
    const std::string type = future == quoted.end() ? std::string() : *future;
    if (error.code == "E0308" && expects_future(quoted)) {
      return;
    }
    if (const Node block = block_of_thread(facts_, type)) {
      add_at(block, head_of_future(block), use_of(error), type, index, {});
      return;
    }
    // Of an operator both sides may be futures.
    const bool has_operands = error.code == "E0369";
    for (const bool labelled : {true, false}) {
      bool is_read = false;
      for (const rustc::DiagnosticSpan& span : error.spans) {
        const bool names_type = says_future(span.label);
        if ((labelled ? names_type : span.is_primary) && (!is_read || has_operands)) {
          is_read |= read_span(span, error, type, index, names_type || is_unused);
        }
      }
      if (is_read) {
        return;
      }
    }
  }

  // What is missing is `Send` or another trait that is asked of the future itself. The notes
  // say more: that it is a future, of a `?` on one in code that may not await.
  static bool asks_for_trait_of_futures(const rustc::Diagnostic& error) {
    rustc::Diagnostic demand = error;
    std::erase_if(demand.children,
                  [](const rustc::Diagnostic& child) { return child.level == rustc::Level::Note; });
    const std::vector<std::string> quoted = quoted_texts(demand);
    return std::any_of(quoted.begin(), quoted.end(), is_trait_of_futures);
  }

  // An async block is to give a value and gives a future: what it ends with.
  void read_output(const rustc::Diagnostic& error, uint32_t index) {
    const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
    if (quoted.size() < 3 || !is_future_type(quoted[2], facts_.items()) ||
        is_future_type(quoted[1], facts_.items())) {
      return;
    }
    const Node block = block_named(facts_, quoted[0]);
    std::vector<Node> tails;
    for (const Node& part : block.named_children()) {
      if (part.is("block")) {
        add_branch_values(part, tails);
      }
    }
    for (const Node& tail : tails) {
      if (may_be_future(tail)) {
        add(tail, tail.span(), quoted[2], index);
      }
    }
  }

  // A type of another crate where something else is needed: it may be a future, which only
  // an `.await` that the compiler accepts can tell.
  void read_unknown(const rustc::Diagnostic& error, uint32_t index) {
    std::string found;
    for (const rustc::Diagnostic& child : error.children) {
      const std::vector<std::string> quoted = rustc::quoted_parts(child.message);
      if (quoted.size() == 2 && found.empty()) {
        found = quoted[1];
      }
    }
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = span.is_primary ? facts_.node_at(span) : Node();
      if (node.is("call_expression") && is_foreign_struct(found) && calls_.callees(node).empty() &&
          syntax::is_async_function(syntax::enclosing_function(node)) &&
          add(node, node.span(), found, index)) {
        found_.back().is_guess = true;
      }
    }
  }

  // The same, where a method is missing: `receiver.unwrap_or(0)` of a channel for one message.
  void read_unknown_receiver(const rustc::Diagnostic& error, uint32_t index) {
    const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
    const std::string type = quoted.empty() ? std::string() : quoted.back();
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node name = span.is_primary ? facts_.node_at(span) : Node();
      const std::vector<Node> receivers =
          name ? operands_at(name, error.code) : std::vector<Node>();
      if (receivers.size() == 1 && may_be_future(receivers.front()) && is_foreign_struct(type) &&
          !syntax::is_in_macro(name) &&
          syntax::is_async_function(syntax::enclosing_function(name))) {
        add_at(receivers.front(), receivers.front().span(), name.span(), type, index, {});
        found_.back().is_guess = true;
      }
    }
  }

  // `futures_util::sink::Send<..>`: generic, with a path or a name that nothing here declares.
  bool is_foreign_struct(llvm::StringRef type) const {
    constexpr std::array Values{"Option", "Result", "Vec",     "String",   "Box",     "Arc",
                                "Rc",     "Cow",    "HashMap", "BTreeMap", "HashSet", "BTreeSet",
                                "Range",  "Pin",    "Cell",    "RefCell",  "Mutex",   "RwLock"};
    const llvm::StringRef head = type.take_until([](char c) { return c == '<'; });
    const llvm::StringRef name = head.rsplit("::").second.empty() ? head : head.rsplit("::").second;
    return type.contains('<') && !name.empty() && llvm::isUpper(name.front()) &&
           std::find(Values.begin(), Values.end(), name) == Values.end() &&
           facts_.items().structs(name).empty();
  }

  // A label that is a future's type, or that quotes one: the expression is of that type.
  bool says_future(const std::string& label) const {
    std::vector<std::string> parts = rustc::quoted_parts(label);
    parts.push_back(label);
    return std::any_of(parts.begin(), parts.end(), [this](const std::string& part) {
      return is_future_type(part, facts_.items());
    });
  }

  // Of two quoted types, one is expected and one found; both are futures where the
  // mistake is another.
  bool expects_future(const std::vector<std::string>& quoted) const {
    std::set<std::string> futures;
    for (const std::string& text : quoted) {
      if (is_future_type(text, facts_.items())) {
        futures.insert(short_type_text(text));
      }
    }
    return futures.size() > 1;
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
        if (!expression || expression.end() != end) {
          continue;
        }
        const bool is_token = syntax::is_in_macro(expression);
        if (!(is_token && expression.is("identifier") &&
              add_variable(expression, std::string(expression.text()), expression.span(),
                           std::string(), index))) {
          add(expression, use_of(error), std::string(), index);
        }
        return true;
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
      return read_in_macro(node, *place, type, index, is_about_receiver(error));
    }
    if (const Node operand = operand_of_type(node, span.label)) {
      return add(operand, *place, type, index);
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
    bool has_branch = false;
    for (const Node& operand : operands) {
      std::vector<Node> tails;
      add_branch_values(operand, tails);
      for (const Node& tail : tails) {
        has_branch |= tail != operand && gives_future(tail) && add(tail, *place, type, index);
      }
    }
    if (has_branch) {
      return true;
    }
    const auto known = std::find_if(operands.begin(), operands.end(),
                                    [this](const Node& one) { return gives_future(one); });
    if (known != operands.end()) {
      return add(*known, *place, type, index);
    }
    // Of a foreign function, the compiler's word alone.
    const bool is_expression = operands.size() == 1 && may_be_future(operands.front());
    const bool has_place = is_certain || is_about_receiver(error) || error.code == "E0277" ||
                           error.code == "unused_must_use";
    return is_expression && has_place && add(operands.front(), *place, type, index);
  }

  // `total += task`: the error stands at the operator, and its label quotes the types of both
  // sides around it. None where it is not of that form, or the side is no place for an await.
  Node operand_of_type(Node operation, const std::string& label) const {
    const std::vector<std::string> quoted = rustc::quoted_parts(label);
    if (quoted.size() != 1 ||
        !operation.is_any({"binary_expression", "compound_assignment_expr"})) {
      return {};
    }
    const auto [left, right] =
        llvm::StringRef(quoted.front())
            .split(" " + std::string(operation.field("operator").text()) + " ");
    const bool is_left = is_future_type(left.str(), facts_.items());
    const bool is_right = is_future_type(right.str(), facts_.items());
    const Node operand = is_left == is_right ? Node() : operation.field(is_left ? "left" : "right");
    return operand && may_be_future(operand) ? operand : Node();
  }

  // A method or field is missing: what is at fault is what it was looked for in.
  static bool is_about_receiver(const rustc::Diagnostic& error) {
    return error.code == "E0599" || error.code == "E0609";
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
  bool read_in_macro(Node node, const base::Span& place, const std::string& type, uint32_t index,
                     bool is_of_receiver) {
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
    const Node receiver = node.previous().text() == "." ? node.previous().previous() : Node();
    if (is_of_receiver && receiver) {
      if (receiver.is("identifier") && receiver.previous().text() != "." &&
          add_variable(receiver, std::string(receiver.text()), place, type, index)) {
        return true;
      }
      const base::Span whole = receiver.is("token_tree") ? chain_of(receiver) : receiver.span();
      return add_at(receiver, whole, place, type, index, {});
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
           add_at(arguments.front(), chain_of(arguments.front()), place, type, index, {});
  }

  // From the first name of the call whose arguments these are: `self.store.is_open()`.
  static base::Span chain_of(Node arguments) {
    base::Span span = arguments.span();
    for (Node at = arguments.previous(); at; at = at.previous()) {
      const bool is_part = at.is_any({"identifier", "self", "super", "crate", "type_identifier"}) ||
                           at.text() == "." || at.text() == "::";
      if (!is_part || at.end() != span.begin) {
        break;
      }
      span.begin = at.begin();
    }
    // A chain that begins with another expression: from its last name.
    const bool starts_within = arguments.previous().previous().text() == "." &&
                               span.begin == arguments.previous().previous().begin();
    span.begin += starts_within ? 1 : 0;
    return span;
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
    future.whole = whole_branch(expression);
    const Node user = facts_.tree(use.file).smallest_node(use);
    future.is_iterated |=
        user.parent().is("for_expression") && user.parent().field("value") == user;
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

std::vector<UnawaitedFuture> find_unawaited(const Facts& facts) {
  return Finder(facts).run();
}

}  // namespace jaa::flow
