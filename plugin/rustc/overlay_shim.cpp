// The preload shim: where a program opens or asks about a file that is being
// tried with another text, it gets the copy.
//
// A file is known by device and inode, not by name, so links, `..`, relative paths
// and directory descriptors need no thought: the kernel resolves them. The file
// named by `JAA_OVERLAY_MAP` lists `original NUL copy NUL ..`. Only reading is
// redirected. Used inside rustc and cargo, so: no C++ library, no allocation, and
// plain system calls behind every wrapper.
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstddef>

static_assert(sizeof(struct stat) == sizeof(struct stat64), "a 64-bit system");

#define JAA_EXPORT extern "C" __attribute__((visibility("default")))

namespace {

struct Entry {
  dev_t device;
  ino_t inode;
  const char* copy;
};

Entry* entries = nullptr;
size_t entry_count = 0;

int stat_at(int folder, const char* path, void* status, int flags) {
  return static_cast<int>(syscall(SYS_newfstatat, folder, path, status, flags));
}

const char* copy_of(dev_t device, ino_t inode) {
  for (size_t i = 0; i < entry_count; ++i) {
    if (entries[i].device == device && entries[i].inode == inode) return entries[i].copy;
  }
  return nullptr;
}

// The path to use instead of `path`: a copy's, which is absolute, or `path`.
const char* redirected(int folder, const char* path, int flags = 0) {
  if (entry_count == 0 || path == nullptr) return path;
  const int saved_errno = errno;
  struct stat status;
  const char* copy = nullptr;
  if (stat_at(folder, path, &status, flags & (AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) == 0) {
    copy = copy_of(status.st_dev, status.st_ino);
  }
  errno = saved_errno;
  return copy != nullptr ? copy : path;
}

int open_at(int folder, const char* path, int flags, mode_t mode) {
  if ((flags & O_ACCMODE) == O_RDONLY && (flags & (O_PATH | O_TRUNC | O_CREAT)) == 0) {
    path = redirected(folder, path);
  }
  return static_cast<int>(syscall(SYS_openat, folder, path, flags | O_LARGEFILE, mode));
}

mode_t mode_argument(int flags, va_list arguments) {
  const bool has_mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
  return has_mode ? va_arg(arguments, mode_t) : 0;
}

__attribute__((constructor)) void read_map() {
  const char* path = getenv("JAA_OVERLAY_MAP");
  if (path == nullptr) return;
  const int file = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0));
  if (file < 0) return;
  const off_t size = lseek(file, 0, SEEK_END);
  void* text = size > 0 ? mmap(nullptr, static_cast<size_t>(size), PROT_READ, MAP_PRIVATE, file, 0)
                        : MAP_FAILED;
  close(file);
  if (text == MAP_FAILED) return;
  const char* const begin = static_cast<const char*>(text);
  const char* const end = begin + size;
  if (end[-1] != '\0') return;
  size_t strings = 0;
  for (const char* at = begin; at < end; at += strlen(at) + 1) ++strings;
  void* table = mmap(nullptr, (strings / 2 + 1) * sizeof(Entry), PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (table == MAP_FAILED) return;
  Entry* const made = static_cast<Entry*>(table);
  size_t count = 0;
  const char* at = begin;
  for (size_t i = 0; i < strings / 2; ++i) {
    const char* const original = at;
    const char* const copy = original + strlen(original) + 1;
    at = copy + strlen(copy) + 1;
    struct stat status;
    if (stat_at(AT_FDCWD, original, &status, 0) == 0) {
      made[count++] = {status.st_dev, status.st_ino, copy};
    }
  }
  entries = made;
  entry_count = count;
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

FILE* open_stream(const char* name, const char* path, const char* mode) {
  const bool is_reading = mode[0] == 'r' && strchr(mode, '+') == nullptr;
  const auto real = next<FILE* (*)(const char*, const char*)>(name);
  return real(is_reading ? redirected(AT_FDCWD, path) : path, mode);
}

int status_of(int folder, const char* path, void* status, int flags) {
  return stat_at(folder, redirected(folder, path, flags), status, flags);
}

}  // namespace

JAA_EXPORT int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_at(AT_FDCWD, path, flags, mode);
}

JAA_EXPORT int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_at(AT_FDCWD, path, flags, mode);
}

JAA_EXPORT int openat(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_at(folder, path, flags, mode);
}

JAA_EXPORT int openat64(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_at(folder, path, flags, mode);
}

JAA_EXPORT FILE* fopen(const char* path, const char* mode) {
  return open_stream("fopen", path, mode);
}
JAA_EXPORT FILE* fopen64(const char* path, const char* mode) {
  return open_stream("fopen64", path, mode);
}

// The C library's header may promise that pointers are not null or not throw;
// the bodies below keep to it.
JAA_EXPORT int stat(const char* path, struct stat* status) noexcept {
  return status_of(AT_FDCWD, path, status, 0);
}
JAA_EXPORT int stat64(const char* path, struct stat64* status) noexcept {
  return status_of(AT_FDCWD, path, status, 0);
}
JAA_EXPORT int lstat(const char* path, struct stat* status) noexcept {
  return status_of(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}
JAA_EXPORT int lstat64(const char* path, struct stat64* status) noexcept {
  return status_of(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}
JAA_EXPORT int fstatat(int folder, const char* path, struct stat* status, int flags) noexcept {
  return status_of(folder, path, status, flags);
}
JAA_EXPORT int fstatat64(int folder, const char* path, struct stat64* status, int flags) noexcept {
  return status_of(folder, path, status, flags);
}

// The names that programs linked against an older C library use.
JAA_EXPORT int __xstat(int, const char* path, struct stat* status) noexcept {
  return status_of(AT_FDCWD, path, status, 0);
}
JAA_EXPORT int __xstat64(int, const char* path, struct stat64* status) noexcept {
  return status_of(AT_FDCWD, path, status, 0);
}
JAA_EXPORT int __lxstat(int, const char* path, struct stat* status) noexcept {
  return status_of(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}
JAA_EXPORT int __lxstat64(int, const char* path, struct stat64* status) noexcept {
  return status_of(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}
JAA_EXPORT int __fxstatat(int, int folder, const char* path, struct stat* status,
                          int flags) noexcept {
  return status_of(folder, path, status, flags);
}
JAA_EXPORT int __fxstatat64(int, int folder, const char* path, struct stat64* status,
                            int flags) noexcept {
  return status_of(folder, path, status, flags);
}

JAA_EXPORT int statx(int folder, const char* path, int flags, unsigned mask,
                     struct statx* status) noexcept {
  return static_cast<int>(
      syscall(SYS_statx, folder, redirected(folder, path, flags), flags, mask, status));
}
