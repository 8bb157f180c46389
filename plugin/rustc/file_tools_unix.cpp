#include "plugin/rustc/file_tools_unix.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <system_error>
#include <thread>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/process_unix.h"

namespace jaa::plugin {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  // Closing is when a full disk may show itself.
  [[nodiscard]] bool close() {
    const int value = std::exchange(value_, -1);
    return ::close(value) == 0;
  }

 private:
  int value_;
};

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// The file system's own sharing of blocks first, then plain reading and writing.
bool copy_content(int from, int to) {
  if (::ioctl(to, FICLONE, from) == 0) return true;
  std::array<char, 1 << 16> buffer;
  while (true) {
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) return true;
    if (!write_all(to, {buffer.data(), static_cast<size_t>(count)})) return false;
  }
}

FileStamp to_stamp(const struct stat& status) {
  return {.device = status.st_dev,
          .inode = status.st_ino,
          .size = status.st_size,
          .modified_ns = int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec,
          .mode = status.st_mode};
}

}  // namespace

llvm::Error file_error(const llvm::Twine& what, const std::string& path, int number) {
  const std::error_code code(number, std::generic_category());
  return llvm::createStringError(code, "cannot " + what + " " + path + ": " + code.message());
}

llvm::Error sentence(const llvm::Twine& text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), text);
}

std::optional<FileStamp> stamp_of(const std::string& path) {
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return to_stamp(status);
}

std::optional<FileStamp> link_stamp_of(const std::string& path) {
  struct stat status;
  if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
  return to_stamp(status);
}

std::optional<std::string> canonical_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         &std::free);
  if (!real) return std::nullopt;
  return std::string(real.get());
}

std::string absolute_from(const std::string& base, const std::string& path) {
  if (path.starts_with('/')) return path;
  return base.ends_with('/') ? base + path : base + "/" + path;
}

std::string clean_path(const std::string& path) {
  llvm::SmallString<256> text(path);
  llvm::sys::path::remove_dots(text, /*remove_dot_dot=*/true);
  return std::string(text);
}

bool is_within(std::string_view path, std::string_view folder) {
  while (folder.ends_with('/')) folder.remove_suffix(1);
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

llvm::Expected<std::string> read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return file_error("open", path, errno);
  std::string text;
  std::array<char, 1 << 14> buffer;
  while (true) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_error("read", path, errno);
    if (count == 0) return text;
    text.append(buffer.data(), static_cast<size_t>(count));
  }
}

llvm::Error write_file(const std::string& path, std::string_view text) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.get() < 0) return file_error("create", path, errno);
  if (!write_all(file.get(), text) || !file.close()) return file_error("write", path, errno);
  return llvm::Error::success();
}

llvm::Error write_file_atomically(const std::string& path, std::string_view text) {
  // The process id and a counter by address: two writers never share the name.
  static std::atomic<unsigned> counter = 0;
  const std::string temporary =
      path + "." + std::to_string(::getpid()) + "-" + std::to_string(++counter) + ".tmp";
  llvm::Error error = write_file(temporary, text);
  if (!error && ::rename(temporary.c_str(), path.c_str()) != 0) {
    error = file_error("replace", path, errno);
  }
  if (error) ::unlink(temporary.c_str());
  return error;
}

llvm::Error make_directories(const std::string& path) {
  if (const std::error_code code = llvm::sys::fs::create_directories(path)) {
    return file_error("make the folder", path, code.value());
  }
  return llvm::Error::success();
}

llvm::Error copy_file(const std::string& from, const std::string& to) {
  const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status;
  if (source.get() < 0 || ::fstat(source.get(), &status) != 0) {
    return file_error("open", from, errno);
  }
  // Never written through: the old `to` may be a hard link to something precious.
  if (::unlink(to.c_str()) != 0 && errno != ENOENT) return file_error("replace", to, errno);
  Descriptor target(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                           (status.st_mode & 0777) | S_IWUSR));
  if (target.get() < 0) return file_error("create", to, errno);
  const struct timespec times[2] = {status.st_atim, status.st_mtim};
  if (!copy_content(source.get(), target.get()) ||
      ::fchmod(target.get(), (status.st_mode & 0777) | S_IWUSR) != 0 ||
      ::futimens(target.get(), times) != 0 || !target.close()) {
    const int number = errno;
    ::unlink(to.c_str());
    return file_error("write", to, number);
  }
  return llvm::Error::success();
}

llvm::Error link_or_copy_file(const std::string& from, const std::string& to) {
  if (::unlink(to.c_str()) != 0 && errno != ENOENT) return file_error("replace", to, errno);
  if (::link(from.c_str(), to.c_str()) == 0) return llvm::Error::success();
  return copy_file(from, to);
}

TemporaryFolder::~TemporaryFolder() {
  if (!path_.empty()) llvm::sys::fs::remove_directories(path_);
}

llvm::Expected<TemporaryFolder> TemporaryFolder::make(const std::string& prefix) {
  std::string path = prefix + "XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) return file_error("make the folder", prefix, errno);
  return TemporaryFolder(std::move(path));
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

llvm::Expected<FileLock> FileLock::take(const std::string& path, double seconds) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) return file_error("open", path, errno);
  FileLock lock(descriptor);
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::duration<double>(seconds);
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EINTR && errno != EWOULDBLOCK) return file_error("lock", path, errno);
    if (Clock::now() >= until) return sentence("another run holds " + path);
    if (StopScope::is_stopped()) return sentence("it was stopped");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return lock;
}

}  // namespace jaa::plugin
