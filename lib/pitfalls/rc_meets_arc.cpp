// Reports an `Rc` that is given where an `Arc` is expected, or the other way round.
//
// Detected: rustc finds one of the two types where it needs the other (E0308), or misses a
// method that is there for an `Arc<Self>` (E0599). Most often a value was changed to `Arc`
// for a task, and something that holds it was not. All such errors of one value are one
// finding.
#include <algorithm>
#include <array>
#include <set>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_text.h"
#include "pitfalls/sink.h"
#include "rewrite/change_type.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

// `name<` stands in `text`, and is no part of a longer name.
bool names_type(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const bool begins = at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0;
    const bool ends = at + name.size() < text.size() && text[at + name.size()] == '<';
    if (begins && ends) {
      return true;
    }
  }
  return false;
}

// The two types of the mismatch, expected first; none for any other error.
std::array<std::string, 2> mismatch(const rustc::Diagnostic& error) {
  for (const rustc::Diagnostic& child : error.children) {
    const std::vector<std::string> quoted = rustc::quoted_parts(child.message);
    if (quoted.size() < 2) {
      continue;
    }
    const bool rc_first = names_type(quoted[0], "Rc") && names_type(quoted[1], "Arc");
    const bool arc_first = names_type(quoted[0], "Arc") && names_type(quoted[1], "Rc");
    if (rc_first != arc_first) {
      return {quoted[0], quoted[1]};
    }
  }
  return {};
}

// A method that takes an `Arc` of its type is called on an `Rc`.
std::array<std::string, 2> missed_method(const rustc::Diagnostic& error, Node method,
                                         const flow::Facts& facts) {
  const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
  const auto found = std::find_if(quoted.begin(), quoted.end(),
                                  [](const auto& text) { return names_type(text, "Rc"); });
  if (found == quoted.end() || !method.parent().is("field_expression")) {
    return {};
  }
  for (const Node& function : facts.items().functions(method.text())) {
    const std::string_view owner = syntax::last_name(syntax::impl_of(function).field("type"));
    if (owner.empty() || found->find(owner) == std::string::npos) {
      continue;
    }
    for (const Node& parameter : function.field("parameters").named_children()) {
      if (parameter.field("pattern").text() == "self" &&
          names_type(parameter.field("type").text(), "Arc")) {
        return {std::string(parameter.field("type").text()), *found};
      }
    }
  }
  return {};
}

bool is_rc(Node path) {
  return syntax::last_name(path) == "Rc";
}

// Where an `Rc` is written right at `node`: the call that makes it, the function that is
// given it, the type of `self`.
Node written_rc(Node node) {
  const Node around = node.parent().is("arguments") ? node.parent().parent() : Node();
  for (const Node& call : {node, around}) {
    const Node path = call.field("function").field("path");
    if (call.is("call_expression") && is_rc(path)) {
      return path;
    }
  }
  const Node function = node.is("self") ? syntax::enclosing(node, {"function_item"}) : Node();
  for (const Node& parameter : function.field("parameters").named_children()) {
    const Node type = parameter.field("type");
    if (parameter.field("pattern").text() == "self" && type.is("generic_type") && is_rc(type)) {
      return type.field("type");
    }
  }
  return {};
}

// Whose type it is: `x` of `Rc::clone(&x)` and of `x.clone()`.
Node counted(Node value) {
  const Node function = value.field("function");
  if (!value.is("call_expression") || syntax::last_name(function) != "clone") {
    const Node method = function.field("field");
    return method.text() == "clone" ? function.field("value") : value;
  }
  const std::vector<Node> arguments = value.field("arguments").parts();
  const bool is_one = function.is("scoped_identifier") && arguments.size() == 1;
  return is_one && arguments.front().is("reference_expression") ? arguments.front().field("value")
                                                                : value;
}

// The `Rc`s that are written where the errors are become `Arc`s, and nothing else does.
void offer_here(FindingBuilder& finding, const std::vector<Node>& places) {
  rewrite::ImportEdits imports;
  base::FixIt fix;
  fix.name = "use_arc";
  fix.title = "write `Arc` here";
  fix.keeps_meaning = true;
  std::set<base::Span> done;
  for (const Node& place : places) {
    const Node path = written_rc(place);
    if (!path || syntax::is_in_macro(path)) {
      return;
    }
    if (!done.insert(path.span()).second) {
      continue;
    }
    if (path.is_any({"identifier", "type_identifier"})) {
      imports.remove_mention(path);
    }
    fix.edits.push_back({path.span(), imports.name_at(path, "std::sync::Arc")});
  }
  const std::vector<base::Edit> more = imports.take();
  fix.edits.insert(fix.edits.end(), more.begin(), more.end());
  finding.fix(std::move(fix));
}

}  // namespace

void rc_meets_arc(const flow::Facts& facts, Sink& sink) {
  struct Mismatch {
    uint32_t diagnostic;
    base::Span place;
    std::array<std::string, 2> types;
  };
  std::vector<Mismatch> mismatches;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (error.code != "E0308" && error.code != "E0599") {
      continue;
    }
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = span.is_primary ? facts.node_at(span) : Node();
      if (!node) {
        continue;
      }
      const bool is_of_method = error.code == "E0599";
      const auto types = is_of_method ? missed_method(error, node, facts) : mismatch(error);
      const Node place = is_of_method ? node.parent().field("value") : node;
      if (!types[0].empty()) {
        mismatches.push_back({index, place.span(), types});
      }
    }
  }
  if (mismatches.empty()) {
    return;
  }
  const Mismatch& first = mismatches.front();
  auto finding = sink.report(first.place,
                             diag::rc_meets_arc{.found = flow::shown_type_text(first.types[1]),
                                                .expected = flow::shown_type_text(first.types[0])});
  finding.label("the two count their owners apart, and do not mix");
  finding.evidence(base::Evidence::Messages);
  for (const Mismatch& one : mismatches) {
    finding.explains(one.diagnostic);
    if (one.place != first.place) {
      finding.label(one.place, "here as well");
    }
  }
  std::vector<const syntax::Tree*> trees{&facts.tree(first.place.file)};
  for (const base::FileId file : facts.crate_of(first.place.file)) {
    if (file != first.place.file) {
      trees.push_back(&facts.tree(file));
    }
  }
  std::vector<Node> places;
  for (const Mismatch& one : mismatches) {
    places.push_back(facts.tree(one.place.file).smallest_node(one.place));
  }
  offer_here(finding, places);
  for (const Mismatch& one : mismatches) {
    if (one.place.file == first.place.file) {
      const Node node = counted(trees.front()->smallest_node(one.place));
      finding.fixes(rewrite::change_type(trees, {}, node, rewrite::TypeChange::RcToArc));
    }
  }
}

}  // namespace jaa::pitfalls
