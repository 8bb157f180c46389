#include "plugin/rustc/edited_copies_unix.h"

#include <fcntl.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "llvm/Support/Path.h"

namespace jaa::plugin {

llvm::Expected<EditedCopies> EditedCopies::make(const std::vector<fixit::EditedFile>& files,
                                                const std::string& folder) {
  EditedCopies result;
  if (llvm::Error error = make_directories(folder)) return error;
  result.watcher_ = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (result.watcher_ < 0) return file_error("watch", folder, errno);
  for (const fixit::EditedFile& file : files) {
    const std::optional<std::string> original = canonical_path(file.path);
    if (!original) return file_error("edit", file.path, errno);
    const std::optional<FileStamp> stamp = stamp_of(*original);
    if (!stamp || !S_ISREG(stamp->mode)) return sentence("not a regular file: " + file.path);
    if (std::ranges::count(result.copies_, *original, &EditedCopy::original) > 0) {
      return sentence("edited twice in one trial: " + *original);
    }
    // One folder each, so that a copy has its original's name.
    const std::string own = folder + "/" + std::to_string(result.copies_.size());
    if (llvm::Error error = make_directories(own)) return error;
    const std::string copy = own + "/" + llvm::sys::path::filename(*original).str();
    if (llvm::Error error = write_file(copy, file.text)) return error;
    if (::chmod(copy.c_str(), stamp->mode & 0777) != 0) {
      return file_error("set the permissions of", copy, errno);
    }
    // The kernel's own stamps lag by some milliseconds, and a build that began in
    // between would seem to be as new.
    struct timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const struct timespec times[2] = {now, now};
    if (::utimensat(AT_FDCWD, copy.c_str(), times, 0) != 0) {
      return file_error("set the time of", copy, errno);
    }
    const std::optional<std::string> canonical_copy = canonical_path(copy);
    const std::optional<FileStamp> copy_stamp = stamp_of(copy);
    if (!canonical_copy || !copy_stamp) return file_error("find", copy, errno);
    const int watch = ::inotify_add_watch(result.watcher_, copy.c_str(), IN_OPEN);
    if (watch < 0) return file_error("watch", copy, errno);
    result.watched_.push_back(watch);
    result.copies_.push_back({*original, *canonical_copy, *stamp, *copy_stamp});
  }
  return result;
}

EditedCopies::~EditedCopies() {
  if (watcher_ >= 0) ::close(watcher_);
}

void EditedCopies::read_watcher() {
  alignas(struct inotify_event) std::array<char, 4096> buffer;
  while (true) {
    const ssize_t count = ::read(watcher_, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    for (size_t at = 0; at + sizeof(struct inotify_event) <= static_cast<size_t>(count);) {
      struct inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const auto watch = std::ranges::find(watched_, event.wd);
      if (watch != watched_.end()) {
        opened_.insert(static_cast<size_t>(watch - watched_.begin()));
      }
      at += sizeof event + event.len;
    }
  }
}

bool EditedCopies::prove(const std::vector<std::string>& sources, bool originals_are_covered,
                         std::string& why) {
  read_watcher();
  std::set<size_t> read;
  for (const std::string& source : sources) {
    // What is gone by now (made for the occasion) is no edited file.
    const std::optional<FileStamp> stamp = stamp_of(source);
    if (!stamp) continue;
    for (size_t i = 0; i < copies_.size(); ++i) {
      const EditedCopy& copy = copies_[i];
      if (stamp->same_file(copy.copy_stamp)) read.insert(i);
      if (!stamp->same_file(copy.original_stamp)) continue;
      if (!originals_are_covered) {
        why = "the compiler read " + source + ", which is not the edited copy of " + copy.original;
        return false;
      }
      if (canonical_path(source) != copy.original) {
        why = "the compiler read " + copy.original + " by another name, " + source;
        return false;
      }
      read.insert(i);
    }
  }
  for (const size_t i : read) {
    const EditedCopy& copy = copies_[i];
    if (!opened_.contains(i)) {
      why = "nothing opened the edited copy of " + copy.original;
      return false;
    }
  }
  for (const EditedCopy& copy : copies_) {
    if (stamp_of(copy.original) != copy.original_stamp) {
      why = copy.original + " changed during the trial";
      return false;
    }
  }
  return true;
}

}  // namespace jaa::plugin
