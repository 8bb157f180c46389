// `cargo async check`, and what it finds while it runs.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <thread>

#include "llvm/Support/raw_ostream.h"
#include "plugin/cargo/console.h"
#include "plugin/cargo/round_messages.h"
#include "plugin/lsp/cargo_project_unix.h"
#include "plugin/rustc/file_tools_unix.h"

namespace jaa::lsp {

using plugin::ReportedFinding;

namespace {

// A named pipe in a folder of its own, that wrappers tell us through what they found.
class FoundPipe {
 public:
  explicit FoundPipe(const CargoProject& project) {
    auto made = own_folder(project, "found");
    if (!made) {
      llvm::consumeError(made.takeError());  // findings come with their fixes then
      return;
    }
    folder_.emplace(std::move(*made));
    path_ = folder_->path() + "/found";
    if (::mkfifo(path_.c_str(), S_IRUSR | S_IWUSR) != 0) {
      path_.clear();
      return;
    }
    // For writing as well: it then has no end while writers come and go.
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  }
  FoundPipe(const FoundPipe&) = delete;
  FoundPipe& operator=(const FoundPipe&) = delete;
  ~FoundPipe() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
    // The folder's own removal leaves alone what is no plain file.
    if (!path_.empty()) {
      ::unlink(path_.c_str());
    }
  }
  [[nodiscard]] const std::string& path() const { return path_; }

  // Waits for a moment; true when something came.
  [[nodiscard]] bool wait() const {
    constexpr int MostMilliseconds = 50;
    struct pollfd watched{descriptor_, POLLIN, 0};
    return descriptor_ >= 0 && ::poll(&watched, 1, MostMilliseconds) > 0;
  }
  // The reports that were named since the last time.
  [[nodiscard]] std::vector<ReportedFinding> read() {
    std::array<char, 4096> buffer{};
    ssize_t count = 0;
    while (descriptor_ >= 0 && (count = ::read(descriptor_, buffer.data(), buffer.size())) > 0) {
      pending_.append(buffer.data(), static_cast<size_t>(count));
    }
    std::vector<ReportedFinding> found;
    for (size_t end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
      auto report = plugin::read_report(pending_.substr(0, end));
      pending_.erase(0, end + 1);
      if (!report) {
        llvm::consumeError(report.takeError());
        continue;
      }
      std::move(report->begin(), report->end(), std::back_inserter(found));
    }
    return found;
  }

 private:
  std::optional<plugin::TemporaryFolder> folder_;
  std::string path_;
  int descriptor_ = -1;
  std::string pending_;
};

}  // namespace

CheckResult run_check(const RunContext& run, const CheckRequest& request, const OnFound& on_found) {
  CheckResult result;
  auto project = open_project(run, request.root, request.settings);
  if (!project) {
    result.problem = llvm::toString(project.takeError());
    return result;
  }
  FoundPipe pipe(*project);
  if (!pipe.path().empty()) {
    project->context.env.push_back("JAA_FOUND=" + pipe.path());
  }
  std::string said;
  llvm::raw_string_ostream err(said);
  const plugin::Console console{err, err};
  plugin::RoundMessages messages(/*keep_lines=*/false);
  size_t told = 0;
  std::string cargo_said;
  plugin::CheckRun check{project->context,   project->workspace, project->settings,
                         project->arguments, {"json"},           nullptr};
  check.on_line = [&](std::string_view line) {
    messages.add(line);
    result.is_complete |= line.find("\"reason\":\"build-finished\"") != std::string_view::npos;
    const auto& all = messages.findings();
    if (told < all.size()) {
      on_found({all.begin() + static_cast<std::ptrdiff_t>(told), all.end()}, /*is_final=*/true);
      told = all.size();
    }
  };
  check.on_stderr = [&cargo_said](std::string_view text) { cargo_said += text; };
  std::atomic<bool> is_over = pipe.path().empty();
  std::thread listener([&] {
    while (!is_over) {
      std::vector<ReportedFinding> found =
          pipe.wait() ? pipe.read() : std::vector<ReportedFinding>();
      if (!found.empty()) {
        on_found(std::move(found), /*is_final=*/false);
      }
    }
  });
  auto ended = plugin::run_check(check, console);
  is_over = true;
  listener.join();
  if (!ended) {
    result.problem = llvm::toString(ended.takeError());
    result.is_complete = false;
    return result;
  }
  result.findings = messages.findings();
  if (!result.is_complete) {
    result.problem = last_words(cargo_said.empty() ? said : cargo_said);
  }
  return result;
}

}  // namespace jaa::lsp
