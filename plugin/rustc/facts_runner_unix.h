// The second, unlocked run of a recorded unit, for its MIR.
#pragma once

#include <string>
#include <vector>

#include "fixit/trial.h"
#include "llvm/Support/Error.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {

// A function whose coroutine bodies are wanted, and a place inside it that every dump
// of one mentions (`file:line:`, the file's last component): functions in different
// modules may share a name.
struct WantedBody {
  std::string function;
  std::string file;
  uint32_t line = 0;  // 0: any
  // The body of the function itself is wanted, and is what mentions the place.
  bool is_plain = false;
  friend auto operator<=>(const WantedBody&, const WantedBody&) = default;
};

struct FactsRequest {
  // Names of functions whose coroutine bodies are wanted ("work"); empty: all. They
  // narrow rustc's dump filter (a substring match, so more may come) and tell
  // when the run may be ended early.
  std::vector<WantedBody> functions;
  // Plain functions too, and all of them.
  bool all_bodies = false;
  // Texts of source files in which other things are left out. They are tried in turn, until
  // the wanted bodies are there and the compiler says nothing of them that is not among
  // `diagnostics`; in the end the sources as they are.
  std::vector<fixit::EditedFiles> reductions = {};
  // What it says of the sources as they are; none: nothing.
  const std::vector<rustc::Diagnostic>* diagnostics = nullptr;
  // Texts that stand for source files in every run, where no stub does.
  std::vector<fixit::EditedFile> texts = {};
  double timeout_seconds = 600;
  // What the unit's compiler says of itself (`-vV`); empty: it is asked.
  std::string compiler = {};
};

struct Dump {
  std::string file_name;  // rustc's: `a.work-{closure#0}.1-1-000.built.after.mir`
  std::string text;
};

struct FactsOutcome {
  std::vector<Dump> dumps;  // sorted by file name, complete files only
  // The compiler ended by itself with exit code 0.
  bool succeeded = false;
  bool stopped_early = false;
  std::string stderr_text;
  double cpu_seconds = 0;
};

// Replays `unit`, unlocked (`RUSTC_BOOTSTRAP`, for that child alone, and no features)
// unless its compiler is a nightly or was recorded unlocked. No outputs but the
// dumps, in a memory file system where there is one. A compiler that needs no
// unlocking runs warm first (incremental directory seeded from the last committed
// session; what was dumped is taken) and again without when a wanted body is missing;
// for a stable one a recorded session is never warm, as unlocking is part of its key.
// The error names the compiler and what it said.
[[nodiscard]] llvm::Expected<FactsOutcome> run_facts(const Unit& unit, const FactsRequest& request);

}  // namespace jaa::plugin
