// What the server asks of the world: it does none of it itself. Every answer comes as a
// call of the server's, later, in the thread that it lives in.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fixit/trial.h"
#include "llvm/Support/JSON.h"
#include "plugin/lsp/settings.h"
#include "plugin/rustc/report.h"

namespace jaa::lsp {

using JobId = uint64_t;

// A project: the folder of the `Cargo.toml` that cargo is run beside.
struct CheckRequest {
  std::string root;
  ClientSettings settings;
};
struct CheckResult {
  std::vector<plugin::ReportedFinding> findings;
  // Cargo came to its end, whatever it found; else the findings are not all.
  bool is_complete = false;
  // Why not, for the user.
  std::string problem;
};

// The project with these texts in place of the files: unsaved ones, and those that edits
// make.
struct AnalysisRequest {
  std::string root;
  ClientSettings settings;
  std::vector<fixit::EditedFile> files;
};
struct AnalysisResult {
  std::vector<plugin::ReportedFinding> findings;  // in the texts as given
  std::string problem;                            // empty: it was looked at
};

// One edit that mends no error: it must bring none.
struct TryRequest {
  std::string root;
  ClientSettings settings;
  std::vector<fixit::EditedFile> files;  // as they are
  std::vector<plugin::ReportedEdit> edits;
};
struct TryResult {
  base::Verdict::Kind kind = base::Verdict::Kind::Unknown;
  std::string reason;
};

// What becomes of a function, and of its callers with it.
enum class FunctionChangeKind : uint8_t {
  Add,       // it becomes async
  Remove,    // it is async no longer
  Complete,  // it was made async by hand, and its callers not yet
};
struct ChangeRequest {
  std::string root;
  ClientSettings settings;
  std::vector<fixit::EditedFile> files;  // as they are
  FunctionChangeKind kind = FunctionChangeKind::Add;
  std::string path;   // the function's file
  uint32_t name = 0;  // where its name begins
  friend bool operator==(const ChangeRequest&, const ChangeRequest&) = default;
};
struct ChangeResult {
  struct File {
    std::string path;
    std::string before;  // the text that it was planned for
    std::string after;
  };
  std::vector<File> files;
  // What becomes of which function and why, for the user; also of what is refused.
  std::string plan;
  std::string problem;  // empty: the compiler accepts `files`
};

// What is known of the futures of one file, as it is on disk.
struct FutureFacts {
  struct Saved {
    std::string name;  // empty for a temporary
    std::string type;
    std::string guard_of;  // the lock's kind, when it is a guard
  };
  struct Await {
    uint32_t begin = 0;  // of the keyword
    uint32_t end = 0;
    std::vector<Saved> saved;
  };
  std::string name;
  // Where it begins: the function's name, or the block's or closure's first token.
  uint32_t begin = 0;
  std::optional<bool> is_send;
  std::vector<std::string> why;
  std::vector<Await> awaits;
};
struct FactsRequest {
  std::string root;
  ClientSettings settings;
  std::string path;
};
struct FactsResult {
  std::vector<FutureFacts> futures;
  std::string problem;
};

class Host {
 public:
  virtual ~Host() = default;

  virtual void send(llvm::json::Value message) = 0;

  // One check of a project runs at a time: a new one ends the old one. Its answers are
  // `check_found` any number of times, and `check_ended` unless it was stopped.
  virtual void start_check(JobId job, const CheckRequest& request) = 0;
  virtual void start_analysis(JobId job, const AnalysisRequest& request) = 0;
  virtual void start_try(JobId job, const TryRequest& request) = 0;
  virtual void start_change(JobId job, const ChangeRequest& request) = 0;
  virtual void start_facts(JobId job, const FactsRequest& request) = 0;
  // No answer comes any more.
  virtual void stop(JobId job) = 0;

  // None where there is no such file.
  [[nodiscard]] virtual std::optional<std::string> read_file(const std::string& path) = 0;
  [[nodiscard]] virtual bool has_file(const std::string& path) = 0;
  // The folder without links in its path, as cargo will name it; itself where there is none.
  [[nodiscard]] virtual std::string real_folder(const std::string& path) = 0;
  // A page of the catalogue as a file's URI; empty: none can be had.
  [[nodiscard]] virtual std::string page_uri(const std::string& name) = 0;
};

}  // namespace jaa::lsp
