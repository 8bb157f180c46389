#include "plugin/rustc/trial_store_unix.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/outcome_json.h"
#include "plugin/rustc/records.h"

namespace jaa::plugin {
namespace {

namespace json = llvm::json;
namespace path = llvm::sys::path;
using llvm::StringRef;

// Part of the context: another form of entries is another context.
constexpr StringRef Form = "1";
constexpr size_t MaxEntries = 64;
constexpr size_t MaxBytes = size_t{4} << 20;
constexpr StringRef Missing = "-";

std::string hash_of(StringRef text) {
  const llvm::XXH128_hash_t hash =
      llvm::xxh3_128bits({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  std::string result;
  llvm::raw_string_ostream(result)
      << llvm::format_hex_no_prefix(hash.high64, 16) << llvm::format_hex_no_prefix(hash.low64, 16);
  return result;
}

// Variables that differ between two shells and mean nothing to a compiler.
bool is_noise(StringRef variable) {
  static constexpr std::array Names = {
      "JAA_RUN_DIR", "JAA_SETTINGS", "JAA_TRY", "JAA_STATS",      "SHLVL",     "_",
      "OLDPWD",      "COLUMNS",      "LINES",   "WINDOWID",       "MAKEFLAGS", "CARGO_MAKEFLAGS",
      "TERM",        "COLORTERM",    "SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT"};
  const StringRef name = variable.split('=').first;
  return std::ranges::count(Names, name) > 0 || name.starts_with("CARGO_TERM_");
}

// The names in a folder: a file that is new there may be a module, a target or a
// member. Hidden ones are an editor's.
std::string listing(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(folder, code), end; it != end && !code;
       it.increment(code)) {
    const StringRef name = path::filename(it->path());
    if (!name.starts_with(".")) names.push_back(name.str());
  }
  std::ranges::sort(names);
  return llvm::join(names, "/");
}

// Folders end in a slash.
std::string content_hash(const std::string& name) {
  if (StringRef(name).ends_with("/")) {
    return stamp_of(name) ? hash_of(listing(name)) : Missing.str();
  }
  llvm::Expected<std::string> text = read_file(name);
  if (!text) {
    llvm::consumeError(text.takeError());
    return Missing.str();
  }
  return hash_of(*text);
}

using Texts = std::map<std::string, std::string>;  // hash by name

std::string plain_name(const std::string& name) {
  return canonical_path(name).value_or(clean_path(name));
}

// The files on trial, by their real paths.
Texts trial_texts(const fixit::Trial& trial) {
  Texts texts;
  for (const fixit::EditedFile& file : trial.files) {
    texts[plain_name(file.path)] = hash_of(file.text);
  }
  return texts;
}

bool is_of_this_machine(const fixit::UnitOutcome& unit) {
  return StringRef(unit.package).starts_with("path+");
}

// "path+file:///w/app#0.1.0"; none when the path is written in another way.
std::optional<std::string> package_folder(const fixit::UnitOutcome& unit) {
  const auto [head, rest] = StringRef(unit.package).split("file://");
  const std::string folder = rest.split('#').first.str();
  return stamp_of(folder + "/Cargo.toml") ? std::optional(folder) : std::nullopt;
}

// "path+file:///w/app#0.1.0" or "path+file:///w/folder#app@0.1.0".
std::string package_name(const fixit::UnitOutcome& unit) {
  const auto [folder, rest] = StringRef(unit.package).split('#');
  return (rest.contains('@') ? rest.split('@').first : path::filename(folder)).str();
}

// The names of all that an outcome depends on.
class Inputs {
 public:
  [[nodiscard]] const std::set<std::string>& names() const { return names_; }

  void add_manifests(const std::string& root, StringRef cwd, const std::string& cargo_home) {
    names_.insert({root + "/Cargo.toml", root + "/Cargo.lock"});
    for (; !cwd.empty(); cwd = path::parent_path(cwd)) add_config((cwd + "/.cargo").str());
    if (!cargo_home.empty()) add_config(cargo_home);
  }

  void add_package(const std::string& folder) {
    names_.insert(folder + "/Cargo.toml");
    for (const char* place : {"/", "/src/", "/src/bin/", "/tests/", "/examples/", "/benches/"}) {
      names_.insert(folder + place);
    }
  }

  void add_source(const std::string& name) {
    names_.insert(name);
    names_.insert(path::parent_path(name).str() + "/");
  }

  // Everything in a folder, as cargo assumes of a build script that does not say what it
  // reads. False when that is too much.
  [[nodiscard]] bool add_tree(const std::string& folder, const std::string& target_dir) {
    constexpr size_t MaxNames = 4000;
    std::error_code code;
    using Walk = llvm::sys::fs::recursive_directory_iterator;
    names_.insert(folder + "/");
    for (Walk it(folder, code, /*follow_symlinks=*/false), end; it != end && !code;
         it.increment(code)) {
      const bool is_folder = it->type() == llvm::sys::fs::file_type::directory_file;
      const bool is_hidden = path::filename(it->path()).starts_with(".");
      if (is_folder && (is_hidden || it->path() == target_dir)) {
        it.no_push();
      } else if (!is_hidden) {
        names_.insert(it->path() + (is_folder ? "/" : ""));
      }
      if (names_.size() > MaxNames) return false;
    }
    return !code;
  }

  // What the build scripts of these packages said that they read beside that. Cargo
  // keeps what they printed.
  [[nodiscard]] bool add_named_by_scripts(const std::set<std::string>& packages,
                                          const std::string& target_dir) {
    std::error_code code;
    using Walk = llvm::sys::fs::recursive_directory_iterator;
    for (Walk it(target_dir + "/just-async/trial", code, /*follow_symlinks=*/false), end;
         it != end && !code; it.increment(code)) {
      // `debug/build/app-<hash>/output`, with a target's name before it or not.
      constexpr int MaxLevel = 4;
      if (it.level() >= MaxLevel) it.no_push();
      const StringRef script = path::filename(path::parent_path(it->path()));
      if (path::filename(it->path()) != "output" ||
          !packages.contains(script.rsplit('-').first.str())) {
        continue;
      }
      llvm::Expected<std::string> text = read_file(it->path());
      if (!text) {
        llvm::consumeError(text.takeError());
        continue;
      }
      llvm::SmallVector<StringRef, 16> lines;
      StringRef(*text).split(lines, '\n', -1, false);
      for (StringRef line : lines) {
        const bool is_ours = line.consume_front("cargo::rerun-if-changed=") ||
                             line.consume_front("cargo:rerun-if-changed=");
        // One that is relative lies in its package, unless it climbs out of it.
        if (!is_ours || (!path::is_absolute(line) && !line.contains(".."))) continue;
        const std::optional<FileStamp> stamp = stamp_of(line.str());
        if (!path::is_absolute(line) || (stamp && S_ISDIR(stamp->mode))) return false;
        if (!is_within(line.str(), target_dir)) names_.insert(line.str());
      }
    }
    return !code;
  }

 private:
  void add_config(const std::string& folder) {
    names_.insert({folder + "/config.toml", folder + "/config"});
  }

  std::set<std::string> names_;
};

// Entries of all contexts, whatever else has got in there as well.
void remove_oldest(const std::string& directory) {
  std::vector<std::pair<int64_t, std::string>> files;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(directory, code), end; it != end && !code;
       it.increment(code)) {
    if (const auto stamp = stamp_of(it->path())) {
      files.emplace_back(stamp->modified_ns, it->path());
    }
  }
  if (files.size() <= MaxEntries) return;
  std::ranges::sort(files);
  files.resize(files.size() - MaxEntries);
  for (const auto& [modified, file] : files) llvm::sys::fs::remove(file);
}

}  // namespace

TrialStore::TrialStore(std::string directory, const Invocation& invocation,
                       const std::string& compiler)
    : directory_(std::move(directory)),
      cwd_(invocation.cwd),
      workspace_root_(invocation.workspace_root),
      target_dir_(invocation.target_dir),
      cargo_home_(environment_value(invocation.env, "CARGO_HOME").value_or("")) {
  std::string all = (Form + "\n" JAA_VERSION "\n").str() + compiler;
  const auto add = [&all](StringRef part) { (all += part) += '\0'; };
  add(invocation.cargo);
  add(invocation.cwd);
  add(invocation.workspace_root);
  add(invocation.target_dir);
  for (const std::string& argument : invocation.arguments) add(argument);
  std::vector<std::string> env = invocation.env;
  std::erase_if(env, [](const std::string& variable) { return is_noise(variable); });
  std::ranges::sort(env);
  for (const std::string& variable : env) add(variable);
  context_ = hash_of(all).substr(0, 16);
}

// Names of this context's entries.
std::vector<std::string> TrialStore::entries() const {
  std::vector<std::string> result;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(directory_, code), end; it != end && !code;
       it.increment(code)) {
    const StringRef name = path::filename(it->path());
    if (name.starts_with(context_) && name.ends_with(".json")) result.push_back(it->path());
  }
  std::ranges::sort(result);
  return result;
}

std::optional<fixit::TrialOutcome> TrialStore::find(const fixit::Trial& trial) const {
  const Texts edited = trial_texts(trial);
  Texts known = edited;  // what has been hashed so far
  for (const std::string& entry : entries()) {
    llvm::Expected<std::string> text = read_file(entry);
    if (!text) {
      llvm::consumeError(text.takeError());
      continue;
    }
    // The name tells what the text must be.
    if (path::stem(entry) != context_ + "-" + hash_of(*text)) continue;
    const auto [head, body] = StringRef(*text).split('\n');
    llvm::Expected<json::Value> files = parse_json(head);
    if (!files || files->getAsObject() == nullptr) {
      llvm::consumeError(files.takeError());
      continue;
    }
    const auto is_same = [&known](const auto& member) {
      const std::string name = member.first.str();
      const auto [at, is_new] = known.try_emplace(name);
      if (is_new) at->second = content_hash(name);
      return member.second.getAsString() == StringRef(at->second);
    };
    const json::Object& named = *files->getAsObject();
    const bool has_all = std::ranges::all_of(
        edited, [&named](const auto& file) { return named.get(file.first) != nullptr; });
    if (!has_all || !std::all_of(named.begin(), named.end(), is_same)) continue;
    auto units = units_from_json(body.str());
    if (!units) continue;
    // A unit that was fresh then did not read the text in that trial.
    const bool is_proven = std::ranges::all_of(*units, [&edited](const fixit::UnitOutcome& unit) {
      return !unit.is_fresh || std::ranges::none_of(unit.sources, [&](const auto& source) {
        return edited.contains(plain_name(source));
      });
    });
    if (!is_proven) continue;
    fixit::TrialOutcome outcome;
    outcome.state = fixit::TrialOutcome::State::Ran;
    outcome.units = std::move(*units);
    outcome.is_remembered = true;
    return outcome;
  }
  return std::nullopt;
}

void TrialStore::keep(const fixit::Trial& trial, const fixit::TrialOutcome& outcome,
                      int64_t started_ns) const {
  if (outcome.state != fixit::TrialOutcome::State::Ran) return;
  Inputs inputs;
  inputs.add_manifests(workspace_root_, cwd_, cargo_home_);
  std::vector<fixit::UnitOutcome> units = outcome.units;
  std::set<std::string> scripted;  // packages with a build script, and what they are called
  std::set<std::string> names;
  for (const fixit::UnitOutcome& unit : units) {
    if (unit.target_kind != "custom-build" || !is_of_this_machine(unit)) continue;
    const auto folder = package_folder(unit);
    if (!folder || !inputs.add_tree(*folder, target_dir_)) return;
    scripted.insert(unit.package);
    names.insert(package_name(unit));
  }
  if (!names.empty() && !inputs.add_named_by_scripts(names, target_dir_)) return;
  for (fixit::UnitOutcome& unit : units) {
    if (!is_of_this_machine(unit)) {
      unit.sources.clear();  // the lock file says what they are
      continue;
    }
    const auto folder = package_folder(unit);
    if (!folder || unit.sources.empty()) return;
    inputs.add_package(*folder);
    for (const std::string& source : unit.sources) {
      const std::string name = plain_name(source);
      if (!is_within(name, target_dir_)) {
        inputs.add_source(name);
      } else if (!scripted.contains(unit.package)) {
        return;
      }
    }
  }
  Texts texts = trial_texts(trial);
  json::Object files;
  for (const std::string& name : inputs.names()) {
    if (!json::isUTF8(name)) return;
    auto [at, is_new] = texts.try_emplace(name);
    if (is_new) {
      const std::optional<FileStamp> stamp = stamp_of(name);
      if (stamp && stamp->modified_ns >= started_ns) return;
      at->second = content_hash(name);
    }
    files[name] = at->second;
  }
  std::string text;
  llvm::raw_string_ostream(text) << json::Value(std::move(files)) << '\n' << units_to_json(units);
  if (text.size() > MaxBytes) return;
  llvm::Error error = make_directories(directory_);
  if (!error) {
    error =
        write_file_atomically(directory_ + "/" + context_ + "-" + hash_of(text) + ".json", text);
  }
  llvm::consumeError(std::move(error));
  remove_oldest(directory_);
}

}  // namespace jaa::plugin
