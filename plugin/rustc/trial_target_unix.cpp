#include "plugin/rustc/trial_target_unix.h"

#include <array>
#include <map>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/incremental_unix.h"

namespace jaa::plugin {
namespace {

// The first string of both lists; another format has another name.
constexpr llvm::StringRef Format = "just-async target 1";
constexpr const char* EditedList = "/just-async-edited";
constexpr const char* SeedList = "/just-async-seeded";

// Strings that end with a NUL each, because paths may hold anything else.
std::vector<std::string> split_strings(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef, 16> parts;
  text.split(parts, '\0', -1, false);
  return {parts.begin(), parts.end()};
}

// None when the file is missing, foreign or cut off.
std::optional<std::vector<std::string>> read_list(const std::string& path) {
  llvm::Expected<std::string> text = read_file(path);
  if (!text) {
    llvm::consumeError(text.takeError());
    return std::nullopt;
  }
  std::vector<std::string> strings = split_strings(*text);
  if (text->empty() || text->back() != '\0' || strings.empty() || strings[0] != Format) {
    return std::nullopt;
  }
  strings.erase(strings.begin());
  return strings;
}

std::vector<std::string> list_folder(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(folder, code, false), end; it != end && !code;
       it.increment(code)) {
    names.push_back(llvm::sys::path::filename(it->path()).str());
  }
  return names;
}

// Profile folders, relative to `target`: at the top, or below a target triple.
std::vector<std::string> profiles_in(const std::string& target) {
  std::vector<std::string> result;
  const auto is_profile = [&](const std::string& relative) {
    return llvm::sys::fs::is_directory(target + "/" + relative + "/deps");
  };
  for (const std::string& name : list_folder(target)) {
    if (name == "just-async") continue;
    if (is_profile(name)) {
      result.push_back(name);
      continue;
    }
    for (const std::string& inner : list_folder(target + "/" + name)) {
      if (is_profile(name + "/" + inner)) result.push_back(name + "/" + inner);
    }
  }
  return result;
}

// Build results that a check can use; programs and object files are left out.
bool is_library_file(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(llvm::sys::path::extension(name))
      .Cases(".d", ".rmeta", ".rlib", ".so", ".dylib", true)
      .Default(false);
}

// Files which compilers put in place by a rename.
bool is_replaced_whole(llvm::StringRef name) {
  const llvm::StringRef extension = llvm::sys::path::extension(name);
  return extension == ".rmeta" || extension == ".rlib";
}

// What was seen of the user's directory the last time, and what to bring now.
class Seeder {
 public:
  Seeder(std::string from, std::string to) : from_(std::move(from)), to_(std::move(to)) {
    if (const auto strings = read_list(to_ + SeedList)) {
      for (size_t i = 0; i + 1 < strings->size(); i += 2) known_[(*strings)[i]] = (*strings)[i + 1];
    }
  }

  llvm::Error bring_file(const std::string& relative) {
    const std::optional<FileStamp> stamp = link_stamp_of(from_ + "/" + relative);
    if (!stamp || !S_ISREG(stamp->mode)) return llvm::Error::success();
    const std::string mark = std::to_string(stamp->size) + " " + std::to_string(stamp->modified_ns);
    const auto known = known_.find(relative);
    const bool is_known = known != known_.end() && known->second == mark;
    seen_[relative] = mark;
    const std::string target = to_ + "/" + relative;
    if (is_known && link_stamp_of(target)) return llvm::Error::success();
    return is_replaced_whole(relative) ? link_or_copy_file(from_ + "/" + relative, target)
                                       : copy_file(from_ + "/" + relative, target);
  }

  llvm::Error bring_folder(const std::string& relative, bool (*is_wanted)(llvm::StringRef)) {
    std::vector<std::string> pending{relative};
    while (!pending.empty()) {
      const std::string folder = std::move(pending.back());
      pending.pop_back();
      if (llvm::Error error = make_directories(to_ + "/" + folder)) return error;
      for (const std::string& name : list_folder(from_ + "/" + folder)) {
        const std::string path = folder + "/" + name;
        const std::optional<FileStamp> stamp = link_stamp_of(from_ + "/" + path);
        if (stamp && S_ISDIR(stamp->mode)) {
          pending.push_back(path);
        } else if (is_wanted(name)) {
          if (llvm::Error error = keep_if_gone(bring_file(path), from_ + "/" + path)) return error;
        }
      }
    }
    return llvm::Error::success();
  }

  llvm::Error finish() const {
    std::string text = Format.str() + '\0';
    for (const auto& [path, mark] : seen_) text += path + '\0' + mark + '\0';
    return write_file_atomically(to_ + SeedList, text);
  }

 private:
  // The user's cargo may be at work; a file that vanished is simply not there.
  static llvm::Error keep_if_gone(llvm::Error error, const std::string& source) {
    if (!error || link_stamp_of(source)) return error;
    llvm::consumeError(std::move(error));
    return llvm::Error::success();
  }

  std::string from_;
  std::string to_;
  std::map<std::string, std::string> known_;
  std::map<std::string, std::string> seen_;
};

}  // namespace

llvm::Expected<TrialTarget> TrialTarget::open(const std::string& folder) {
  TrialTarget target(folder);
  const auto edited = read_list(folder + EditedList);
  if (edited) {
    target.edited_.insert(edited->begin(), edited->end());
    return target;
  }
  if (const std::error_code code = llvm::sys::fs::remove_directories(folder, false)) {
    return file_error("empty", folder, code.value());
  }
  if (llvm::Error error = make_directories(folder)) return error;
  if (llvm::Error error = target.remember({})) return error;
  return target;
}

llvm::Error TrialTarget::remember(const std::set<std::string>& paths) {
  edited_.insert(paths.begin(), paths.end());
  std::string text = Format.str() + '\0';
  for (const std::string& path : edited_) text += path + '\0';
  return write_file_atomically(folder_ + EditedList, text);
}

llvm::Error TrialTarget::seed(const std::string& user_target) {
  Seeder seeder(user_target, folder_);
  if (llvm::Error error = seeder.bring_file(".rustc_info.json")) return error;
  for (const std::string& profile : profiles_in(user_target)) {
    // Fingerprints first: if a build ends meanwhile, an old fingerprint beside a new
    // artifact is stale, but a new one beside an old artifact would pass for fresh.
    const auto all = [](llvm::StringRef) { return true; };
    if (llvm::Error error = seeder.bring_folder(profile + "/.fingerprint", all)) return error;
    if (llvm::Error error = seeder.bring_folder(profile + "/build", all)) return error;
    if (llvm::Error error = seeder.bring_folder(profile + "/deps", is_library_file)) return error;
    if (llvm::Error error = seeder.bring_folder(profile + "/examples", is_library_file)) {
      return error;
    }
    seed_incremental(user_target + "/" + profile + "/incremental",
                     folder_ + "/" + profile + "/incremental");
  }
  return seeder.finish();
}

std::vector<std::string> TrialTarget::profile_folders() const {
  std::vector<std::string> result;
  for (const std::string& profile : profiles_in(folder_)) result.push_back(folder_ + "/" + profile);
  return result;
}

}  // namespace jaa::plugin
