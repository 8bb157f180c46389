// Reports names of the standard library's futures that a module uses and nothing brings into
// scope: `Future` before edition 2024, `Pin`, `Poll`, `Context` in all.
//
// Detected: rustc finds no such name, and one of its own candidates is of `std::future`,
// `std::pin` or `std::task`. One finding a module. Ignored on purpose: what a macro wrote.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/missing_import.h"
#include "pitfalls/sink.h"
#include "rewrite/imports.h"
#include "syntax/items.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

struct MissingName {
  uint32_t diagnostic = 0;
  Node mention;
  flow::MissingImport import;
};

std::string_view last_of(std::string_view path) {
  return path.substr(path.rfind(':') + 1);
}

// The workspace declares an item of that name. Else what rustc finds in the crate is an
// import, of the same item or of one that is a rival by its own path.
bool is_declared(const syntax::Items& items, std::string_view name) {
  return !items.structs(name).empty() || !items.traits(name).empty() ||
         !items.aliases(name).empty() || !items.functions(name).empty();
}

std::vector<MissingName> read_names(const flow::Facts& facts) {
  std::vector<MissingName> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    flow::MissingImport import = flow::missing_import(error);
    if (import.path.empty()) continue;
    std::erase_if(import.rivals, [&facts](const std::string& path) {
      return path.starts_with("crate::") && !is_declared(facts.items(), last_of(path));
    });
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node mention = span.is_primary ? facts.node_at(span) : Node();
      if (!mention) continue;
      result.push_back({index, mention, std::move(import)});
      break;
    }
  }
  // By place: rustc goes by kinds of names.
  std::sort(result.begin(), result.end(), [](const MissingName& a, const MissingName& b) {
    return a.mention.span() < b.mention.span();
  });
  return result;
}

// Each path once, in the order of the first uses.
std::vector<flow::MissingImport> imports_of(const std::vector<MissingName>& names) {
  std::vector<flow::MissingImport> result;
  for (const MissingName& name : names) {
    const bool is_known = std::any_of(result.begin(), result.end(), [&name](const auto& other) {
      return other.path == name.import.path;
    });
    if (!is_known) result.push_back(name.import);
  }
  return result;
}

std::string quoted_names(const std::vector<flow::MissingImport>& imports) {
  std::string result;
  for (const flow::MissingImport& import : imports) {
    result += (result.empty() ? "`" : ", `") + std::string(last_of(import.path)) + "`";
  }
  return result;
}

base::FixIt import_all(Node place, const std::vector<flow::MissingImport>& imports) {
  base::FixIt fix;
  rewrite::ImportEdits edits;
  fix.name = "import";
  fix.title = "import " + quoted_names(imports);
  fix.keeps_meaning = true;
  for (const flow::MissingImport& import : imports) {
    edits.add(place, import.path);
    if (import.rivals.empty()) continue;
    fix.keeps_meaning = false;
    fix.trade_off = "`" + import.rivals.front() + "` has the same name, and may be meant";
  }
  fix.edits = edits.take();
  return fix;
}

}  // namespace

void future_not_imported(const flow::Facts& facts, Sink& sink) {
  std::vector<MissingName> rest = read_names(facts);
  while (!rest.empty()) {
    const Node first = rest.front().mention;
    const Node scope = rewrite::import_scope(first);
    const auto others = std::stable_partition(
        rest.begin(), rest.end(),
        [scope](const MissingName& name) { return rewrite::import_scope(name.mention) == scope; });
    const std::vector<MissingName> names(rest.begin(), others);
    rest.erase(rest.begin(), others);
    const std::vector<flow::MissingImport> imports = imports_of(names);
    auto finding =
        sink.report(first.span(), diag::future_not_imported{.names = quoted_names(imports)});
    finding.label("is of the standard library, and of no prelude of this edition");
    finding.evidence(base::Evidence::Messages);
    for (const MissingName& name : names) finding.explains(name.diagnostic);
    finding.fix(import_all(first, imports));
  }
}

}  // namespace jaa::pitfalls
