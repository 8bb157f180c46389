// Ctrl-C and its kin while cargo runs.
//
// Cargo is in our process group, so the terminal tells it too and it ends by
// itself; we must only outlive it, to clean up. A signal sent to us alone is passed
// on by ending the child.
#pragma once

#include <optional>
#include <string>

namespace jaa::plugin {

// Notes the signals for as long as it lives. Handlers, unlike ignored signals, are
// not inherited, so children are interrupted as always.
class SignalWatch {
 public:
  SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch();
};

// The signal that has come, or 0.
[[nodiscard]] int pending_signal();

// A line of stdin without its end; none when there is no more, or a signal comes.
[[nodiscard]] std::optional<std::string> read_input_line();

}  // namespace jaa::plugin
