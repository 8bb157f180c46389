#include "flow/closure_errors.h"

#include <algorithm>

#include "flow/facts.h"
#include "flow/told_type.h"
#include "syntax/queries.h"

namespace jaa::flow {

using rustc::Diagnostic;
using rustc::DiagnosticSpan;
using syntax::Node;

namespace {

constexpr std::string_view EscapesBlock = "E0373";
constexpr std::string_view UsedAfterMove = "E0382";
constexpr std::string_view MovedOut = "E0507";
constexpr std::string_view WrongKind = "E0525";
constexpr std::string_view NotMutable = "E0596";

Node body_of(Node closure) {
  return closure.field("body");
}

// The closure whose parameters end with this one bar.
Node closure_of_bar(const Facts& facts, const DiagnosticSpan& span) {
  const auto place = span.is_from_macro() ? std::nullopt : facts.names().span(span);
  if (!place || place->end - place->begin != 1) {
    return {};
  }
  const Node closure = syntax::enclosing(facts.node_at(span), {"closure_expression"});
  const Node parameters = closure.field("parameters");
  return parameters && parameters.end() == place->end && parameters.text().ends_with("|") ? closure
                                                                                          : Node();
}

const DiagnosticSpan* primary_of(const Diagnostic& error) {
  for (const DiagnosticSpan& span : error.spans) {
    if (span.is_primary) {
      return &span;
    }
  }
  return nullptr;
}

Node first_bound(const Facts& facts, const Diagnostic& error) {
  for (const Diagnostic& child : error.children) {
    for (const DiagnosticSpan& span : child.spans) {
      if (const Node bound = span.suggested_replacement ? Node() : bound_at(facts, span)) {
        return bound;
      }
    }
  }
  return {};
}

// "Fn" of "AsyncFn".
std::string_view plain_kind(std::string_view kind) {
  return kind.starts_with("Async") ? kind.substr(5) : kind;
}

// Labels within the parameters, the body, and what else there is.
struct Labels {
  Node bar;        // the closure whose closing bar is labelled
  Node head;       // the closure whose head is labelled
  Node parameter;  // a label between the bars
  Node use;        // the first label in the body that is not primary
  Node outside;    // the first label elsewhere
  std::string parameter_type;
};

// "str" of "&'1 str"; empty of "&'1 mut str".
std::string referent_of(const std::string& type) {
  if (!type.starts_with("&")) {
    return {};
  }
  const size_t space = type.find(' ');
  const std::string rest =
      type.substr(type.starts_with("&'") && space != std::string::npos ? space + 1 : 1);
  return rest.starts_with("mut ") ? std::string() : rest;
}

Labels labels_of(const Facts& facts, const Diagnostic& error) {
  Labels labels;
  for (const DiagnosticSpan& span : error.spans) {
    if (const Node bar = closure_of_bar(facts, span)) {
      labels.bar = bar;
    } else if (const Node head = closure_headed(facts, span)) {
      labels.head = head;
    }
  }
  const Node closure = labels.bar ? labels.bar : labels.head;
  for (const DiagnosticSpan& span : error.spans) {
    const Node node = facts.node_at(span);
    if (!node || span.is_primary || closure_of_bar(facts, span) || closure_headed(facts, span)) {
      continue;
    }
    if (body_of(closure).contains(node)) {
      labels.use = labels.use ? labels.use : node;
    } else if (closure.field("parameters").contains(node)) {
      labels.parameter = node;
      const std::vector<std::string> quoted = rustc::quoted_parts(span.label);
      labels.parameter_type = quoted.empty() ? std::string() : quoted.front();
    } else if (!labels.outside) {
      labels.outside = node;
    }
  }
  return labels;
}

class Reader {
 public:
  explicit Reader(const Facts& facts) : facts_(facts) {}

  std::vector<ClosureError> read() {
    for (uint32_t index = 0; index < facts_.diagnostics().size(); ++index) {
      const Diagnostic& error = facts_.diagnostics()[index];
      const DiagnosticSpan* primary = primary_of(error);
      if (error.is_error() && !error.is_summary() && primary != nullptr) {
        read_one(index, error, *primary);
      }
    }
    for (uint32_t index = 0; index < facts_.diagnostics().size(); ++index) {
      read_follower(index, facts_.diagnostics()[index]);
    }
    std::stable_sort(
        found_.begin(), found_.end(),
        [](const ClosureError& a, const ClosureError& b) { return a.diagnostic < b.diagnostic; });
    return std::move(found_);
  }

 private:
  void read_one(uint32_t index, const Diagnostic& error, const DiagnosticSpan& primary) {
    ClosureError read;
    read.diagnostic = index;
    read.returned = facts_.node_at(primary);
    const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
    const Labels labels = labels_of(facts_, error);
    const Node closure = labels.bar ? labels.bar : labels.head;
    read.closure = closure;
    read.use = labels.use;
    read.declared = labels.outside;
    read.bound = first_bound(facts_, error);
    if (!closure || !read.returned) {
      return;
    }
    if (error.code.empty() && labels.bar && body_of(closure).contains(read.returned)) {
      read.fault = labels.parameter ? ClosureFault::ArgumentEscapes : ClosureFault::CaptureEscapes;
      const Node named = labels.parameter ? labels.parameter : labels.use;
      read.variable = std::string(named.text());
      if (labels.parameter) {
        read_argument(labels, read);
      }
    } else if (error.code.empty() && labels.head && closure.has_child("async") && read.bound &&
               closure_headed(facts_, primary)) {
      read.fault = ClosureFault::LendsState;
    } else if (error.code == MovedOut && labels.head && !quoted.empty()) {
      read.fault = ClosureFault::Moves;
      read.variable = quoted.front();
      read.moved_type = told_type(error, read.variable);
      if (!read.use && body_of(closure).contains(read.returned)) {
        read.use = read.returned;
      }
    } else if (error.code == WrongKind && labels.head && quoted.size() > 1 && labels.use) {
      const bool gives_away = plain_kind(quoted[1]) == "FnOnce";
      read.fault = gives_away ? ClosureFault::Moves : ClosureFault::Mutates;
      read.variable = std::string(labels.use.text());
    } else if (error.code == NotMutable && labels.head && !quoted.empty()) {
      read.fault = ClosureFault::Mutates;
      read.variable = quoted.front();
    } else {
      return;
    }
    found_.push_back(std::move(read));
  }

  // The label stands on the parameter's name, or on the `&` of its type.
  static void read_argument(const Labels& labels, ClosureError& read) {
    read.borrowed = referent_of(labels.parameter_type);
    const Node parameter = syntax::enclosing(labels.parameter, {"parameter"});
    if (parameter && parameter.field("type").contains(labels.parameter)) {
      read.variable = std::string(parameter.field("pattern").text());
      read.borrowed = referent_of(std::string(parameter.field("type").text()));
    }
  }

  // Errors that go with a closure that another one is about.
  void read_follower(uint32_t index, const Diagnostic& error) {
    const DiagnosticSpan* primary = primary_of(error);
    const bool is_known =
        std::any_of(found_.begin(), found_.end(),
                    [index](const ClosureError& other) { return other.diagnostic == index; });
    if (!error.is_error() || primary == nullptr || is_known) {
      return;
    }
    ClosureError read;
    read.diagnostic = index;
    if (error.code == EscapesBlock) {
      // The keyword of the block, or the block.
      read.returned = syntax::enclosing(facts_.node_at(*primary), {"async_block"});
      read.closure = syntax::enclosing_function(read.returned);
      read.fault = ClosureFault::ArgumentEscapes;
      for (const DiagnosticSpan& span : error.spans) {
        const Node node = facts_.node_at(span);
        if (!span.is_primary && read.returned.contains(node)) {
          read.use = node;
          read.variable = std::string(node.text());
        }
      }
    } else if (error.code == UsedAfterMove) {
      for (const DiagnosticSpan& span : error.spans) {
        const Node head = span.is_primary ? Node() : closure_headed(facts_, span);
        read.closure = head ? head : read.closure;
      }
      read.fault = ClosureFault::Moves;
    }
    const bool goes_with =
        std::any_of(found_.begin(), found_.end(), [&read](const ClosureError& other) {
          return read.closure && other.closure == read.closure &&
                 (read.fault != ClosureFault::Moves || other.fault == ClosureFault::Moves);
        });
    if (goes_with) {
      found_.push_back(std::move(read));
    }
  }

  const Facts& facts_;
  std::vector<ClosureError> found_;
};

}  // namespace

std::vector<ClosureError> read_closure_errors(const Facts& facts) {
  return Reader(facts).read();
}

Node closure_headed(const Facts& facts, const DiagnosticSpan& span) {
  const auto place = span.is_from_macro() ? std::nullopt : facts.names().span(span);
  const Node closure =
      place ? syntax::enclosing(facts.node_at(span), {"closure_expression"}) : Node();
  const Node parameters = closure.field("parameters");
  const bool is_head = place && parameters && place->begin == closure.begin() &&
                       place->end >= parameters.end() && place->end <= body_of(closure).begin();
  return is_head ? closure : Node();
}

Node bound_at(const Facts& facts, const DiagnosticSpan& span) {
  Node node = facts.node_at(span);
  while (node.is_any({"higher_ranked_trait_bound", "bounded_type", "abstract_type"}) &&
         !node.named_children().empty()) {
    node = node.is("higher_ranked_trait_bound") ? node.named_children().back()
                                                : node.named_children().front();
  }
  return syntax::enclosing(node, {"function_type"});
}

}  // namespace jaa::flow
