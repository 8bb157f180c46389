// fork and exec, then one loop that reads both pipes, watches the child's end and
// keeps the time limit.
//
// The child is prepared before the fork, so that between fork and exec only
// async-signal-safe calls are made: the process may have other threads.
#include "plugin/rustc/process_unix.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "llvm/Support/Program.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/group_guard_unix.h"
#include "plugin/rustc/unit.h"

extern char** environ;

namespace jaa::plugin {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr auto Tick = milliseconds(20);
// Between the request to end and the order.
constexpr auto GraceTime = milliseconds(300);

class Pipe {
 public:
  ~Pipe() {
    close_read();
    close_write();
  }
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  [[nodiscard]] bool open() { return ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
  [[nodiscard]] int read_end() const { return ends_[0]; }
  [[nodiscard]] int write_end() const { return ends_[1]; }
  void close_read() { close_end(ends_[0]); }
  void close_write() { close_end(ends_[1]); }

 private:
  static void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

// Everything the child needs, ready before the fork.
struct ChildPlan {
  std::string program;
  std::vector<char*> argv;
  std::vector<char*> env;
  const Command* command = nullptr;
  int out = -1;  // none: inherited
  int err = -1;
  int report = -1;  // errno of a failed start goes here
  bool is_group = false;
  pid_t parent = 0;
};

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& string : strings) result.push_back(const_cast<char*>(string.c_str()));
  result.push_back(nullptr);
  return result;
}

[[noreturn]] void fail_start(const ChildPlan& plan) {
  const int number = errno;
  ssize_t ignored = ::write(plan.report, &number, sizeof number);
  static_cast<void>(ignored);
  ::_exit(127);
}

[[noreturn]] void become_child(const ChildPlan& plan) {
  const Command& command = *plan.command;
  // Our own signal choices are not the child's business.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGCHLD}) signal(number, SIG_DFL);
  if (plan.is_group) setpgid(0, 0);
  // A child in its own group no longer gets the terminal's signals; when we die of one it
  // must not live on. Nor must a compiler whose cargo was killed.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != plan.parent) ::_exit(127);
  if (!command.inherit_stdin) {
    const int null = ::open("/dev/null", O_RDONLY);
    if (null < 0 || ::dup2(null, STDIN_FILENO) < 0) fail_start(plan);
    if (null != STDIN_FILENO) ::close(null);
  }
  if (plan.out >= 0 && ::dup2(plan.out, STDOUT_FILENO) < 0) fail_start(plan);
  if (plan.err >= 0 && ::dup2(plan.err, STDERR_FILENO) < 0) fail_start(plan);
  if (!command.cwd.empty() && ::chdir(command.cwd.c_str()) != 0) fail_start(plan);
  if (command.in_child && !command.in_child()) ::_exit(127);
  // A mount made meanwhile is seen only by a path that is walked again.
  if (command.in_child && !command.cwd.empty() && ::chdir(command.cwd.c_str()) != 0) {
    fail_start(plan);
  }
  ::execve(plan.program.c_str(), plan.argv.data(), plan.env.data());
  fail_start(plan);
}

// The child, from fork to reaping.
class Child {
 public:
  Child(pid_t pid, bool is_group) : pid_(pid), is_group_(is_group) {
    descriptor_ = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  // Readable when the child has ended; negative on kernels without it.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] bool ended() const { return ended_; }

  void signal(int number) const {
    if (ended_) return;
    ::kill(is_group_ ? -pid_ : pid_, number);
  }
  // What the child left behind in its group.
  void kill_group() const {
    if (is_group_) ::kill(-pid_, SIGKILL);
  }
  void reap(ProcessResult& result) {
    if (ended_) return;
    int status = 0;
    struct rusage usage{};
    const pid_t reaped = ::wait4(pid_, &status, WNOHANG, &usage);
    if (reaped == 0 || (reaped < 0 && errno == EINTR)) return;
    ended_ = true;
    if (reaped < 0) return;  // someone else took it; the exit code stays -1
    if (WIFSIGNALED(status)) {
      result.signal = WTERMSIG(status);
      result.exit_code = 128 + result.signal;
    } else {
      result.exit_code = WEXITSTATUS(status);
    }
    const auto seconds = [](const struct timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    result.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  }

 private:
  pid_t pid_;
  bool is_group_;
  bool ended_ = false;
  int descriptor_;
};

// One output stream of the child.
struct Stream {
  Pipe& pipe;
  const std::function<void(std::string_view)>& on_text;
  std::string& kept;

  // Reads what is there now, without waiting; no more than a pipe can hold, so that
  // one that is refilled for ever does not keep us.
  void drain() {
    constexpr int MaxReads = 16;
    std::array<char, 1 << 16> buffer;
    for (int i = 0; i < MaxReads && pipe.read_end() >= 0; ++i) {
      const ssize_t count = ::read(pipe.read_end(), buffer.data(), buffer.size());
      if (count > 0) {
        const std::string_view text(buffer.data(), static_cast<size_t>(count));
        if (on_text) {
          on_text(text);
        } else {
          kept += text;
        }
      } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
        pipe.close_read();
      } else if (errno == EAGAIN) {
        return;
      }
    }
  }
};

// Keeps the time limit and the wish to stop: first a polite signal, then the other.
class Ending {
 public:
  Ending(const Command& command, Clock::time_point start) : command_(command) {
    if (command.timeout_seconds) {
      // A limit of years is no limit; more would overflow the clock.
      const double seconds = std::clamp(*command.timeout_seconds, 0.0, 1e8);
      limit_ = start +
               std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    }
  }

  void advance(const Child& child, ProcessResult& result) {
    const auto now = Clock::now();
    if (!is_asked_) {
      result.timed_out = limit_ && now >= *limit_;
      result.stopped_early = !result.timed_out && ((command_.stop_early && command_.stop_early()) ||
                                                   StopScope::is_stopped());
      if (!result.timed_out && !result.stopped_early) return;
      is_asked_ = true;
      asked_ = now;
      child.signal(SIGTERM);
    } else if (now - asked_ >= GraceTime) {
      child.signal(SIGKILL);
    }
  }

  [[nodiscard]] milliseconds wait_time(bool is_watched) const {
    if (!is_watched || StopScope::is_any() || is_asked_) return Tick;
    const milliseconds most = command_.stop_early ? command_.asked_every : milliseconds(60'000);
    if (!limit_) return command_.stop_early ? most : milliseconds(-1);
    const auto left = std::chrono::ceil<milliseconds>(*limit_ - Clock::now());
    return std::clamp(left, milliseconds(0), most);
  }

 private:
  const Command& command_;
  std::optional<Clock::time_point> limit_;
  bool is_asked_ = false;
  Clock::time_point asked_;  // when the child was asked to end
};

// The program's path. A bare name is sought in the PATH the child will have.
llvm::Expected<std::string> find_program(const Command& command) {
  if (command.argv.empty() || command.argv[0].empty()) {
    return sentence("a command without a program");
  }
  const std::string& name = command.argv[0];
  if (name.find('/') != std::string::npos) return name;
  llvm::SmallVector<llvm::StringRef, 16> folders;
  std::optional<std::string> path;
  if (command.env) path = environment_value(*command.env, "PATH");
  if (path) llvm::StringRef(*path).split(folders, ':', -1, false);
  llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName(name, folders);
  if (!found) return file_error("run", name, found.getError().value());
  return *found;
}

}  // namespace

namespace {

thread_local StopScope* innermost = nullptr;

}  // namespace

StopScope::StopScope(std::function<bool()> stop) : stop_(std::move(stop)), outer_(innermost) {
  innermost = this;
}

StopScope::~StopScope() {
  innermost = outer_;
}

bool StopScope::is_any() {
  return innermost != nullptr;
}

bool StopScope::is_stopped() {
  return innermost != nullptr && innermost->stop_();
}

llvm::Expected<ProcessResult> run(const Command& command) {
  if (StopScope::is_stopped()) return sentence("it was stopped");
  llvm::Expected<std::string> program = find_program(command);
  if (!program) return program.takeError();

  const auto start = Clock::now();
  Pipe out;
  Pipe err;
  Pipe report;
  if ((!command.inherit_stdout && !out.open()) || (!command.inherit_stderr && !err.open()) ||
      !report.open()) {
    return file_error("open pipes for", *program, errno);
  }
  ChildPlan plan{.program = *program,
                 .argv = pointers(command.argv),
                 .env = {},
                 .command = &command,
                 .out = out.write_end(),
                 .err = err.write_end(),
                 .report = report.write_end(),
                 .is_group = command.timeout_seconds || StopScope::is_any(),
                 .parent = ::getpid()};
  if (command.env) {
    plan.env = pointers(*command.env);
  } else {
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
      plan.env.push_back(*variable);
    }
    plan.env.push_back(nullptr);
  }

  const pid_t pid = ::fork();
  if (pid < 0) return file_error("start", *program, errno);
  if (pid == 0) become_child(plan);
  // Both sides do it, so that the group exists whoever comes first.
  if (plan.is_group) ::setpgid(pid, pid);
  Child child(pid, plan.is_group);
  std::optional<GroupGuard> guard;
  if (plan.is_group) guard.emplace(pid);
  out.close_write();
  err.close_write();
  report.close_write();

  int start_error = 0;
  ssize_t reported = 0;
  do {
    reported = ::read(report.read_end(), &start_error, sizeof start_error);
  } while (reported < 0 && errno == EINTR);
  report.close_read();
  if (reported == sizeof start_error) {
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    // A folder that is gone looks like a program that is gone.
    if (!command.cwd.empty() && !stamp_of(command.cwd)) {
      return file_error("run " + *program + " in", command.cwd, start_error);
    }
    return file_error("run", *program, start_error);
  }

  ProcessResult result;
  std::array streams{Stream{out, command.on_stdout, result.out},
                     Stream{err, command.on_stderr, result.err}};
  for (Stream& stream : streams) {
    if (stream.pipe.read_end() >= 0) ::fcntl(stream.pipe.read_end(), F_SETFL, O_NONBLOCK);
  }
  Ending ending(command, start);
  while (!child.ended()) {
    // A closed end is negative, which poll passes over.
    std::array<struct pollfd, 3> watched{{{out.read_end(), POLLIN, 0},
                                          {err.read_end(), POLLIN, 0},
                                          {child.descriptor(), POLLIN, 0}}};
    const auto wait = ending.wait_time(child.descriptor() >= 0);
    ::poll(watched.data(), watched.size(), static_cast<int>(wait.count()));
    for (Stream& stream : streams) stream.drain();
    child.reap(result);
    if (!child.ended()) ending.advance(child, result);
  }
  // All the child wrote is in the pipes. A grandchild that keeps them open (a
  // compiler cache's server, say) is not waited for.
  for (Stream& stream : streams) stream.drain();
  if (result.timed_out || result.stopped_early) child.kill_group();
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return result;
}

}  // namespace jaa::plugin
