// The passes in order: from one unit's messages to findings whose fixes the
// compiler has judged.
//
// A session does no input or output. `next` says what it needs; the driver gets it
// and calls the `answer` of the same name, until `Done`. The rustc wrapper, `jaa`
// and every later driver run this one machine.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/finding.h"
#include "base/problem.h"
#include "base/source_files.h"
#include "fixit/planner.h"
#include "fixit/trial.h"
#include "flow/facts.h"
#include "flow/probe.h"
#include "project/package.h"
#include "rustc/diagnostic.h"
#include "syntax/tree_cache.h"

namespace jaa::session {

struct Options {
  // Levels by pitfall name: "allow", "warn", "deny", "forbid". One that is not named
  // reports what explains an error, and is silent on code that compiles.
  std::map<std::string, std::string> levels;
  // The compiler may be run once more, unlocked, for its MIR.
  bool may_unlock = true;
  // Fixes may be tried.
  bool may_verify = true;
  // Of these only what would be applied unasked.
  bool automatic_only = false;

  // Some pitfall is on for code that compiles.
  [[nodiscard]] bool has_lints() const;
};

struct Input {
  std::string cwd;          // of the compiler, absolute
  std::string root_source;  // the crate's root file, absolute
  bool is_test = false;
  project::Package package;
  std::vector<rustc::Diagnostic> diagnostics;
  Options options;
};

// Source files, by absolute path; with `whole_crate` also all others that the unit
// read, and those of the other crates of the workspace. Answer with those that could be
// read.
struct NeedSources {
  std::vector<std::string> paths;
  bool whole_crate = true;
};
struct Source {
  std::string path;     // absolute
  std::string display;  // as the compiler names it
  std::string text;
  // Root file of the workspace's crate that it belongs to; empty when that is not known.
  std::string crate;
  // Not from a registry, a toolchain or a build script: the user's to edit.
  bool is_editable = true;
};

// A function whose coroutines are wanted. Modules may each have one of that name, so
// a line says which: every dump of the right one mentions it.
struct WantedFunction {
  std::string name;
  std::string file;   // its last component
  uint32_t line = 0;  // 1-based, inside the function
  // It is not async, and its own body is wanted as well; `line` is where its result's
  // type stands, or would, which that body mentions.
  bool is_plain = false;
  friend auto operator<=>(const WantedFunction&, const WantedFunction&) = default;
};

// MIR of the coroutines in these functions of the crate that `source` belongs to;
// none named: of all functions.
struct FactsQuery {
  std::string source;  // absolute
  std::vector<WantedFunction> functions;
};
struct NeedFacts {
  std::vector<FactsQuery> queries;
  // Texts of loaded files without what no query asks for: what the compiler may be given
  // instead to answer sooner, from the shortest. Each is made when it is called for, while
  // the session lives; no files: it does not serve. None when some query asks for all
  // functions.
  std::vector<fixit::EditedFiles> reductions;
  // What the compiler says of the files as they are. A reduction of which it says something
  // else may have another MIR. The session's.
  const std::vector<rustc::Diagnostic>* diagnostics = nullptr;
};
struct Dump {
  std::string file_name;
  std::string text;
};
struct UnitDumps {
  std::string cwd;
  std::vector<Dump> dumps;
  // What was found out about its functions before, if that was kept.
  std::vector<flow::Summary> known = {};
};

// What the compiler says of the unit with these edits (flow/probe.h): only its
// messages matter, and no other unit.
struct NeedProbe {
  fixit::Trial trial;
};

struct NeedVerdict {
  fixit::Trial trial;
  // Each finding's lead is decided; this one is about alternatives.
  bool is_alternative = false;
};

struct Done {};

using Request = std::variant<NeedSources, NeedProbe, NeedFacts, NeedVerdict, Done>;

class Session {
 public:
  explicit Session(Input input);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  [[nodiscard]] Request next();
  void answer(std::vector<Source> sources);
  void answer(std::vector<UnitDumps> facts);
  void answer(const fixit::TrialOutcome& outcome);
  // Ends the trials early; untried fixes say this reason.
  void give_up_verifying(const std::string& reason);

  // Complete after `Done`; in output order.
  [[nodiscard]] const std::vector<base::Finding>& findings() const { return findings_; }
  // What callers must know of the functions whose MIR was read; only where whole crates
  // were asked for, that is with lints on.
  [[nodiscard]] const std::vector<flow::Summary>& summaries() const { return summaries_; }
  [[nodiscard]] const base::SourceFiles& sources() const { return sources_; }
  [[nodiscard]] const base::Problems& problems() const { return problems_; }

 private:
  enum class Stage : uint8_t { Start, Sources, Probe, MoreSources, Facts, Verdicts, Done };

  void read_errors();
  [[nodiscard]] bool has_work() const;
  [[nodiscard]] bool is_of_interest(const rustc::Diagnostic& diagnostic) const;
  [[nodiscard]] NeedSources wanted_sources() const;
  void plan_probes();
  [[nodiscard]] NeedFacts wanted_facts() const;
  // Texts of a crate's files in which only these functions are whole.
  using WantedByPath = std::map<std::string, std::set<WantedFunction>>;
  using Reduction = void (Session::*)(const std::vector<base::FileId>& files,
                                      const std::vector<std::string>& keep,
                                      std::vector<fixit::EditedFile>& result) const;
  [[nodiscard]] std::vector<fixit::EditedFile> reduce(const WantedByPath& functions,
                                                      Reduction reduction) const;
  void slice(const std::vector<base::FileId>& files, const std::vector<std::string>& keep,
             std::vector<fixit::EditedFile>& result) const;
  void stub(const std::vector<base::FileId>& files, const std::vector<std::string>& keep,
            std::vector<fixit::EditedFile>& result) const;
  void add_to_crate(const std::string& root, base::FileId file);
  void drop_unrelated();
  [[nodiscard]] bool has_async_code() const;
  void find();
  [[nodiscard]] bool edits_foreign(const base::FixIt& fix) const;
  void drop_foreign_edits();
  void finish();
  void apply_levels();

  Input input_;
  // Errors that async code may be the cause of are looked into.
  bool looks_into_errors_ = true;
  Stage stage_ = Stage::Start;
  base::SourceFiles sources_;
  syntax::TreeCache trees_{sources_};
  std::vector<flow::CrateFiles> crates_;  // the unit's own first
  std::set<base::FileId> foreign_files_;  // not to be edited
  std::vector<flow::Denial> denials_;
  std::vector<flow::Recursion> recursions_;
  std::vector<flow::LintedPlace> public_async_fns_;
  std::vector<flow::Probe> probes_;
  std::vector<flow::UnitBodies> units_;
  std::vector<flow::Summary> known_;
  std::vector<flow::Summary> summaries_;
  std::vector<base::Finding> findings_;
  std::unique_ptr<fixit::Planner> planner_;
  base::Problems problems_;
};

}  // namespace jaa::session
