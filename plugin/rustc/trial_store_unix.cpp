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
      target_dir_(invocation.target_dir) {
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
  std::set<std::string> names = {workspace_root_ + "/Cargo.toml", workspace_root_ + "/Cargo.lock"};
  for (StringRef folder = cwd_; !folder.empty(); folder = path::parent_path(folder)) {
    names.insert((folder + "/.cargo/config.toml").str());
    names.insert((folder + "/.cargo/config").str());
  }
  std::vector<fixit::UnitOutcome> units = outcome.units;
  for (fixit::UnitOutcome& unit : units) {
    if (!is_of_this_machine(unit)) {
      unit.sources.clear();  // the lock file says what they are
      continue;
    }
    const auto folder = package_folder(unit);
    if (unit.target_kind == "custom-build" || !folder || unit.sources.empty()) return;
    names.insert(*folder + "/Cargo.toml");
    for (const char* place : {"/", "/src/", "/src/bin/", "/tests/", "/examples/", "/benches/"}) {
      names.insert(*folder + place);
    }
    for (const std::string& source : unit.sources) {
      const std::string name = plain_name(source);
      if (is_within(name, target_dir_)) return;  // written by a build script
      names.insert(name);
      names.insert(path::parent_path(name).str() + "/");
    }
  }
  Texts texts = trial_texts(trial);
  json::Object files;
  for (const std::string& name : names) {
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
