// Proves the MIR reader on dumps: is every line understood, and does the model print
// back to the very text, also after its locals and blocks had other numbers?
//
//   mir_check [--threads N] PATH..      files, and folders of .mir files
//   mir_check --layouts FOLDER..        of dumps with spans: are the locals that rustc lays
//                                       out those that we call saved? (layouts.h)
//
// Prints one JSON object. The exit code is 1 when a file cannot be read.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/raw_ostream.h"

#include "mir/printer.h"
#include "mir/reader.h"
#include "tools/mir_check/layouts.h"

namespace {

using namespace jaa;

constexpr size_t MostExamples = 40;

struct Totals {
  size_t files = 0;
  size_t bytes = 0;
  size_t lines = 0;
  size_t opaque_lines = 0;
  size_t bodies = 0;
  size_t opaque_bodies = 0;
  size_t printed_equal = 0;
  size_t renumbered_equal = 0;
  size_t files_equal = 0;
  size_t files_with_opaque = 0;
  std::vector<std::string> first;

  void add(const Totals& other) {
    files += other.files;
    bytes += other.bytes;
    lines += other.lines;
    opaque_lines += other.opaque_lines;
    bodies += other.bodies;
    opaque_bodies += other.opaque_bodies;
    printed_equal += other.printed_equal;
    renumbered_equal += other.renumbered_equal;
    files_equal += other.files_equal;
    files_with_opaque += other.files_with_opaque;
    first.insert(first.end(), other.first.begin(), other.first.end());
  }
};

void example(Totals& totals, std::string text) {
  if (totals.first.size() < MostExamples) {
    totals.first.push_back(llvm::json::fixUTF8(text));
  }
}

// The first line in which the two differ.
std::string first_difference(std::string_view expected, std::string_view found) {
  size_t line = 1;
  while (!expected.empty() || !found.empty()) {
    const size_t a = std::min(expected.find('\n'), expected.size());
    const size_t b = std::min(found.find('\n'), found.size());
    if (expected.substr(0, a) != found.substr(0, b)) {
      return std::to_string(line) + "\n  - " + std::string(expected.substr(0, a)) + "\n  + " +
             std::string(found.substr(0, b));
    }
    expected.remove_prefix(std::min(a + 1, expected.size()));
    found.remove_prefix(std::min(b + 1, found.size()));
    ++line;
  }
  return "at the end";
}

// Printed with other numbers, read, and printed with the first ones again.
bool survives_renumbering(const mir::Body& body, const std::string& printed, Totals& totals) {
  const mir::Numbering reversed = mir::Numbering::reversed(body);
  std::string renumbered;
  mir::print_body(body, renumbered, reversed);
  const mir::Module module = mir::read_mir(renumbered, "renumbered");
  if (module.bodies.size() != 1 || !module.problems.empty()) {
    example(totals, "renumbered " + std::string(body.text(body.name)) + ": " +
                        (module.problems.empty() ? "no body" : module.problems.front().text));
    return false;
  }
  std::string back;
  mir::print_body(module.bodies.front(), back, reversed.inverse());
  if (back != printed) {
    example(totals, "renumbered " + std::string(body.text(body.name)) + ": " +
                        first_difference(printed, back));
  }
  return back == printed;
}

Totals check(const std::string& path, std::string_view text) {
  Totals totals;
  totals.files = 1;
  totals.bytes = text.size();
  const mir::Module module = mir::read_mir(text, path);
  totals.lines = module.lines;
  totals.opaque_lines = module.opaque_lines;
  totals.bodies = module.bodies.size();
  for (const base::Problem& problem : module.problems) {
    example(totals, problem.input + ":" + std::to_string(problem.line) + ": " + problem.text);
  }
  std::string all;
  mir::print_module(module, all);
  // A last line without its end is printed with one.
  const bool is_equal = all == text || (all.size() == text.size() + 1 && all.starts_with(text));
  bool has_opaque = module.opaque_lines > 0;
  std::string printed;
  for (const mir::Body& body : module.bodies) {
    if (body.has_opaque) {
      ++totals.opaque_bodies;
      has_opaque = true;
      continue;
    }
    printed.clear();
    mir::print_body(body, printed);
    if (is_equal || text.find(printed) != std::string_view::npos) {
      ++totals.printed_equal;
    }
    totals.renumbered_equal += survives_renumbering(body, printed, totals) ? 1 : 0;
  }
  totals.files_equal = is_equal ? 1 : 0;
  totals.files_with_opaque = has_opaque ? 1 : 0;
  if (!is_equal && !has_opaque) {
    example(totals, path + ": prints otherwise, line " + first_difference(text, all));
  }
  return totals;
}

bool collect(const std::string& path, std::vector<std::string>& files) {
  if (!llvm::sys::fs::is_directory(path)) {
    files.push_back(path);
    return llvm::sys::fs::exists(path);
  }
  std::error_code error;
  for (llvm::sys::fs::recursive_directory_iterator at(path, error), end; at != end && !error;
       at.increment(error)) {
    if (llvm::sys::path::extension(at->path()) == ".mir") {
      files.push_back(at->path());
    }
  }
  return !error;
}

}  // namespace

int main(int argc, char** argv) {
  unsigned threads = 1;
  bool is_good = true;
  bool has_layouts = false;
  std::vector<std::string> files;
  for (int index = 1; index < argc; ++index) {
    const std::string_view argument = argv[index];
    if (argument == "--threads" && index + 1 < argc) {
      threads = static_cast<unsigned>(std::max(1, std::atoi(argv[++index])));
    } else if (argument == "--layouts") {
      has_layouts = true;
    } else if (!collect(std::string(argument), files)) {
      llvm::errs() << "error: cannot read `" << argument << "`\n";
      is_good = false;
    }
  }
  std::sort(files.begin(), files.end());
  if (has_layouts) {
    llvm::outs() << mir_check::compare_layouts(files) << '\n';
    return is_good ? 0 : 1;
  }
  const auto start = std::chrono::steady_clock::now();
  std::vector<Totals> each(files.size());
  {
    llvm::DefaultThreadPool pool(llvm::hardware_concurrency(threads));
    std::atomic<bool> failed = false;
    for (size_t index = 0; index < files.size(); ++index) {
      pool.async([&, index] {
        const auto buffer = llvm::MemoryBuffer::getFile(files[index]);
        if (!buffer) {
          failed = true;
          return;
        }
        const llvm::StringRef text = (*buffer)->getBuffer();
        each[index] = check(files[index], {text.data(), text.size()});
      });
    }
    pool.wait();
    is_good &= !failed;
  }
  Totals totals;
  for (const Totals& one : each) {
    totals.add(one);
  }
  totals.first.resize(std::min(totals.first.size(), MostExamples));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  llvm::outs() << llvm::json::Value(llvm::json::Object{
                      {"files", totals.files},
                      {"bytes", totals.bytes},
                      {"lines", totals.lines},
                      {"understood", totals.lines - std::min(totals.lines, totals.opaque_lines)},
                      {"bodies", totals.bodies},
                      {"opaque_bodies", totals.opaque_bodies},
                      {"printed_equal", totals.printed_equal},
                      {"renumbered_equal", totals.renumbered_equal},
                      {"files_equal", totals.files_equal},
                      {"files_with_opaque", totals.files_with_opaque},
                      {"seconds", seconds.count()},
                      {"first", llvm::json::Array(totals.first)}})
               << '\n';
  return is_good ? 0 : 1;
}
