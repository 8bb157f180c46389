// Reports a `for` that goes over a channel's receiving end or a stream, each item of which has to
// be awaited.
//
// Detected by rustc (E0277): what the `for` goes over, in async code, is no iterator; it is of
// another crate. Which of the usual ways to ask for the next item it has, the compiler tells:
// without an accepted fix there is no finding.
// Left to others: a future (for_over_future), and a type of the workspace with an async `next`
// (async_method_used_as_trait).
#include <algorithm>
#include <array>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/future_text.h"
#include "flow/type_text.h"
#include "pitfalls/sink.h"
#include "rewrite/awaited_source.h"
#include "rewrite/naming.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

std::string name_of(llvm::StringRef type) {
  while (type.consume_front("&") || type.consume_front("mut ")) {
  }
  type.consume_front("impl ");
  const llvm::StringRef path =
      type.take_until([](char byte) { return byte == '<' || byte == ' '; });
  const size_t colon = path.rfind(':');
  return (colon == llvm::StringRef::npos ? path : path.substr(colon + 1)).str();
}

// A type that may have such items: `impl Stream<..>`, or a struct of another crate that is not
// one of std's that people forget to call `iter` on.
bool may_be_stream(const flow::Facts& facts, const std::string& type) {
  if (flow::is_future_type(type, facts.items())) {
    return false;
  }
  if (llvm::StringRef(type).starts_with("impl ")) {
    return true;
  }
  const std::string name = name_of(type);
  const bool is_plain = llvm::StringSwitch<bool>(name)
                            .Cases("String", "Arc", "Rc", "Box", "Mutex", "RwLock", "Cell", true)
                            .Cases("RefCell", "Duration", "PathBuf", "Path", true)
                            .Default(false);
  return !name.empty() && llvm::isUpper(name.front()) && !is_plain &&
         facts.items().structs(name).empty();
}

std::vector<base::FixIt> remedies(const flow::Facts& facts, Node source, const std::string& type) {
  constexpr std::array Ways{rewrite::AskedBy{"recv", "Some"}, rewrite::AskedBy{"next", "Some"},
                            rewrite::AskedBy{"recv", "Ok"}};
  const std::vector<base::Edit> mut = rewrite::make_mutable(source);
  std::vector<base::FixIt> result;
  for (const rewrite::AskedBy& way : Ways) {
    base::FixIt fix;
    fix.name = "while_let";
    fix.title = "await each item by `" + std::string(way.method) + "`";
    fix.edits =
        rewrite::await_each(facts.tree(source.span().file), source.parent(), name_of(type), way);
    fix.keeps_meaning = true;
    fix.body = syntax::outermost_function(source).span();
    if (fix.edits.empty()) {
      continue;
    }
    if (!mut.empty()) {
      base::FixIt changing = fix;
      changing.edits.insert(changing.edits.end(), mut.begin(), mut.end());
      result.push_back(std::move(changing));
    }
    result.push_back(std::move(fix));
  }
  return result;
}

}  // namespace

void for_over_stream(const flow::Facts& facts, Sink& sink) {
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const auto primary = std::find_if(error.spans.begin(), error.spans.end(),
                                      [](const auto& span) { return span.is_primary; });
    if (error.code != "E0277" || primary == error.spans.end() || primary->is_from_macro()) {
      continue;
    }
    const Node source = facts.node_at(*primary);
    const Node loop = source.parent();
    const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
    const bool is_awaitable = loop.is("for_expression") && loop.field("value") == source &&
                              !syntax::is_in_macro(loop) &&
                              syntax::is_async_function(syntax::enclosing_function(loop));
    if (!is_awaitable || quoted.empty() || !may_be_stream(facts, quoted.front())) {
      continue;
    }
    auto finding = sink.report(
        source.span(),
        diag::for_over_stream{.expression = rewrite::quoted(source.text(), "expression")});
    finding.label("`" + flow::shown_type_text(quoted.front()) + "` is no iterator");
    finding.evidence(base::Evidence::Messages);
    finding.needs_proof();
    finding.explains(index);
    finding.fixes(remedies(facts, source, quoted.front()));
  }
}

}  // namespace jaa::pitfalls
