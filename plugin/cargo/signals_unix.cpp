#include "plugin/cargo/signals_unix.h"

#include <signal.h>

#include <array>

namespace jaa::plugin {

namespace {

constexpr std::array watched = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
volatile sig_atomic_t last_signal = 0;
std::array<struct sigaction, watched.size()> previous;

void note_signal(int signal) {
  last_signal = signal;
}

}  // namespace

SignalWatch::SignalWatch() {
  last_signal = 0;
  struct sigaction action = {};
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < watched.size(); ++i) {
    sigaction(watched[i], nullptr, &previous[i]);
    // What the caller ignores (`nohup`) stays ignored, for us and for cargo.
    if (previous[i].sa_handler != SIG_IGN) {
      sigaction(watched[i], &action, nullptr);
    }
  }
}

SignalWatch::~SignalWatch() {
  for (size_t i = 0; i < watched.size(); ++i) {
    sigaction(watched[i], &previous[i], nullptr);
  }
}

int pending_signal() {
  return last_signal;
}

}  // namespace jaa::plugin
