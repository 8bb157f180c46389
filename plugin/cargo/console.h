// Where the driver writes for the user. stdout carries what was asked for (pages,
// diffs, JSON), stderr the rest, in cargo's manner.
#pragma once

#include <string>
#include <string_view>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace jaa::plugin {

// What the compiler has coloured, without what sets colours.
inline std::string without_color(llvm::StringRef text) {
  std::string result;
  while (!text.empty()) {
    const auto [before, rest] = text.split("\x1b[");
    result += before;
    text = rest.split('m').second;
  }
  return result;
}

struct Console {
  llvm::raw_ostream& out;
  llvm::raw_ostream& err;
  bool color = false;
  bool quiet = false;

  void error(std::string_view text) const { say("error", llvm::raw_ostream::RED, text); }
  void warning(std::string_view text) const { say("warning", llvm::raw_ostream::YELLOW, text); }
  void note(std::string_view text) const { say("note", llvm::raw_ostream::CYAN, text); }

  // A line of progress: cargo's right-aligned green word, and what it is about.
  void status(std::string_view word, std::string_view text) const {
    if (quiet) {
      return;
    }
    constexpr size_t width = 12;
    err.indent(word.size() < width ? static_cast<unsigned>(width - word.size()) : 0);
    colored(word, llvm::raw_ostream::GREEN);
    err << ' ' << text << '\n';
    err.flush();
  }

 private:
  void say(std::string_view kind, llvm::raw_ostream::Colors kind_color,
           std::string_view text) const {
    colored(kind, kind_color);
    err << ": " << text << '\n';
    err.flush();
  }
  void colored(std::string_view text, llvm::raw_ostream::Colors text_color) const {
    if (color) {
      err << "\x1b[1;3" << static_cast<int>(text_color) << 'm' << text << "\x1b[0m";
    } else {
      err << text;
    }
  }
};

}  // namespace jaa::plugin
