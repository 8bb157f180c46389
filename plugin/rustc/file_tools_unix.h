// Small file operations whose failures name the path.
//
// LLVM's file layer covers most needs; here is what it lacks: times in
// nanoseconds, hard links that fall back to copies, device and inode as identity,
// and advisory locks.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

namespace jaa::plugin {

// "cannot <what> <path>: <the reason in errno>".
[[nodiscard]] llvm::Error file_error(const llvm::Twine& what, const std::string& path, int number);
// An error that is only a sentence.
[[nodiscard]] llvm::Error sentence(const llvm::Twine& text);

// What a file is, whatever it is called, and when it last changed.
struct FileStamp {
  dev_t device = 0;
  ino_t inode = 0;
  off_t size = 0;
  int64_t modified_ns = 0;
  mode_t mode = 0;
  [[nodiscard]] bool same_file(const FileStamp& other) const {
    return device == other.device && inode == other.inode;
  }
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
[[nodiscard]] std::optional<FileStamp> stamp_of(const std::string& path);       // follows links
[[nodiscard]] std::optional<FileStamp> link_stamp_of(const std::string& path);  // does not

// Absolute, without links, `.` and `..`; none when the file does not exist.
[[nodiscard]] std::optional<std::string> canonical_path(const std::string& path);
// `path` as seen from `base`, not cleaned.
[[nodiscard]] std::string absolute_from(const std::string& base, const std::string& path);
// Without `.`, `..` and double slashes, decided by the text alone.
[[nodiscard]] std::string clean_path(const std::string& path);
// `path` is `folder` or lies below it, decided by the text alone.
[[nodiscard]] bool is_within(std::string_view path, std::string_view folder);

[[nodiscard]] llvm::Expected<std::string> read_file(const std::string& path);
[[nodiscard]] llvm::Error write_file(const std::string& path, std::string_view text);
// Readers see the old text or the new one, never a part.
[[nodiscard]] llvm::Error write_file_atomically(const std::string& path, std::string_view text);
[[nodiscard]] llvm::Error make_directories(const std::string& path);

// Copies content, permissions and times; replaces `to`.
[[nodiscard]] llvm::Error copy_file(const std::string& from, const std::string& to);
// A hard link, or a copy where links are impossible; replaces `to`.
[[nodiscard]] llvm::Error link_or_copy_file(const std::string& from, const std::string& to);

// A folder that is removed, with all it holds, when its owner goes.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();
  // A new folder for us alone, whose name is `prefix` and six random characters.
  [[nodiscard]] static llvm::Expected<TemporaryFolder> make(const std::string& prefix);
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// An exclusive lock, held until the object goes. Inherited by no child.
class FileLock {
 public:
  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();
  // Waits up to `seconds` for it; makes the file if it is missing.
  [[nodiscard]] static llvm::Expected<FileLock> take(const std::string& path, double seconds);

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace jaa::plugin
