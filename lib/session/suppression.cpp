#include "session/suppression.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::session {
namespace {

// The line's comment allows `code`.
bool allows(llvm::StringRef line, llvm::StringRef code) {
  const size_t comment = line.find("//");
  if (comment == llvm::StringRef::npos) {
    return false;
  }
  llvm::StringRef rest = line.substr(comment).ltrim('/').ltrim();
  if (!rest.consume_front("just-async:")) {
    return false;
  }
  rest = rest.ltrim();
  if (!rest.consume_front("allow(")) {
    return false;
  }
  for (llvm::StringRef item : llvm::split(rest.take_until([](char c) { return c == ')'; }), ',')) {
    item = item.trim();
    item.consume_front("just_async::");
    if (item == code) {
      return true;
    }
    if (item.starts_with("reason")) {
      break;
    }
  }
  return false;
}

}  // namespace

bool is_suppressed(const base::Finding& finding, const base::SourceFiles& sources) {
  const base::Span& span = finding.primary.span;
  if (!span.is_valid()) {
    return false;
  }
  uint32_t line = sources.line_column(span.file, span.begin).line;
  if (allows(sources.line_text(span.file, line), finding.code)) {
    return true;
  }
  while (line > 1) {
    --line;
    const llvm::StringRef above = llvm::StringRef(sources.line_text(span.file, line)).trim();
    if (!above.starts_with("//") && !above.starts_with("#[")) {
      return false;
    }
    if (allows(above, finding.code)) {
      return true;
    }
  }
  return false;
}

}  // namespace jaa::session
