#include "flow/owner_mismatch.h"

#include <algorithm>

#include "flow/call_sites.h"
#include "flow/type_text.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;
using Kind = OwnerMismatch::Kind;

namespace {

constexpr std::string_view MismatchedTypes = "E0308";

// `&'a T` -> `T`; none for a `&mut T` and for no reference.
std::string referent(llvm::StringRef type) {
  if (!type.consume_front("&")) return {};
  type = type.ltrim();
  if (type.starts_with("'")) type = type.drop_until([](char byte) { return byte == ' '; }).ltrim();
  return type.starts_with("mut ") ? std::string() : type.str();
}

std::string without_references(std::string type) {
  for (std::string inner = referent(type); !inner.empty(); inner = referent(type)) type = inner;
  return type;
}

// `PoolInner` of `crate::PoolInner<DB>`.
std::string head_of(const std::string& type) {
  const std::string text = short_type_text(type);
  return text.substr(0, text.find('<'));
}

// The same, as far as rustc knows the type that it found and shows it.
bool same_type(const std::string& written, const std::string& found) {
  const bool is_partial =
      found.find("{integer}") != std::string::npos || found.find("{float}") != std::string::npos ||
      found.find("<_") != std::string::npos || found.find(" _") != std::string::npos;
  return same_type_text(written, found) || (is_partial && head_of(written) == head_of(found));
}

// `Arc<T>` is wanted for this type, as far as rustc knows `T`.
bool is_arc_of(llvm::StringRef expected, const std::string& found) {
  if (!expected.consume_front("Arc<") || llvm::StringRef(found).starts_with("Arc<")) return false;
  const std::string inner = head_of(expected.drop_back().str());
  return inner.starts_with("_") || inner.starts_with("dyn ") || inner == head_of(found);
}

std::vector<Node> parameters_of(Node function) {
  std::vector<Node> result;
  for (const Node& part : function.field("parameters").parts())
    if (part.is_any({"parameter", "self_parameter"})) result.push_back(part);
  return result;
}

bool is_method_call(Node call) {
  Node function = call.field("function");
  if (function.is("generic_function")) function = function.field("function");
  return function.is("field_expression");
}

std::vector<Node> arguments_of(Node call) {
  std::vector<Node> result;
  for (const Node& part : call.field("arguments").parts())
    if (part.is_named() && !part.is("attribute_item")) result.push_back(part);
  return result;
}

class Reader {
 public:
  explicit Reader(const Facts& facts)
      : facts_(facts), calls_(facts.trees(), facts.crates(), facts.items()) {}

  std::vector<OwnerMismatch> read() {
    for (uint32_t index = 0; index < facts_.diagnostics().size(); ++index) {
      const rustc::Diagnostic& error = facts_.diagnostics()[index];
      if (error.is_error() && error.code == MismatchedTypes) read_one(index, error);
    }
    return std::move(result_);
  }

 private:
  void read_one(uint32_t index, const rustc::Diagnostic& error) {
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const std::vector<std::string> quoted = rustc::quoted_parts(span.label);
      const Node place = facts_.node_at(span);
      if (!span.is_primary || quoted.size() < 2 || !place) continue;
      OwnerMismatch mismatch;
      if (!set_kind(quoted[0], quoted[1], mismatch)) continue;
      mismatch.diagnostic = index;
      mismatch.place = place;
      find_parameter(error, mismatch);
      result_.push_back(std::move(mismatch));
    }
  }

  static bool set_kind(const std::string& expected, const std::string& found,
                       OwnerMismatch& mismatch) {
    if (const std::string inner = referent(expected); !inner.empty() && same_type(inner, found)) {
      mismatch.kind = Kind::WantsReference;
      mismatch.type = found;
      return true;
    }
    if (const std::string inner = referent(found); !inner.empty() && same_type(expected, inner)) {
      mismatch.kind = Kind::WantsOwner;
      mismatch.type = expected;
      return true;
    }
    mismatch.kind = Kind::WantsArc;
    mismatch.type = without_references(found);
    return is_arc_of(without_references(expected), mismatch.type);
  }

  void find_parameter(const rustc::Diagnostic& error, OwnerMismatch& mismatch) const {
    Node argument = mismatch.place;
    while (argument.parent().is_any({"reference_expression", "parenthesized_expression"}))
      argument = argument.parent();
    const Node call = argument.parent().is("arguments") ? argument.parent().parent() : Node();
    if (!call.is("call_expression")) return;
    mismatch.argument = argument;
    mismatch.call = call;
    std::vector<Node> functions;
    for (const rustc::Diagnostic& child : error.children)
      for (const rustc::DiagnosticSpan& span : child.spans)
        if (const Node node = facts_.node_at(span); node.parent().is("function_item"))
          functions.push_back(node.parent());
    if (functions.empty()) functions = calls_.callees(call);
    std::vector<Node> found;
    for (const Node& function : functions)
      for (const Node& parameter : parameters_of(function))
        if (argument_for(call, parameter) == argument &&
            std::find(found.begin(), found.end(), parameter) == found.end())
          found.push_back(parameter);
    if (found.size() != 1) return;
    mismatch.parameter = found.front();
    mismatch.function = found.front().parent().parent();
  }

  const Facts& facts_;
  CallSites calls_;
  std::vector<OwnerMismatch> result_;
};

}  // namespace

Node only_binding(Node declaration) {
  const std::vector<syntax::Binding> bound = syntax::bindings(declaration.field("pattern"));
  return bound.size() == 1 ? bound.front().name : Node();
}

Node argument_for(Node call, Node parameter) {
  const std::vector<Node> parameters = parameters_of(parameter.parent().parent());
  const auto at = std::find(parameters.begin(), parameters.end(), parameter);
  if (at == parameters.end()) return {};
  auto index = static_cast<size_t>(at - parameters.begin());
  if (is_method_call(call)) {
    if (index == 0) return {};
    --index;
  }
  const std::vector<Node> arguments = arguments_of(call);
  return index < arguments.size() ? arguments[index] : Node();
}

std::vector<OwnerMismatch> read_owner_mismatches(const Facts& facts) {
  return Reader(facts).read();
}

}  // namespace jaa::flow
