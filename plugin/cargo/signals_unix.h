// Ctrl-C and its kin while cargo runs.
//
// Cargo is in our process group, so the terminal tells it too and it ends by
// itself; we must only outlive it, to clean up. A signal sent to us alone is passed
// on by ending the child.
#pragma once

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

}  // namespace jaa::plugin
