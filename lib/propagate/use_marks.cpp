#include "propagate/use_marks.h"

#include <algorithm>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "flow/call_sites.h"
#include "syntax/items.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

constexpr llvm::StringRef Prefix = "jaa ";

// The attribute that is there already: a second one is an error.
Node deprecation_of(Node function) {
  for (Node before = function.previous(); before.is_comment() || before.is("attribute_item");
       before = before.previous()) {
    if (llvm::StringRef(before.text()).starts_with("#[deprecated")) {
      return before;
    }
  }
  return {};
}

// The number that the compiler repeats of a mark.
std::optional<size_t> number_in(const rustc::Diagnostic& diagnostic) {
  const llvm::StringRef text(diagnostic.message);
  const size_t at = text.rfind(Prefix);
  size_t number = 0;
  if (diagnostic.code != "deprecated" || at == llvm::StringRef::npos ||
      text.substr(at + Prefix.size()).getAsInteger(10, number)) {
    return std::nullopt;
  }
  return number;
}

// Where the name of the called function stands in `call`.
Node called_name(Node call) {
  Node function = call.field("function");
  while (function.is_any({"generic_function", "parenthesized_expression"})) {
    function = function.is("generic_function")     ? function.field("function")
               : function.named_children().empty() ? Node()
                                                   : function.named_children().front();
  }
  return function.is("field_expression")    ? function.field("field")
         : function.is("scoped_identifier") ? function.field("name")
                                            : function;
}

}  // namespace

UseMarks::UseMarks(const flow::Facts& facts) : facts_(facts) {
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId file : crate.files) {
      syntax::walk(facts.tree(file).root(), [&](Node node) {
        if (node.is_any({"token_tree", "macro_definition", "foreign_mod_item"})) {
          return syntax::Walk::Over;
        }
        const bool is_function = node.is_any({"function_item", "function_signature_item"});
        // What a trait declares is what its callers use.
        if (is_function && !(syntax::impl_of(node) && syntax::impl_of(node).field("trait"))) {
          const std::string mark =
              "#[deprecated = \"" + Prefix.str() + std::to_string(functions_.size()) + "\"]";
          if (const Node known = deprecation_of(node)) {
            edits_.push_back({known.span(), mark});
          } else {
            edits_.push_back({{file, node.begin(), node.begin()}, mark + " "});
          }
          functions_.push_back(node);
        }
        return syntax::Walk::Into;
      });
    }
  }
}

bool UseMarks::is_about_mark(const rustc::Diagnostic& diagnostic) {
  return number_in(diagnostic).has_value();
}

base::Span UseMarks::unmarked(const base::Span& marked) const {
  const auto moved = [&](uint32_t offset) {
    int64_t shift = 0;
    for (const base::Edit& edit : edits_) {
      const int64_t grown = static_cast<int64_t>(edit.text.size()) -
                            static_cast<int64_t>(edit.span.end - edit.span.begin);
      if (edit.span.file == marked.file && edit.span.begin + shift + edit.text.size() <= offset) {
        shift += grown;
      }
    }
    return static_cast<uint32_t>(offset - shift);
  };
  return {marked.file, moved(marked.begin), moved(marked.end)};
}

std::vector<FunctionUse> UseMarks::read(const std::vector<rustc::Diagnostic>& diagnostics,
                                        const std::string& cwd) const {
  base::SourceFiles marked;
  for (size_t index = 0; index < facts_.files().size(); ++index) {
    const base::FileId file(index);
    marked.add(std::string(facts_.files().path(file)), std::string(facts_.files().display(file)),
               base::apply_edits(facts_.files(), file, edits_)
                   .value_or(std::string(facts_.files().text(file))));
  }
  std::vector<FunctionUse> result;
  std::set<std::pair<base::Span, base::Span>> seen;
  const flow::UnitSources names(marked, cwd);
  for (const rustc::Diagnostic& diagnostic : diagnostics) {
    const std::optional<size_t> number = number_in(diagnostic);
    for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
      const auto place = span.is_primary && number && *number < functions_.size() ? names.span(span)
                                                                                  : std::nullopt;
      if (!place) {
        continue;
      }
      const auto visible = names.visible_span(span);
      FunctionUse use;
      use.function = functions_[*number];
      use.name = unmarked(*place);
      use.visible = visible && span.is_from_macro() ? unmarked(*visible) : use.name;
      use.is_from_macro = span.is_from_macro();
      if (seen.insert({use.name, use.visible}).second) {
        result.push_back(use);
      }
    }
  }
  add_own_uses(result);
  std::stable_sort(result.begin(), result.end(), [](const FunctionUse& a, const FunctionUse& b) {
    return std::pair(a.name, a.visible) < std::pair(b.name, b.visible);
  });
  return result;
}

// Calls of a function in its own body, which the compiler does not report.
void UseMarks::add_own_uses(std::vector<FunctionUse>& uses) const {
  std::set<base::Span> known;
  for (const FunctionUse& use : uses) {
    known.insert(use.name);
  }
  const flow::CallSites calls(facts_.trees(), facts_.crates(), facts_.items());
  for (const Node& function : functions_) {
    const Node body = function.field("body");
    const std::string_view own = function.field("name").text();
    bool is_mentioned = false;
    syntax::walk(body, [&](Node node) {
      is_mentioned |= node.text() == own;
      return is_mentioned ? syntax::Walk::Stop : syntax::Walk::Into;
    });
    if (!is_mentioned) {
      continue;
    }
    for (const flow::CallSite& site : calls.of({function})) {
      Node name = called_name(site.call);
      if (site.is_in_macro) {
        for (name = site.call; name && name.text() != own;) {
          name = name.previous();
        }
      }
      if (name && body.contains(name) && known.insert(name.span()).second) {
        uses.push_back({function, name.span(), name.span(), false, site.is_certain});
      }
    }
    // By its name alone, given to a method: `.map(Self::depth)`.
    syntax::walk(body, [&](Node node) {
      const Node path = node.parent().is("scoped_identifier") ? node.parent() : node;
      if (node.is("identifier") && node.text() == own && path.parent().is("arguments") &&
          (path != node || !syntax::binding_of(own, node)) && known.insert(node.span()).second) {
        uses.push_back({function, node.span(), node.span(), false, true});
      }
      return syntax::Walk::Into;
    });
  }
}

}  // namespace jaa::propagate
