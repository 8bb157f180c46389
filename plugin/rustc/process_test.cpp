#include "plugin/rustc/process_unix.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "llvm/ADT/StringRef.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/support_test.h"

namespace jaa::plugin {
namespace {

Command shell(const std::string& script) {
  Command command;
  command.argv = {"/bin/sh", "-c", script};
  return command;
}

ProcessResult run_well(const Command& command) {
  llvm::Expected<ProcessResult> result = run(command);
  REQUIRE(static_cast<bool>(result));
  return std::move(*result);
}

TEST_CASE("output, exit code and signal") {
  const ProcessResult result = run_well(shell("echo out; echo err >&2; exit 3"));
  CHECK(result.exit_code == 3);
  CHECK(result.signal == 0);
  CHECK(result.out == "out\n");
  CHECK(result.err == "err\n");
  const ProcessResult killed = run_well(shell("kill -9 $$"));
  CHECK(killed.signal == SIGKILL);
  CHECK(killed.exit_code == 128 + SIGKILL);
}

TEST_CASE("more output than a pipe holds, on both streams, piece by piece") {
  Command command = shell(
      "i=0; while [ $i -lt 3000 ]; do printf '%0100d\\n' $i; "
      "printf '%0100d\\n' $i >&2; i=$((i+1)); done");
  size_t out = 0;
  command.on_stdout = [&](std::string_view text) { out += text.size(); };
  const ProcessResult result = run_well(command);
  CHECK(out == 3000 * 101);
  CHECK(result.out.empty());
  CHECK(result.err.size() == 3000 * 101);
}

TEST_CASE("what cannot be started is named") {
  Command command;
  command.argv = {"/no/such/program"};
  llvm::Expected<ProcessResult> result = run(command);
  REQUIRE_FALSE(static_cast<bool>(result));
  CHECK(llvm::toString(result.takeError()).find("/no/such/program") != std::string::npos);

  command.argv = {"no-such-program-anywhere"};
  result = run(command);
  REQUIRE_FALSE(static_cast<bool>(result));
  CHECK(llvm::toString(result.takeError()).find("no-such-program-anywhere") != std::string::npos);

  command = shell("true");
  command.cwd = "/no/such/folder";
  result = run(command);
  REQUIRE_FALSE(static_cast<bool>(result));
  CHECK(llvm::toString(result.takeError()).find("/no/such/folder") != std::string::npos);

  command.argv.clear();
  result = run(command);
  CHECK_FALSE(static_cast<bool>(result));
  llvm::consumeError(result.takeError());
}

TEST_CASE("a program is sought in the child's PATH") {
  const test::Folder folder;
  const std::string program = folder.write("tool", "#!/bin/sh\necho found\n");
  REQUIRE(::chmod(program.c_str(), 0755) == 0);
  Command command;
  command.argv = {"tool"};
  command.env = {"PATH=" + folder.path()};
  CHECK(run_well(command).out == "found\n");
}

TEST_CASE("the time limit ends a child that ignores the first signal, and its children") {
  const test::Folder folder;
  // The second child obeys, but leaves one behind that does not.
  for (const char* start : {"trap '' TERM; ", ""}) {
    const std::string mark = folder / "late";
    Command command =
        shell(std::string(start) + "(trap '' TERM; sleep 2; echo > " + mark + ") & sleep 30");
    command.timeout_seconds = 0.2;
    const ProcessResult result = run_well(command);
    CHECK(result.timed_out);
    CHECK(result.signal == (*start == 0 ? SIGTERM : SIGKILL));
    CHECK(result.seconds < 1.5);
    std::this_thread::sleep_for(std::chrono::milliseconds(2200));
    CHECK_FALSE(stamp_of(mark));
  }
}

// What has ended and waits for its parent is not alive.
bool is_alive(pid_t pid) {
  llvm::Expected<std::string> stat = read_file("/proc/" + std::to_string(pid) + "/stat");
  if (!stat) {
    llvm::consumeError(stat.takeError());
    return false;
  }
  return stat->find(") Z ") == std::string::npos;
}

// The pids that a child and a grandchild of a process that was killed have written.
std::vector<pid_t> orphans_of_killed(bool is_group) {
  const test::Folder folder;
  const std::string mark = folder / "pids";
  const pid_t ours = ::fork();
  if (ours == 0) {
    Command command = shell("(trap '' TERM; echo $$ >> " + mark + "; exec sleep 30) & echo $! >> " +
                            mark + "; sleep 30");
    if (is_group) command.timeout_seconds = 60;
    llvm::consumeError(run(command).takeError());
    ::_exit(0);
  }
  std::vector<pid_t> pids;
  for (int i = 0; i < 250 && pids.size() < 2; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    llvm::Expected<std::string> text = read_file(mark);
    pids.clear();
    if (!text) {
      llvm::consumeError(text.takeError());
      continue;
    }
    for (llvm::StringRef rest = *text; !rest.empty();) {
      const auto [line, after] = rest.split('\n');
      pid_t pid = 0;
      if (!line.getAsInteger(10, pid)) pids.push_back(pid);
      rest = after;
    }
  }
  ::kill(ours, SIGKILL);
  ::waitpid(ours, nullptr, 0);
  REQUIRE(pids.size() == 2);
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  std::erase_if(pids, [](pid_t pid) { return !is_alive(pid); });
  return pids;
}

TEST_CASE("whatever kills us, a child's whole group dies with us") {
  CHECK(orphans_of_killed(true).empty());
}

TEST_CASE("what a thread runs ends when its scope is stopped") {
  bool is_stopped = false;
  {
    const StopScope scope([&is_stopped] { return is_stopped; });
    CHECK(run_well(shell("echo out")).out == "out\n");
    Command command = shell("echo out; sleep 30");
    command.on_stdout = [&is_stopped](std::string_view) { is_stopped = true; };
    const ProcessResult result = run_well(command);
    CHECK(result.stopped_early);
    CHECK(result.seconds < 5);
    llvm::Expected<ProcessResult> next = run(shell("echo out"));
    REQUIRE_FALSE(static_cast<bool>(next));
    llvm::consumeError(next.takeError());
  }
  CHECK(run_well(shell("echo out")).out == "out\n");
}

TEST_CASE("a child that closes its output early is waited for") {
  const ProcessResult result = run_well(shell("exec >&- 2>&-; sleep 0.2; exit 5"));
  CHECK(result.exit_code == 5);
  CHECK(result.seconds >= 0.2);
  Command hanging = shell("exec >&- 2>&-; sleep 30");
  hanging.timeout_seconds = 0.2;
  CHECK(run_well(hanging).timed_out);
}

TEST_CASE("a grandchild that keeps the output open is not waited for") {
  const ProcessResult result = run_well(shell("sleep 5 & echo done"));
  CHECK(result.out == "done\n");
  CHECK(result.seconds < 3);
}

TEST_CASE("an endless flood does not pass the time limit by") {
  Command command = shell("yes");
  command.timeout_seconds = 0.2;
  size_t seen = 0;
  command.on_stdout = [&](std::string_view text) { seen += text.size(); };
  const ProcessResult result = run_well(command);
  CHECK(result.timed_out);
  CHECK(seen > 0);
}

TEST_CASE("a child may be stopped early") {
  Command command = shell("sleep 30");
  int asked = 0;
  command.stop_early = [&] { return ++asked == 3; };
  const ProcessResult result = run_well(command);
  CHECK(result.stopped_early);
  CHECK_FALSE(result.timed_out);
  CHECK(asked == 3);
  CHECK(result.seconds < 5);
}

TEST_CASE("open descriptors are inherited, as cargo's jobserver needs") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const std::string number = std::to_string(ends[1]);
  run_well(shell("echo token >&" + number));
  char text[8] = {};
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  CHECK(::read(ends[0], text, 6) == 6);
  CHECK(std::string(text) == "token\n");
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("environment, folder, empty stdin, and the last step before exec") {
  Command command = shell("cat; echo $NAME; pwd");
  command.env = {"NAME=value", "PATH=/usr/bin:/bin"};
  command.cwd = "/";
  CHECK(run_well(command).out == "value\n/\n");
  command.in_child = [] { return false; };
  CHECK(run_well(command).exit_code == 127);
}

TEST_CASE("processor time is counted") {
  const ProcessResult result = run_well(shell("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"));
  CHECK(result.cpu_seconds > 0.005);
}

}  // namespace
}  // namespace jaa::plugin
