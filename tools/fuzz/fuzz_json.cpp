// rustc's and cargo's messages.
#include <algorithm>

#include "base/line_text.h"
#include "rustc/diagnostic.h"
#include "tools/fuzz/check.h"

namespace {

using namespace jaa;

// A document takes many times its text, and what it says once more: most for spans and
// children that are written `{},`.
constexpr size_t BytesPerByte = 128;

void check(const std::vector<rustc::Diagnostic>& roots) {
  std::vector<const rustc::Diagnostic*> pending;
  for (const rustc::Diagnostic& root : roots) pending.push_back(&root);
  while (!pending.empty()) {
    const rustc::Diagnostic& diagnostic = *pending.back();
    pending.pop_back();
    for (const rustc::Diagnostic& child : diagnostic.children) pending.push_back(&child);
    for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
      fuzz::require(span.byte_start <= span.byte_end, "a span ends after it begins");
      (void)span.is_from_macro();
      (void)span.is_await();
    }
    (void)diagnostic.is_summary();
    for (const std::string& part : rustc::quoted_parts(diagnostic.message)) {
      fuzz::require(part.size() < diagnostic.message.size(), "a part is less than the whole");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const rustc::Messages messages = [&] {
    const fuzz::MemoryWatch watch(size, BytesPerByte);
    return rustc::read_messages(text, "fuzz");
  }();
  check(messages.diagnostics);
  for (base::LineCursor lines(text); !lines.is_done();) {
    const fuzz::MemoryWatch watch(size, BytesPerByte);
    std::string problem;
    const auto message = rustc::read_cargo_line(lines.take(), &problem);
    fuzz::require(message || !problem.empty(), "what is no message is a problem");
  }
  return 0;
}
