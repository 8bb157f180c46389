// The run that always works has no incremental state, dumps every body that matches
// the filter, and ends as soon as the wanted ones are there. Where the compiler
// needs no unlocking, a warm run comes first, which dumps only the bodies that changed
// since the last success: as a rule those in error.
#include "plugin/rustc/facts_runner_unix.h"

#include <linux/magic.h>
#include <signal.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <set>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/arguments.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/incremental_unix.h"
#include "plugin/rustc/overlay_unix.h"
#include "plugin/rustc/process_unix.h"

namespace jaa::plugin {
namespace {

// ---- the place for the dumps ----

constexpr const char* FolderName = "just-async-facts-";
// Spans of a large crate take some hundred megabytes.
constexpr uint64_t MinFreeBytes = 512ull << 20;

std::string base_folder() {
  const char* const memory = "/dev/shm";
  struct statfs status{};
  if (::statfs(memory, &status) == 0 && status.f_type == TMPFS_MAGIC &&
      ::access(memory, W_OK | X_OK) == 0 &&
      static_cast<uint64_t>(status.f_bavail) * static_cast<uint64_t>(status.f_bsize) >=
          MinFreeBytes) {
    return memory;
  }
  llvm::SmallString<128> folder;
  llvm::sys::path::system_temp_directory(/*erasedOnReboot=*/true, folder);
  return std::string(folder);
}

// The lock in a run's folder; who holds it is alive, whatever its process id means
// in this container.
std::string lock_path(const std::string& folder) {
  return folder + "/lock";
}

// Removes what runs that were killed left behind.
void remove_stale(const std::string& base) {
  std::error_code code;
  std::vector<std::string> stale;
  for (llvm::sys::fs::directory_iterator it(base, code, false), end; it != end && !code;
       it.increment(code)) {
    llvm::StringRef name = llvm::sys::path::filename(it->path());
    pid_t owner = 0;
    if (!name.consume_front(FolderName) || name.consumeInteger(10, owner) || owner <= 0) continue;
    const bool is_dead = ::kill(owner, 0) != 0 && errno == ESRCH;
    const std::optional<FileStamp> stamp = link_stamp_of(it->path());
    if (is_dead && stamp && S_ISDIR(stamp->mode) && stamp_of(lock_path(it->path()))) {
      stale.push_back(it->path());
    }
  }
  for (const std::string& folder : stale) {
    llvm::Expected<FileLock> lock = FileLock::take(lock_path(folder), 0);
    if (lock) {
      llvm::sys::fs::remove_directories(folder);
    } else {
      llvm::consumeError(lock.takeError());
    }
  }
}

// A folder for one run. Its name has our process id, and it holds a lock.
class RunFolder {
 public:
  static llvm::Expected<RunFolder> make(const std::string& base) {
    remove_stale(base);
    llvm::Expected<TemporaryFolder> folder =
        TemporaryFolder::make(base + "/" + FolderName + std::to_string(::getpid()) + "-");
    if (!folder) return folder.takeError();
    llvm::Expected<FileLock> lock = FileLock::take(lock_path(folder->path()), 0);
    if (!lock) return lock.takeError();
    return RunFolder(std::move(*folder), std::move(*lock));
  }
  [[nodiscard]] const std::string& path() const { return folder_.path(); }

 private:
  RunFolder(TemporaryFolder folder, FileLock lock)
      : folder_(std::move(folder)), lock_(std::move(lock)) {}
  TemporaryFolder folder_;
  FileLock lock_;
};

// ---- which bodies ----

// `a::work` and `r#work` to `work`: the last part of a path, without what rustc
// does not write. Empty if it cannot stand in a filter.
std::string plain_name(llvm::StringRef function) {
  const size_t colons = function.rfind("::");
  if (colons != llvm::StringRef::npos) function = function.drop_front(colons + 2);
  function.consume_front("r#");
  return function.find_first_of("&|- \t{}<>") == llvm::StringRef::npos ? function.str() : "";
}

// A dump's file name: `<crate>.<path>.<number>.<pass>.<side>.mir`, the path's parts
// with `-` between.
struct DumpName {
  llvm::StringRef body;
  llvm::StringRef pass;
};
std::optional<DumpName> parse_dump_name(llvm::StringRef name) {
  if (!name.consume_back(".mir")) return std::nullopt;
  name = name.rsplit('.').first;  // before, after, 0
  const auto [left, pass] = name.rsplit('.');
  const llvm::StringRef with_crate = left.rsplit('.').first;  // without the number
  return DumpName{with_crate.split('.').second, pass};
}

// `m-work-{closure#0}`, `{impl#0}-work-{closure#0}-{closure#1}`
bool is_coroutine_of(llvm::StringRef body, llvm::StringRef function) {
  llvm::SmallVector<llvm::StringRef, 8> parts;
  body.split(parts, '-');
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    if (parts[i] == function && parts[i + 1].starts_with("{closure#")) return true;
  }
  return false;
}

// `m-work`, `{impl#0}-work`
bool is_body_of(llvm::StringRef body, llvm::StringRef function) {
  return body == function || (body.consume_back(function) && body.ends_with("-"));
}

bool is_wanted(llvm::StringRef body, const WantedBody& wanted) {
  return wanted.is_plain ? is_body_of(body, wanted.function)
                         : is_coroutine_of(body, wanted.function);
}

// The last line of a body; the file grows from the front.
bool is_complete(llvm::StringRef text) {
  return text.ends_with("\n}\n") || text.ends_with("\n}");
}

// The dump mentions the place that tells its function from namesakes.
bool is_at_place(llvm::StringRef text, const WantedBody& wanted) {
  if (wanted.line == 0) return true;
  const std::string mark = wanted.file + ":" + std::to_string(wanted.line) + ":";
  for (size_t at = text.find(mark); at != llvm::StringRef::npos; at = text.find(mark, at + 1)) {
    if (at > 0 && (text[at - 1] == '/' || text[at - 1] == ' ')) return true;
  }
  return false;
}

std::string dump_filter(const std::vector<WantedBody>& functions, bool all_bodies) {
  if (all_bodies) return "built";
  if (functions.empty()) return "built & closure";
  std::set<std::string> names;
  for (const WantedBody& wanted : functions) {
    names.insert((wanted.is_plain ? "built & " : "built & closure & ") + wanted.function);
  }
  return llvm::join(names, " | ");
}

// ---- which compiler ----

// It takes `-Z` flags as recorded: a nightly, or the user has unlocked it.
bool is_unlocked(const Unit& unit, const std::string& crate_name, std::string compiler) {
  if (const auto unlocked = environment_value(unit.env, "RUSTC_BOOTSTRAP")) {
    // "1", "-1" (locked even on nightly), or the crates that it is for.
    llvm::SmallVector<llvm::StringRef, 4> crates;
    llvm::StringRef(*unlocked).split(crates, ',');
    if (*unlocked == "-1") return false;
    if (*unlocked == "1" || std::ranges::count(crates, crate_name) > 0) return true;
  }
  if (compiler.empty()) {
    Command command;
    command.argv = {unit.argv[0], "-vV"};
    command.cwd = unit.cwd;
    command.env = unit.env;
    command.timeout_seconds = 60;
    llvm::Expected<ProcessResult> result = run(command);
    if (!result) {
      llvm::consumeError(result.takeError());  // the run itself will say why
      return false;
    }
    compiler = std::move(result->out);
  }
  const llvm::StringRef text(compiler);
  const llvm::StringRef release = text.split("release: ").second.split('\n').first;
  return release.contains("-nightly") || release.contains("-dev");
}

// ---- one run ----

// Watches the folder while the compiler writes: the wanted bodies are there when
// each has a complete dump and nothing has grown for a while (a function's async
// blocks are separate bodies, written one after the other).
class Watch {
 public:
  Watch(std::string folder, const std::vector<WantedBody>& functions)
      : folder_(std::move(folder)), functions_(functions) {}

  [[nodiscard]] bool is_settled() {
    std::map<std::string, uint64_t> sizes;
    std::error_code code;
    for (llvm::sys::fs::directory_iterator it(folder_, code, false), end; it != end && !code;
         it.increment(code)) {
      uint64_t size = 0;
      if (llvm::sys::fs::file_size(it->path(), size)) continue;
      sizes[it->path()] = size;
    }
    const auto now = std::chrono::steady_clock::now();
    if (sizes != sizes_) {
      sizes_ = std::move(sizes);
      changed_ = now;
      return false;
    }
    return now - changed_ >= QuietTime && has_all();
  }

 private:
  static constexpr auto QuietTime = std::chrono::milliseconds(150);

  [[nodiscard]] bool has_all() const {
    return std::ranges::all_of(functions_, [&](const WantedBody& wanted) {
      bool has_any = false;
      for (const auto& [path, size] : sizes_) {
        const auto name = parse_dump_name(llvm::sys::path::filename(path));
        if (!name || name->pass != "built" || !is_wanted(name->body, wanted)) {
          continue;
        }
        llvm::Expected<std::string> text = read_file(path);
        const bool is_whole = text && is_complete(*text);
        if (!text) llvm::consumeError(text.takeError());
        if (!is_whole) return false;
        has_any |= is_at_place(*text, wanted);
      }
      return has_any;
    });
  }

  std::string folder_;
  const std::vector<WantedBody>& functions_;
  std::map<std::string, uint64_t> sizes_;
  std::chrono::steady_clock::time_point changed_;
};

std::vector<Dump> read_dumps(const std::string& folder) {
  std::vector<Dump> dumps;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(folder, code, false), end; it != end && !code;
       it.increment(code)) {
    const llvm::StringRef file_name = llvm::sys::path::filename(it->path());
    const auto name = parse_dump_name(file_name);
    // The filter is a substring: `rebuilt` brings its every pass.
    if (!name || name->pass != "built") continue;
    llvm::Expected<std::string> text = read_file(it->path());
    if (!text) {
      llvm::consumeError(text.takeError());
    } else if (is_complete(*text)) {
      dumps.push_back({file_name.str(), std::move(*text)});
    }
  }
  std::ranges::sort(dumps, {}, &Dump::file_name);
  return dumps;
}

bool has_all(const std::vector<Dump>& dumps, const std::vector<WantedBody>& functions) {
  return std::ranges::all_of(functions, [&](const WantedBody& wanted) {
    return std::ranges::any_of(dumps, [&](const Dump& dump) {
      return is_wanted(parse_dump_name(dump.file_name)->body, wanted) &&
             is_at_place(dump.text, wanted);
    });
  });
}

bool is_same_error(const rustc::Diagnostic& a, const rustc::Diagnostic& b) {
  const auto primary = [](const rustc::Diagnostic& diagnostic) {
    return std::ranges::find_if(diagnostic.spans, &rustc::DiagnosticSpan::is_primary);
  };
  const auto left = primary(a);
  const auto right = primary(b);
  return a.is_error() == b.is_error() && a.code == b.code && left != a.spans.end() &&
         right != b.spans.end() && left->file_name == right->file_name &&
         left->line_start == right->line_start;
}

// No error that the sources as they are do not have: what was left out is not missed.
bool says_nothing_new(const FactsOutcome& outcome,
                      const std::vector<rustc::Diagnostic>* diagnostics) {
  const rustc::Messages said = rustc::read_messages(outcome.stderr_text, "the compiler");
  return std::ranges::all_of(said.diagnostics, [&](const rustc::Diagnostic& each) {
    return !each.is_error() || each.is_summary() ||
           (diagnostics != nullptr &&
            std::ranges::any_of(*diagnostics, [&](const rustc::Diagnostic& known) {
              return is_same_error(each, known);
            }));
  });
}

class Runner {
 public:
  Runner(const Unit& unit, std::vector<WantedBody> functions, bool all_bodies,
         double timeout_seconds, std::string folder, bool is_unlocked)
      : unit_(unit),
        functions_(std::move(functions)),
        all_bodies_(all_bodies),
        timeout_seconds_(timeout_seconds),
        folder_(std::move(folder)),
        is_unlocked_(is_unlocked) {}

  // `incremental` empty: a cold run that only checks.
  llvm::Expected<FactsOutcome> run_once(const std::string& incremental,
                                        const Overlay* overlay = nullptr) {
    const std::string own = folder_ + "/run-" + std::to_string(++runs_);
    const std::string dumps = own + "/dumps";
    Redirection redirection{
        .out_dir = own + "/out", .incremental = incremental, .emit = std::nullopt};
    if (incremental.empty()) redirection.emit = "metadata";
    for (const std::string& path : {dumps, redirection.out_dir}) {
      if (llvm::Error error = make_directories(path)) return error;
    }
    Command command;
    command.argv = redirect(unit_.argv, redirection);
    command.cwd = unit_.cwd;
    command.env = unit_.env;
    command.timeout_seconds = timeout_seconds_;
    if (!is_unlocked_) {
      std::erase_if(*command.env,
                    [](const std::string& v) { return v.starts_with("RUSTC_BOOTSTRAP="); });
      command.env->push_back("RUSTC_BOOTSTRAP=1");
      // What stable refuses stays refused.
      command.argv.push_back("-Zallow-features=");
    }
    for (const std::string& option :
         {std::string("-Ztrim-diagnostic-paths=no"), std::string("-Zmir-include-spans=on"),
          "-Zdump-mir=" + dump_filter(functions_, all_bodies_), "-Zdump-mir-dir=" + dumps}) {
      command.argv.push_back(option);
    }
    Watch watch(dumps, functions_);
    if (!functions_.empty()) command.stop_early = [&watch] { return watch.is_settled(); };
    if (overlay != nullptr) overlay->apply(command);
    llvm::Expected<ProcessResult> result = run(command);
    if (!result) return result.takeError();
    timeout_seconds_ = std::max(0.0, timeout_seconds_ - result->seconds);
    cpu_seconds_ += result->cpu_seconds;
    if (result->timed_out) return sentence(unit_.argv[0] + " ran out of time");
    if (result->signal != 0 && !result->stopped_early) {
      return sentence(unit_.argv[0] + " was killed by signal " + llvm::Twine(result->signal) +
                      ": " + result->err);
    }
    return FactsOutcome{.dumps = read_dumps(dumps),
                        .succeeded = result->exit_code == 0 && !result->stopped_early,
                        .stopped_early = result->stopped_early,
                        .stderr_text = std::move(result->err),
                        .cpu_seconds = cpu_seconds_};
  }

 private:
  const Unit& unit_;
  std::vector<WantedBody> functions_;
  bool all_bodies_;
  double timeout_seconds_;
  std::string folder_;
  size_t runs_ = 0;
  double cpu_seconds_ = 0;
  bool is_unlocked_;
};

}  // namespace

llvm::Expected<FactsOutcome> run_facts(const Unit& unit, const FactsRequest& request) {
  const UnitArgs args = parse_unit_args(unit.argv);
  if (args.source.empty() || args.source == "-") return sentence("the unit names no source file");
  std::vector<WantedBody> functions = request.functions;
  for (WantedBody& wanted : functions) wanted.function = plain_name(wanted.function);
  // One that cannot be filtered for leaves only the whole.
  if (request.all_bodies || std::ranges::count(functions, "", &WantedBody::function) > 0) {
    functions.clear();
  }

  llvm::Expected<RunFolder> folder = RunFolder::make(base_folder());
  if (!folder) return folder.takeError();
  const bool is_free = is_unlocked(unit, args.crate_name, request.compiler);
  Runner runner(unit, functions, request.all_bodies, request.timeout_seconds, folder->path(),
                is_free);

  // A warm run dumps what changed, never all. Unlocking is part of what rustc's
  // incremental state depends on, so with it no recorded session is warm.
  if (is_free && !args.incremental.empty() && !functions.empty() && request.texts.empty()) {
    const std::string recorded = absolute_from(unit.cwd, args.incremental);
    // Beside the original, where hard links work and nothing is copied to memory.
    llvm::Expected<RunFolder> beside =
        RunFolder::make(llvm::sys::path::parent_path(recorded).str());
    if (!beside) {
      llvm::consumeError(beside.takeError());
    } else if (seed_incremental(recorded, beside->path() + "/incremental", args.crate_name)) {
      llvm::Expected<FactsOutcome> warm = runner.run_once(beside->path() + "/incremental");
      if (!warm || has_all(warm->dumps, functions)) return warm;
    }
  }
  size_t overlays = 0;
  const auto make = [&](std::vector<fixit::EditedFile> files) {
    OverlayRequest wanted;
    for (const fixit::EditedFile& text : request.texts) {
      if (std::ranges::none_of(files,
                               [&text](const auto& file) { return file.path == text.path; })) {
        files.push_back(text);
      }
    }
    wanted.files = std::move(files);
    wanted.scratch = folder->path() + "/overlay-" + std::to_string(++overlays);
    return make_overlay(wanted);
  };
  for (const fixit::EditedFiles& reduction :
       functions.empty() ? std::vector<fixit::EditedFiles>() : request.reductions) {
    std::vector<fixit::EditedFile> files = reduction();
    if (files.empty()) continue;
    llvm::Expected<std::unique_ptr<Overlay>> overlay = make(std::move(files));
    if (!overlay || (*overlay)->kind() == OverlayKind::Shadow) {
      if (!overlay) llvm::consumeError(overlay.takeError());  // only slower without
      break;
    }
    llvm::Expected<FactsOutcome> quick = runner.run_once({}, overlay->get());
    if (!quick ||
        (has_all(quick->dumps, functions) && says_nothing_new(*quick, request.diagnostics))) {
      return quick;
    }
  }
  if (request.texts.empty()) return runner.run_once({});
  llvm::Expected<std::unique_ptr<Overlay>> overlay = make({});
  if (!overlay) return overlay.takeError();
  return runner.run_once({}, overlay->get());
}

}  // namespace jaa::plugin
