// What the package being compiled offers to a remedy: its edition and the crates
// it already depends on. Taken from the unit's own arguments (`--edition`,
// `--extern`), so it is right for that unit's features and targets and costs no
// call of cargo.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jaa::project {

// The locks of an async runtime or utility crate, by path.
struct AsyncLocks {
  std::string_view crate;    // "tokio", as written in paths
  std::string_view mutex;    // "tokio::sync::Mutex"
  std::string_view rw_lock;  // empty when the crate has none
};

struct Package {
  std::string crate_name;
  std::string edition = "2015";
  std::string compiler;  // "rustc 1.97.0-nightly"; empty when not known
  // Names of direct dependencies as paths write them, sorted.
  std::vector<std::string> dependencies;

  // Unstable features may be used.
  [[nodiscard]] bool is_nightly() const;
  [[nodiscard]] bool depends_on(std::string_view crate) const;
  // Async locks of the direct dependencies, runtimes first. Whether the crate's
  // features include them is for the compiler to say.
  [[nodiscard]] std::vector<AsyncLocks> async_locks() const;
};

// The readers of MIR are proven on this compiler (`rustc -V` up to its hash: "rustc
// 1.95.0"). On another one nothing is taken from MIR.
[[nodiscard]] bool is_proven_compiler(std::string_view version);

}  // namespace jaa::project
