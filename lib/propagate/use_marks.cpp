#include "propagate/use_marks.h"

#include <algorithm>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "syntax/items.h"
#include "syntax/queries.h"

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

// Its own name is spelled in its body.
bool may_use_itself(Node function) {
  const std::string_view own = function.field("name").text();
  bool found = false;
  syntax::walk(function.field("body"), [&](Node node) {
    found |= node.is_any({"identifier", "field_identifier"}) && node.text() == own;
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

bool is_conditional(Node function) {
  for (Node before = function.previous(); before.is_comment() || before.is("attribute_item");
       before = before.previous()) {
    if (llvm::StringRef(before.text()).contains("cfg")) {
      return true;
    }
  }
  return false;
}

}  // namespace

UseMarks::UseMarks(const flow::Facts& facts) : facts_(facts) {
  std::set<base::FileId> seen;
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId file : crate.files) {
      if (!seen.insert(file).second) {
        continue;
      }
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
          if (node.field("body") && may_use_itself(node) && !is_conditional(node)) {
            add_twin(node);
          }
        }
        return syntax::Walk::Into;
      });
    }
  }
}

base::SourceFiles UseMarks::marked_files() const {
  base::SourceFiles marked;
  for (size_t index = 0; index < facts_.files().size(); ++index) {
    const base::FileId file(index);
    marked.add(std::string(facts_.files().path(file)), std::string(facts_.files().display(file)),
               base::apply_edits(facts_.files(), file, edits_)
                   .value_or(std::string(facts_.files().text(file))));
  }
  return marked;
}

std::vector<base::Edit> UseMarks::hidden_lifetimes(
    const std::vector<rustc::Diagnostic>& diagnostics, const std::string& cwd) const {
  const base::SourceFiles marked = marked_files();
  const flow::UnitSources names(marked, cwd);
  std::vector<base::Edit> result;
  for (const rustc::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.code != "elided_lifetimes_in_paths") {
      continue;
    }
    for (const rustc::Diagnostic& child : diagnostic.children) {
      for (const rustc::DiagnosticSpan& span : child.spans) {
        const auto place = names.span(span);
        if (!place || !place->is_empty() || span.is_from_macro() || !span.suggested_replacement) {
          continue;
        }
        // The end of a name may be the beginning of an edit: what is before it counts.
        const uint32_t offset = unmarked(place->file, place->begin - 1) + 1;
        base::Edit edit{{place->file, offset, offset}, *span.suggested_replacement};
        if (std::find(result.begin(), result.end(), edit) == result.end()) {
          result.push_back(std::move(edit));
        }
      }
    }
  }
  return result;
}

// The edits lie in the order of their places when a twin's is moved to the end of its
// function, behind those of functions within it.
void UseMarks::add_twin(Node function) {
  const Node name = function.field("name");
  const Node body = function.field("body");
  const std::string_view text = function.text();
  std::string twin = " " + std::string(text.substr(0, name.end() - function.begin())) + "_jaa_" +
                     std::to_string(functions_.size());
  twin += text.substr(name.end() - function.begin(), body.begin() - name.end());
  twins_[edits_.size()] = {body.begin(), twin.size()};
  twin += body.text();
  edits_.push_back({{function.span().file, function.end(), function.end()}, std::move(twin)});
}

uint32_t UseMarks::unmarked(base::FileId file, uint32_t offset) const {
  std::vector<size_t> order;
  for (size_t index = 0; index < edits_.size(); ++index) {
    if (edits_[index].span.file == file) {
      order.push_back(index);
    }
  }
  std::stable_sort(order.begin(), order.end(), [this](size_t a, size_t b) {
    return edits_[a].span.begin < edits_[b].span.begin;
  });
  int64_t shift = 0;
  for (const size_t index : order) {
    const base::Edit& edit = edits_[index];
    const int64_t begin = edit.span.begin + shift;
    if (offset < begin) {
      break;
    }
    if (offset < begin + static_cast<int64_t>(edit.text.size())) {
      const auto twin = twins_.find(index);
      const auto within = static_cast<uint32_t>(offset - begin);
      return twin == twins_.end() || within < twin->second.shift
                 ? edit.span.begin
                 : twin->second.body + within - static_cast<uint32_t>(twin->second.shift);
    }
    shift += static_cast<int64_t>(edit.text.size()) -
             static_cast<int64_t>(edit.span.end - edit.span.begin);
  }
  return static_cast<uint32_t>(offset - shift);
}

base::Span UseMarks::unmarked(const base::Span& marked) const {
  // The end may be where an edit begins; its last byte is not.
  const uint32_t begin = unmarked(marked.file, marked.begin);
  return {marked.file, begin, begin + (marked.end - marked.begin)};
}

std::vector<FunctionUse> UseMarks::read(const std::vector<rustc::Diagnostic>& diagnostics,
                                        const std::string& cwd) const {
  const base::SourceFiles marked = marked_files();
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
  std::stable_sort(result.begin(), result.end(), [](const FunctionUse& a, const FunctionUse& b) {
    return std::pair(a.name, a.visible) < std::pair(b.name, b.visible);
  });
  return result;
}

}  // namespace jaa::propagate
