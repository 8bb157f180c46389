// The facts of one unit that pitfalls read: which errors deny `Send` to a future and
// why, which held guards are the reason, and which futures contain themselves.
//
// Finished before any pitfall runs, and read-only from then on. Refers to the
// session's source files and bodies.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/call_graph.h"
#include "flow/cause.h"
#include "flow/crate_files.h"
#include "flow/denial.h"
#include "flow/held.h"
#include "flow/public_trait.h"
#include "flow/recursion.h"
#include "flow/sources.h"
#include "flow/summary.h"
#include "mir/module.h"
#include "project/package.h"
#include "rustc/diagnostic.h"
#include "syntax/items.h"
#include "syntax/tree_cache.h"

namespace jaa::flow {

// One guard, and everything that it is the reason for.
struct DeniedGuard {
  HeldValue guard;
  base::Evidence evidence = base::Evidence::Mir;
  // Indexes into `Facts::denials`: the errors that name this guard.
  std::vector<uint32_t> denials;
  // Errors that name another guard of the same body and would name this one next.
  // Both are empty when no error depends on it (a lint).
  std::vector<uint32_t> hidden_denials;
  // No error names it outright: every denial is inferred.
  bool is_inferred = false;
  // From the first denial's demand inwards; empty when the guard's own future is
  // the one that is demanded.
  std::vector<ChainLink> chain;
};

// An `async fn` in a public trait, as rustc's lint found it.
struct LintedFunction {
  uint32_t diagnostic = 0;
  bool is_error = false;
  base::Span place;
  syntax::Node function;
};

// MIR of one unit, or of a part of it where there is much, and the names in it.
struct UnitBodies {
  UnitSources sources;
  mir::Module module;
};

struct FactsInput {
  const base::SourceFiles* files = nullptr;
  const syntax::TreeCache* trees = nullptr;  // of the same files
  // All that the compiler said of the unit; null where that does not matter. Must
  // outlive the facts.
  const std::vector<rustc::Diagnostic>* diagnostics = nullptr;
  std::string cwd;  // that names in the diagnostics are relative to
  std::vector<Denial> denials;
  std::vector<Recursion> recursions;
  // What rustc's lint on public traits points at (`read_public_async_fns`).
  std::vector<LintedPlace> public_async_fns;
  // Of this unit and of those its errors point into.
  llvm::ArrayRef<UnitBodies> units;
  project::Package package;
  // The unit's crate first, then the others of the workspace: what declares the names
  // it uses, and what a rewrite follows a name through.
  std::vector<CrateFiles> crates;
  // What an earlier run found out about functions of these units' dependencies.
  llvm::ArrayRef<Summary> known;
  // Report guards that no error depends on too.
  bool lint = false;
};

class Facts {
 public:
  explicit Facts(const FactsInput& input);

  [[nodiscard]] const base::SourceFiles& files() const { return *files_; }
  // All that the compiler said of the unit; a finding explains these by their index.
  [[nodiscard]] const std::vector<rustc::Diagnostic>& diagnostics() const { return *diagnostics_; }
  // Finds the places of its spans in the loaded sources.
  [[nodiscard]] const UnitSources& names() const { return names_; }
  // The smallest node that covers what `span` covers; none where the file is not loaded,
  // and none for what a macro wrote.
  [[nodiscard]] syntax::Node node_at(const rustc::DiagnosticSpan& span) const;
  // The type of the variable that is bound at `name`, with full paths and without
  // lifetimes, where MIR has it or a `let` or parameter writes it; else empty.
  [[nodiscard]] std::string type_of(syntax::Node name) const;
  [[nodiscard]] const std::vector<Denial>& denials() const { return denials_; }
  // In source order.
  [[nodiscard]] const std::vector<DeniedGuard>& denied_guards() const { return guards_; }
  // What is denied for another reason than a guard; in source order.
  [[nodiscard]] const std::vector<Cause>& causes() const { return causes_; }
  [[nodiscard]] const std::vector<Recursion>& recursions() const { return recursions_; }
  [[nodiscard]] const std::vector<LintedFunction>& public_async_fns() const { return linted_; }
  // The named items of all these crates; made when they are first asked for.
  [[nodiscard]] const syntax::Items& items() const;
  // Who calls and awaits whom, and what a caller must know of each body; made when they
  // are first asked for. The bodies are those of the input's units.
  [[nodiscard]] const CallGraph& calls() const;
  [[nodiscard]] const std::vector<Summary>& summaries() const;
  [[nodiscard]] const project::Package& package() const { return package_; }
  // The root file of that crate; `file` itself when it is not known.
  [[nodiscard]] base::FileId root_of(base::FileId file) const;
  // The crates of the workspace that are loaded, the unit's own first.
  [[nodiscard]] const std::vector<CrateFiles>& crates() const { return crates_; }
  // The files of the crate that `file` belongs to; none for a file of no known crate.
  [[nodiscard]] std::vector<base::FileId> crate_of(base::FileId file) const;
  [[nodiscard]] const syntax::TreeCache& trees() const { return *trees_; }
  [[nodiscard]] const syntax::Tree& tree(base::FileId file) const { return trees_->tree(file); }

 private:
  const base::SourceFiles* files_;
  const syntax::TreeCache* trees_;
  const std::vector<rustc::Diagnostic>* diagnostics_;
  UnitSources names_;
  std::vector<Denial> denials_;
  void find_guards(const FactsInput& input);
  void find_causes(const FactsInput& input);

  std::vector<Recursion> recursions_;
  std::vector<LintedFunction> linted_;
  std::vector<DeniedGuard> guards_;
  std::vector<Cause> causes_;
  mutable std::optional<syntax::Items> items_;
  llvm::ArrayRef<UnitBodies> units_;
  llvm::ArrayRef<Summary> known_;
  mutable std::unique_ptr<CallGraph> calls_;
  mutable std::optional<std::vector<Summary>> summaries_;
  project::Package package_;
  std::vector<CrateFiles> crates_;
};

}  // namespace jaa::flow
