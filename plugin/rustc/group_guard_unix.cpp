#include "plugin/rustc/group_guard_unix.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace jaa::plugin {
namespace {

// Whatever is open from `first` on is not the guard's business: an editor would wait for
// the end of a stream that it holds, and a guard for the end of another's pipe.
void close_from(unsigned first) {
  if (::syscall(SYS_close_range, first, ~0U, 0U) == 0) return;
  const long most = ::sysconf(_SC_OPEN_MAX);
  for (int descriptor = static_cast<int>(first); descriptor < (most < 0 ? 1024 : most);
       ++descriptor) {
    ::close(descriptor);
  }
}

// Between a fork in a process with threads and its end: async-signal-safe calls only.
[[noreturn]] void keep_guard(int theirs, pid_t group) {
  ::setsid();
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::signal(number, SIG_IGN);
  ::prctl(PR_SET_NAME, "group-guard");
  ::dup2(theirs, STDIN_FILENO);
  close_from(STDIN_FILENO + 1);
  char byte = 0;
  ssize_t count = 0;
  do {
    count = ::read(STDIN_FILENO, &byte, 1);
  } while (count < 0 && errno == EINTR);
  if (count != 0) ::_exit(0);
  ::kill(-group, SIGTERM);
  const struct timespec grace{0, 300'000'000};
  ::nanosleep(&grace, nullptr);
  ::kill(-group, SIGKILL);
  ::_exit(0);
}

}  // namespace

GroupGuard::GroupGuard(pid_t group) {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
  guard_ = ::fork();
  if (guard_ == 0) keep_guard(ends[0], group);
  ::close(ends[0]);
  ours_ = ends[1];
}

GroupGuard::~GroupGuard() {
  if (ours_ < 0) return;
  if (guard_ > 0) {
    const char byte = 0;
    const ssize_t ignored = ::write(ours_, &byte, 1);
    static_cast<void>(ignored);
  }
  ::close(ours_);
  while (guard_ > 0 && ::waitpid(guard_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace jaa::plugin
