// Replays recorded rustc diagnostics: the spans go in, rustc's own text must come
// out, byte for byte.
#include "render/report.h"

#include <doctest/doctest.h>

#include "render/sample_test.h"
#include "rustc/diagnostic.h"

namespace jaa::render {
namespace {

base::Level level_of(rustc::Level level) {
  switch (level) {
    case rustc::Level::Warning:
      return base::Level::Warning;
    case rustc::Level::Note:
      return base::Level::Note;
    case rustc::Level::Help:
      return base::Level::Help;
    default:
      return base::Level::Error;
  }
}

class Converter {
 public:
  explicit Converter(base::SourceFiles& sources) : sources_(sources) {}

  Report report(const rustc::Diagnostic& diagnostic) {
    Report result{
        {level_of(diagnostic.level), diagnostic.code, diagnostic.message, places(diagnostic)}};
    for (const rustc::Diagnostic& child : diagnostic.children) {
      if (child.spans.empty()) {
        result.back().elements.push_back(Message{level_of(child.level), child.message});
      } else if (child.spans.front().suggested_replacement) {
        result.push_back({level_of(child.level), "", child.message, {suggestion(child)}});
      } else {
        result.push_back({level_of(child.level), "", child.message, places(child)});
      }
    }
    return result;
  }

 private:
  base::Span span(const rustc::DiagnosticSpan& from) {
    const auto file =
        sources_.add(from.file_name, from.file_name, sample::slurp("rustc/" + from.file_name));
    return {file, from.byte_start, from.byte_end};
  }
  std::vector<Element> places(const rustc::Diagnostic& diagnostic) {
    std::vector<Annotation> annotations;
    for (const rustc::DiagnosticSpan& from : diagnostic.spans) {
      annotations.push_back({span(from), from.is_primary, from.label});
    }
    return snippets(std::move(annotations), sources_);
  }
  Suggestion suggestion(const rustc::Diagnostic& diagnostic) {
    Suggestion result;
    for (const rustc::DiagnosticSpan& from : diagnostic.spans) {
      result.edits.push_back({span(from), *from.suggested_replacement});
    }
    result.file = result.edits.front().span.file;
    return result;
  }

  base::SourceFiles& sources_;
};

// Renders every diagnostic of a recording and compares; returns how many there are.
size_t replay(const std::string& name, const Layout& layout) {
  CAPTURE(name);
  const auto messages = rustc::read_messages(sample::slurp("rustc/" + name), name);
  REQUIRE_FALSE(messages.diagnostics.empty());
  size_t count = 0;
  for (const rustc::Diagnostic& diagnostic : messages.diagnostics) {
    if (diagnostic.is_summary()) {
      continue;
    }
    base::SourceFiles sources;
    const Report report = Converter(sources).report(diagnostic);
    const std::string ours = print(report, sources, layout) + "\n\n";
    CHECK(ours == diagnostic.rendered);
    ++count;
  }
  return count;
}

TEST_CASE("recorded diagnostics are rendered as rustc rendered them") {
  size_t count = 0;
  for (const std::string stem :
       {"async_fn_in_dyn", "closure_async_block", "escape_ref_arg", "match_arm_await", "mismatched",
        "missing_await_let", "missing_await_try", "move_in_loop", "multi_line", "mutexguard",
        "nested_chain", "not_general_enough", "rc_across_await", "recursion", "return_local_ref"}) {
    count += replay(stem + ".json", {});
    count += replay(stem + ".unicode.json", {.unicode = true});
    // rustc colours the types within this one's note, which its JSON does not tell.
    if (stem != "match_arm_await") {
      count += replay(stem + ".ansi.json", {.color = true});
    }
  }
  CHECK(count == 113);
}

TEST_CASE("a cut to the terminal's width keeps the spans in view") {
  base::SourceFiles sources;
  const std::string pad(100, 'a');
  const auto file = sources.add("/a.rs", "a.rs", pad + " here " + pad + "\n");
  const Report report{
      {base::Level::Error, "", "m", snippets({{{file, 101, 105}, true, "label"}}, sources)}};
  CHECK(print(report, sources, {.width = 40}) ==
        "error: m\n"
        " --> a.rs:1:102\n"
        "  |\n"
        "1 | ...aaaaaaaaa here aaaaaaaaaaaaaaa...\n"
        "  |              ^^^^ label");
}

TEST_CASE("annotations that do not fit their file are left out") {
  base::SourceFiles sources;
  const auto file = sources.add("/a.rs", "a.rs", "abc\n");
  CHECK(snippets({{{file, 3, 9}, true, ""},
                  {{file, 3, 2}, true, ""},
                  {{}, true, ""},
                  {{base::FileId(7), 0, 0}, true, ""}},
                 sources)
            .empty());
}

}  // namespace
}  // namespace jaa::render
