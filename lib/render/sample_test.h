// For the tests of this layer: a finding that has one of everything, and goldens.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "base/source_files.h"

namespace jaa::render::sample {

inline std::string slurp(const std::string& path) {
  std::ifstream stream(std::string(JAA_TESTDATA) + "/" + path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// Compares with the golden of that name, or writes it.
inline void check_golden(const std::string& name, std::string_view actual) {
  CAPTURE(name);
  if (std::getenv("JAA_BLESS") != nullptr) {
    std::ofstream(std::string(JAA_TESTDATA) + "/render/" + name, std::ios::binary) << actual;
  }
  CHECK(actual == slurp("render/" + name));
}

struct Sample {
  base::SourceFiles sources;
  base::FileId guard;
  base::FileId caller;
  base::Finding finding;

  // The first place of `text` in a file.
  [[nodiscard]] base::Span span(base::FileId file, std::string_view text) const {
    const size_t begin = sources.text(file).find(text);
    REQUIRE(begin != std::string_view::npos);
    return {file, static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + text.size())};
  }
};

inline Sample make() {
  using Kind = base::Verdict::Kind;
  Sample sample;
  sample.guard = sample.sources.add("/p/src/guard.rs", "src/guard.rs", slurp("render/guard.rs"));
  sample.caller =
      sample.sources.add("/p/src/caller.rs", "src/caller.rs", slurp("render/caller.rs"));
  base::Finding& finding = sample.finding;
  finding.code = "guard_across_await";
  finding.level = base::Level::Error;
  finding.message = "`MutexGuard<'_, u32>` is held across an await point";
  finding.primary = {sample.span(sample.guard, ".await"), "still held at this await"};
  finding.secondary = {{sample.span(sample.guard, "guard ="), "taken here"},
                       {sample.span(sample.caller, "bump"), "must be `Send` here"}};
  finding.notes = {{base::Level::Note, "another thread that waits for the lock stops", {}},
                   {base::Level::Note, "the lock comes from here",
                    base::Label{sample.span(sample.guard, "state: &Mutex<u32>"), ""}}};
  finding.evidence = base::Evidence::Mir;
  finding.explains = {0, 2};

  base::FixIt drop_first;
  drop_first.name = "drop_first";
  drop_first.title = "drop the guard before the await";
  const base::Span statement = sample.span(sample.guard, "let é = *guard; send(é).await;");
  drop_first.edits = {{statement, "let é = *guard; drop(guard); send(é).await;"}};
  drop_first.keeps_meaning = true;
  drop_first.verdict = {Kind::Accepted, "", 1};

  base::FixIt scope;
  scope.name = "scope";
  scope.title = "end the guard's scope before the await";
  scope.trade_off = "the value is copied out of the lock";
  const base::Span whole = {sample.guard, sample.span(sample.guard, "\tlet mut").begin,
                            statement.end};
  scope.edits = {{whole,
                  "\tlet é = {\n        let mut guard = state.lock().unwrap(); *guard += 1;\n"
                  "        *guard\n    };\n    send(é).await;"}};
  scope.keeps_meaning = true;
  scope.verdict = {Kind::Accepted, "", 0};

  base::FixIt pass_value;
  pass_value.name = "pass_value";
  pass_value.title = "pass the number instead of the lock";
  pass_value.edits = {{sample.span(sample.caller, "&STATE"), "STATE.get()"},
                      {sample.span(sample.guard, "&Mutex<u32>"), "u32"}};
  pass_value.verdict = {Kind::Unknown, "the callers are in another crate", 0};

  base::FixIt async_mutex;
  async_mutex.name = "async_mutex";
  async_mutex.title = "use an async mutex";
  async_mutex.edits = {{sample.span(sample.guard, "std::sync::Mutex"), "/* runtime */::Mutex"}};
  async_mutex.has_placeholders = true;

  base::FixIt unsafe_send;
  unsafe_send.name = "unsafe_send";
  unsafe_send.title = "declare the guard `Send`";
  unsafe_send.edits = {{{sample.guard, 0, 0}, "unsafe impl Send for MutexGuard {}\n"}};
  unsafe_send.verdict = {Kind::Rejected, "only traits defined in the current crate", 0};
  finding.fixits = {drop_first, scope, pass_value, async_mutex, unsafe_send};
  return sample;
}

}  // namespace jaa::render::sample
