#include "plugin/cargo/signals_unix.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>

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

// Byte by byte: what follows the line is not ours to take.
std::optional<std::string> read_input_line() {
  std::string line;
  while (pending_signal() == 0) {
    char byte = 0;
    const ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      break;
    }
    if (byte == '\n') {
      return line;
    }
    line += byte;
  }
  return pending_signal() == 0 && !line.empty() ? std::optional(line) : std::nullopt;
}

}  // namespace jaa::plugin
