// A directory for one test, gone with it.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace jaa::plugin {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    llvm::SmallString<128> path;
    REQUIRE(!llvm::sys::fs::createUniqueDirectory("jaa-test", path));
    llvm::SmallString<128> real;
    REQUIRE(!llvm::sys::fs::real_path(path, real));
    path_ = real.str().str();
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() { llvm::sys::fs::remove_directories(path_); }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }

  // Makes the folders on the way as well.
  void write(std::string_view name, std::string_view text) const {
    const std::string file = path(name);
    REQUIRE(!llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file)));
    std::ofstream(file, std::ios::binary) << text;
  }
  [[nodiscard]] std::string read(std::string_view name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::string path_;
};

}  // namespace jaa::plugin
