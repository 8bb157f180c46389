// The edited texts as files, and the evidence that compilers read these and not
// the originals.
//
// Dep-info names paths, not contents, so three things are checked beside it: by
// device and inode, which file a path really is; that the originals stayed as they
// were; and, through inotify, that somebody opened each copy.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "fixit/trial.h"
#include "llvm/Support/Error.h"
#include "plugin/rustc/file_tools_unix.h"

namespace jaa::plugin {

struct EditedCopy {
  std::string original;  // canonical
  std::string copy;
  FileStamp original_stamp;
  FileStamp copy_stamp;
};

class EditedCopies {
 public:
  // Writes the copies under `folder`, with the originals' permissions and the
  // present time.
  [[nodiscard]] static llvm::Expected<EditedCopies> make(
      const std::vector<fixit::EditedFile>& files, const std::string& folder);
  EditedCopies(EditedCopies&& other) noexcept
      : copies_(std::move(other.copies_)),
        opened_(std::move(other.opened_)),
        watched_(std::move(other.watched_)),
        watcher_(std::exchange(other.watcher_, -1)) {}
  EditedCopies& operator=(EditedCopies&&) = delete;
  ~EditedCopies();

  [[nodiscard]] const std::vector<EditedCopy>& all() const { return copies_; }
  // See `Overlay::saw_only_edited`. `originals_are_covered`: who reads an original
  // by its own path gets the copy.
  [[nodiscard]] bool prove(const std::vector<std::string>& sources, bool originals_are_covered,
                           std::string& why);

 private:
  EditedCopies() = default;
  void read_watcher();

  std::vector<EditedCopy> copies_;
  std::set<size_t> opened_;   // places in `copies_`
  std::vector<int> watched_;  // the watch of each copy
  int watcher_ = -1;
};

}  // namespace jaa::plugin
