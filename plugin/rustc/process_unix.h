// Starts child processes and reads what they print.
//
// Children inherit all descriptors that are open without close-on-exec, so that
// rustc keeps cargo's jobserver. Each child has its own process group when a time
// limit is set, and the group is killed when it runs out. No child outlives us, nor does
// anything in its group.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/Support/Error.h"

namespace jaa::plugin {

struct Command {
  std::vector<std::string> argv;
  std::string cwd;                              // empty: ours
  std::optional<std::vector<std::string>> env;  // none: ours
  std::optional<double> timeout_seconds;
  // Run in the child between fork and exec (to enter a namespace); returns false
  // to give up, which ends the child with exit code 127. Must be async-signal-safe.
  std::function<bool()> in_child;
  // stdin is null unless this is set.
  bool inherit_stdin = false;
  // Called for each piece of output as it arrives; when absent the output is kept
  // in `ProcessResult`. Streams whose `inherit_*` is set are not read at all.
  std::function<void(std::string_view)> on_stdout;
  std::function<void(std::string_view)> on_stderr;
  bool inherit_stdout = false;
  bool inherit_stderr = false;
  // Asked now and then; true ends the child (facts are complete). A signal that we handle
  // makes it be asked at once.
  std::function<bool()> stop_early;
  std::chrono::milliseconds asked_every{20};
};

struct ProcessResult {
  int exit_code = -1;  // 128 + signal when killed by one
  int signal = 0;
  bool timed_out = false;
  bool stopped_early = false;
  std::string out;
  std::string err;
  double seconds = 0;
  double cpu_seconds = 0;  // user + system of the child and its waited-for children
};

// While it lives, whatever this thread runs or waits for is ended when `stop` says so, and
// nothing more is started. The innermost counts.
class StopScope {
 public:
  explicit StopScope(std::function<bool()> stop);
  StopScope(const StopScope&) = delete;
  StopScope& operator=(const StopScope&) = delete;
  ~StopScope();

  // Of the thread that asks; false where no scope is.
  [[nodiscard]] static bool is_stopped();
  [[nodiscard]] static bool is_any();

 private:
  std::function<bool()> stop_;
  StopScope* outer_;
};

// Fails only if the process cannot be started; the error names the program.
[[nodiscard]] llvm::Expected<ProcessResult> run(const Command& command);

}  // namespace jaa::plugin
