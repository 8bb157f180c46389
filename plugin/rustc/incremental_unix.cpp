#include "plugin/rustc/incremental_unix.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <optional>
#include <vector>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/file_tools_unix.h"

namespace jaa::plugin {
namespace {

std::vector<std::string> entries(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(folder, code, false), end; it != end && !code;
       it.increment(code)) {
    names.push_back(llvm::sys::path::filename(it->path()).str());
  }
  return names;
}

// The time in a session's name is a number to base 36 of constant width today; a
// longer one would be later.
llvm::StringRef session_time(llvm::StringRef name) {
  return name.substr(2).split('-').first;
}

bool is_later(llvm::StringRef left, llvm::StringRef right) {
  const llvm::StringRef a = session_time(left);
  const llvm::StringRef b = session_time(right);
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

std::optional<std::string> last_session(const std::string& crate_folder) {
  std::optional<std::string> last;
  for (const std::string& name : entries(crate_folder)) {
    const llvm::StringRef session(name);
    if (!session.starts_with("s-") || session.ends_with("-working") || session.ends_with(".lock") ||
        session.count('-') < 3) {
      continue;
    }
    if (!last || is_later(session, *last)) last = name;
  }
  return last;
}

// `s-<time>-<random>-<hash>` has the lock `s-<time>-<random>.lock`.
std::string lock_name(llvm::StringRef session) {
  return (session.rsplit('-').first + ".lock").str();
}

bool bring_session(const std::string& from, const std::string& to, const std::string& session) {
  // A shared lock keeps the other compiler from deleting the session meanwhile.
  const std::string lock_path = from + "/" + lock_name(session);
  const int lock = ::open(lock_path.c_str(), O_RDONLY | O_CLOEXEC);
  if (lock < 0) return false;
  bool is_complete = ::flock(lock, LOCK_SH | LOCK_NB) == 0;
  // Under a name that rustc takes for unfinished until all of it is there.
  const std::string partial =
      to + "/" + llvm::StringRef(session).rsplit('-').first.str() + "-working";
  const std::string own_lock = to + "/" + lock_name(session);
  is_complete = is_complete && !llvm::sys::fs::create_directories(partial);
  llvm::Error error = is_complete ? write_file(own_lock, "") : llvm::Error::success();
  if (is_complete && !error) {
    for (const std::string& name : entries(from + "/" + session)) {
      // rustc makes its output a hard link to the session's metadata when nothing
      // changed, and cargo then sets the output's time: ours, and by that link theirs.
      const bool is_output = llvm::sys::path::extension(name) == ".rmeta";
      const std::string source = from + "/" + session + "/" + name;
      const std::string target = partial + "/" + name;
      error = is_output ? copy_file(source, target) : link_or_copy_file(source, target);
      if (error) break;
    }
  }
  is_complete = is_complete && !error && !llvm::sys::fs::rename(partial, to + "/" + session);
  llvm::consumeError(std::move(error));
  if (!is_complete) {
    llvm::sys::fs::remove_directories(partial);
    llvm::sys::fs::remove(own_lock);
  }
  ::close(lock);
  return is_complete;
}

}  // namespace

bool seed_incremental(const std::string& from, const std::string& to, llvm::StringRef crate_name) {
  bool has_session = false;
  for (const std::string& crate : entries(from)) {
    if (!crate_name.empty() && llvm::StringRef(crate).rsplit('-').first != crate_name) continue;
    const std::string source = from + "/" + crate;
    const std::string target = to + "/" + crate;
    const std::optional<std::string> theirs = last_session(source);
    const std::optional<std::string> ours = last_session(target);
    if (ours && (!theirs || !is_later(*theirs, *ours))) {
      has_session = true;
    } else if (theirs) {
      has_session |= bring_session(source, target, *theirs) || ours.has_value();
    }
  }
  return has_session;
}

}  // namespace jaa::plugin
