// One thread has the conversation; each job has a thread of its own, which hands its answer
// back through a queue. A pipe wakes the first when the queue is no longer empty.
#include "plugin/lsp/loop_unix.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "diag/catalogue.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "plugin/lsp/framing.h"
#include "plugin/lsp/host.h"
#include "plugin/lsp/project_runs_unix.h"
#include "plugin/lsp/protocol.h"
#include "plugin/lsp/server.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/process_unix.h"
#include "plugin/rustc/unit.h"

extern char** environ;

namespace jaa::lsp {
namespace {

std::vector<std::string> environment() {
  std::vector<std::string> result;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    result.emplace_back(*variable);
  }
  // Editors that were not started from a shell lack the folder of rustup's programs.
  const auto value = [&result](std::string_view name) {
    return plugin::environment_value(result, name).value_or(std::string());
  };
  const std::string home = value("HOME");
  const std::string cargo_home = value("CARGO_HOME");
  if (home.empty() && cargo_home.empty()) {
    return result;
  }
  const std::string folder = (cargo_home.empty() ? home + "/.cargo" : cargo_home) + "/bin";
  const std::string path = value("PATH");
  std::erase_if(result, [](const std::string& one) { return one.starts_with("PATH="); });
  result.push_back("PATH=" + (path.empty() ? folder : path + ":" + folder));
  return result;
}

std::string program_beside(const std::string& self, const char* name) {
  llvm::SmallString<256> path(llvm::sys::path::parent_path(self));
  llvm::sys::path::append(path, name);
  return std::string(path);
}

// Where pages are written for editors to open.
std::string pages_folder(const std::vector<std::string>& env) {
  const auto variable = [&env](std::string_view name) {
    return plugin::environment_value(env, name).value_or(std::string());
  };
  const std::string cache = variable("XDG_CACHE_HOME");
  const std::string home = variable("HOME");
  if (cache.empty() && home.empty()) {
    return {};
  }
  return (cache.empty() ? home + "/.cache" : cache) + "/just-add-async/pages-" JAA_VERSION;
}

using Event = std::function<void(Server&)>;

// What threads have to say to the conversation.
class EventQueue {
 public:
  EventQueue() {
    if (::pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
      ends_ = {-1, -1};
    }
  }
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;
  ~EventQueue() {
    for (const int end : ends_) {
      if (end >= 0) {
        ::close(end);
      }
    }
  }
  [[nodiscard]] int descriptor() const { return ends_[0]; }

  void push(Event event) {
    const std::scoped_lock lock(mutex_);
    events_.push_back(std::move(event));
    const char byte = 0;
    // A full pipe wakes as well as one more byte.
    const ssize_t ignored = ::write(ends_[1], &byte, 1);
    static_cast<void>(ignored);
  }
  std::vector<Event> take() {
    const std::scoped_lock lock(mutex_);
    std::array<char, 256> bytes{};
    while (::read(ends_[0], bytes.data(), bytes.size()) > 0) {
    }
    return std::exchange(events_, {});
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  std::mutex mutex_;
  std::vector<Event> events_;
};

class UnixHost : public Host {
 public:
  UnixHost(const std::string& self, int output, EventQueue& events)
      : cargo_async_(program_beside(self, "cargo-async")),
        env_(environment()),
        output_(output),
        events_(events) {}
  UnixHost(const UnixHost&) = delete;
  UnixHost& operator=(const UnixHost&) = delete;
  // Whatever runs is ended, with all that it started.
  ~UnixHost() override {
    for (auto& [id, job] : jobs_) {
      job.is_stopped->store(true);
    }
    for (auto& [id, job] : jobs_) {
      job.thread.join();
    }
  }

  void send(llvm::json::Value message) override {
    std::string text;
    llvm::raw_string_ostream(text) << message;
    const std::string framed = frame(text);
    for (std::string_view rest = framed; !rest.empty();) {
      const ssize_t count = ::write(output_, rest.data(), rest.size());
      if (count > 0) {
        rest.remove_prefix(static_cast<size_t>(count));
      } else if (errno != EINTR) {
        is_client_gone_ = true;
        return;
      }
    }
  }

  void start_check(JobId job, const CheckRequest& request) override {
    start(job, [this, job, request](const RunContext& context, const Guard& guard) {
      CheckResult result = run_check(
          context, request,
          [this, &guard, job](std::vector<plugin::ReportedFinding> findings, bool is_final) {
            post(guard, [job, found = std::move(findings), is_final](Server& server) {
              server.check_found(job, found, is_final);
            });
          });
      post(guard,
           [job, result = std::move(result)](Server& server) { server.check_ended(job, result); });
    });
  }
  void start_analysis(JobId job, const AnalysisRequest& request) override {
    start(job, [this, job, request](const RunContext& context, const Guard& guard) {
      AnalysisResult result = run_analysis(context, request);
      post(guard, [job, result = std::move(result)](Server& server) {
        server.analysis_ended(job, result);
      });
    });
  }
  void start_try(JobId job, const TryRequest& request) override {
    start(job, [this, job, request](const RunContext& context, const Guard& guard) {
      const TryResult result = run_try(context, request);
      post(guard, [job, result](Server& server) { server.try_ended(job, result); });
    });
  }
  void start_change(JobId job, const ChangeRequest& request) override {
    start(job, [this, job, request](const RunContext& context, const Guard& guard) {
      ChangeResult result = run_change(context, request);
      post(guard,
           [job, result = std::move(result)](Server& server) { server.change_ended(job, result); });
    });
  }
  void start_facts(JobId job, const FactsRequest& request) override {
    start(job, [this, job, request](const RunContext& context, const Guard& guard) {
      FactsResult result = run_facts(context, request);
      post(guard,
           [job, result = std::move(result)](Server& server) { server.facts_ended(job, result); });
    });
  }
  void stop(JobId job) override {
    const auto found = jobs_.find(job);
    if (found != jobs_.end()) {
      found->second.is_stopped->store(true);
    }
  }

  std::optional<std::string> read_file(const std::string& path) override {
    auto text = plugin::read_file(path);
    if (!text) {
      llvm::consumeError(text.takeError());
      return std::nullopt;
    }
    return std::move(*text);
  }
  bool has_file(const std::string& path) override { return plugin::stamp_of(path).has_value(); }
  std::string real_folder(const std::string& path) override {
    return plugin::canonical_path(path).value_or(path);
  }

  std::string page_uri(const std::string& name) override {
    const auto [known, is_new] = pages_.try_emplace(name);
    const diag::PageInfo* const page = is_new ? diag::find_page(name) : nullptr;
    const std::string folder = page == nullptr ? std::string() : pages_folder(env_);
    if (folder.empty()) {
      return known->second;
    }
    const std::string path = folder + "/" + name + ".md";
    if (!plugin::stamp_of(path)) {
      llvm::Error error = plugin::make_directories(folder);
      if (!error) {
        error = plugin::write_file_atomically(path, page->text);
      }
      if (error) {
        llvm::consumeError(std::move(error));  // only the link is missing then
        return known->second;
      }
    }
    return known->second = uri_of_path(path);
  }

  // Threads that have ended are taken away.
  void tidy() {
    for (auto at = jobs_.begin(); at != jobs_.end();) {
      if (at->second.is_done->load()) {
        at->second.thread.join();
        at = jobs_.erase(at);
      } else {
        ++at;
      }
    }
  }
  [[nodiscard]] bool is_client_gone() const { return is_client_gone_; }

 private:
  using Guard = std::shared_ptr<std::atomic<bool>>;  // the job was stopped
  struct Job {
    std::thread thread;
    Guard is_stopped = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<std::atomic<bool>> is_done = std::make_shared<std::atomic<bool>>(false);
  };

  template <class Work>
  void start(JobId id, Work work) {
    Job job;
    job.thread =
        std::thread([this, work = std::move(work), stopped = job.is_stopped, done = job.is_done] {
          const plugin::StopScope scope([stopped] { return stopped->load(); });
          work(RunContext{cargo_async_, env_}, stopped);
          done->store(true);
        });
    jobs_.emplace(id, std::move(job));
  }
  void post(const Guard& stopped, Event event) {
    if (!stopped->load()) {
      events_.push(std::move(event));
    }
  }

  std::string cargo_async_;
  std::vector<std::string> env_;
  int output_;
  EventQueue& events_;
  std::map<JobId, Job> jobs_;
  std::map<std::string, std::string> pages_;
  bool is_client_gone_ = false;
};

}  // namespace

int serve(const std::string& self) {
  ::signal(SIGPIPE, SIG_IGN);
  // Whatever else prints, stdout is the client's alone.
  const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  EventQueue events;
  UnixHost host(self, output, events);
  Server server(host);
  bool is_ended = false;
  while (!server.is_over() && !is_ended && !host.is_client_gone()) {
    std::array<struct pollfd, 2> watched{
        {{STDIN_FILENO, POLLIN, 0}, {events.descriptor(), POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) {
      break;
    }
    for (const Event& event : events.take()) {
      event(server);
    }
    host.tidy();
    if ((watched[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      std::array<char, 1 << 16> buffer{};
      const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
      if (count > 0) {
        server.receive({buffer.data(), static_cast<size_t>(count)});
      } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
        is_ended = true;  // the client died
      }
    }
  }
  return server.exit_code();
}

namespace {

const char* verdict_word(base::Verdict::Kind kind) {
  switch (kind) {
    case base::Verdict::Kind::Accepted:
      return "accepted";
    case base::Verdict::Kind::Rejected:
      return "rejected";
    case base::Verdict::Kind::Unknown:
      return "not known";
    case base::Verdict::Kind::Untried:
      return "not tried";
  }
  return "";
}

// The nearest folder around the file with a `Cargo.toml`; cargo itself finds the workspace.
std::optional<std::string> project_around(const std::string& path) {
  for (llvm::StringRef at = llvm::sys::path::parent_path(path); !at.empty();
       at = llvm::sys::path::parent_path(at)) {
    if (plugin::stamp_of((at + "/Cargo.toml").str())) {
      return at.str();
    }
  }
  return std::nullopt;
}

}  // namespace

int check_file(const std::string& self, const std::string& path) {
  constexpr int HasFindings = 101;
  const auto file = plugin::canonical_path(path);
  const auto root = file ? project_around(*file) : std::nullopt;
  if (!root) {
    llvm::errs() << "error: " << path
                 << (file ? ": there is no `Cargo.toml` around it\n" : ": there is no such file\n");
    return 1;
  }
  const RunContext context{program_beside(self, "cargo-async"), environment()};
  const CheckResult result =
      run_check(context, {*root, {}}, [](const std::vector<plugin::ReportedFinding>&, bool) {});
  if (!result.is_complete) {
    llvm::errs() << "error: " << result.problem << '\n';
    return 1;
  }
  bool has_findings = false;
  for (const plugin::ReportedFinding& finding : result.findings) {
    if (finding.path != *file) {
      continue;
    }
    has_findings = true;
    llvm::outs() << finding.display << ':' << finding.line << ':' << finding.column << ": "
                 << finding.message << " [" << finding.code << "]\n";
    for (const plugin::ReportedFix& fix : finding.fixes) {
      llvm::outs() << "  " << fix.name << ": " << fix.title << " (" << verdict_word(fix.verdict)
                   << (fix.reason.empty() ? "" : ": ") << fix.reason << ")\n";
    }
  }
  if (!has_findings) {
    llvm::outs() << "no findings\n";
  }
  return has_findings ? HasFindings : 0;
}

}  // namespace jaa::lsp
