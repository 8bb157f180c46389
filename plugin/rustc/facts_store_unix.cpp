#include "plugin/rustc/facts_store_unix.h"

#include <algorithm>

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

#include "plugin/rustc/file_tools_unix.h"

namespace jaa::plugin {
namespace {

// An empty file of this name says that a function's bodies are all there.
std::string marker(const WantedBody& wanted) {
  return "function-" + wanted.function + "-" + wanted.file + "-" + std::to_string(wanted.line) +
         (wanted.is_plain ? "-plain.done" : ".done");
}

constexpr const char* WholeCrate = "whole-crate.done";
constexpr const char* Summaries = "summaries.jsonl";

bool exists(const std::string& directory, const std::string& name) {
  return llvm::sys::fs::exists(directory + "/" + name);
}

std::string hex(uint64_t value) {
  return llvm::utohexstr(value, /*LowerCase=*/true);
}

}  // namespace

std::string FactsStore::entry(const Unit& unit, const std::vector<std::string>& sources) const {
  // A compiler that was replaced in place has another size or time.
  std::string all;
  if (!unit.argv.empty()) {
    std::string compiler = unit.argv.front();
    if (llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName(compiler)) {
      compiler = *found;
    }
    if (const auto stamp = stamp_of(compiler)) {
      all = std::to_string(stamp->size) + ' ' + std::to_string(stamp->modified_ns);
    }
  }
  for (const std::string& path : sources) {
    all += '\n' + path + ' ';
    if (llvm::Expected<std::string> text = read_file(path)) {
      all += hex(llvm::xxh3_64bits(*text));
    } else {
      llvm::consumeError(text.takeError());
      all += "missing";
    }
  }
  return directory_ + "/" + unit_key(unit) + "-" + hex(llvm::xxh3_64bits(all));
}

std::optional<std::vector<Dump>> FactsStore::find(const Unit& unit,
                                                  const std::vector<std::string>& sources,
                                                  const std::vector<WantedBody>& functions) const {
  const std::string directory = entry(unit, sources);
  const bool is_whole = exists(directory, WholeCrate);
  const bool is_there =
      is_whole || (!functions.empty() &&
                   std::all_of(functions.begin(), functions.end(), [&](const WantedBody& wanted) {
                     return exists(directory, marker(wanted));
                   }));
  if (!is_there) {
    return std::nullopt;
  }
  std::vector<Dump> dumps;
  std::error_code failed;
  for (llvm::sys::fs::directory_iterator at(directory, failed), end; at != end && !failed;
       at.increment(failed)) {
    const llvm::StringRef name = llvm::sys::path::filename(at->path());
    if (!name.ends_with(".mir")) {
      continue;
    }
    llvm::Expected<std::string> text = read_file(at->path());
    if (!text) {
      llvm::consumeError(text.takeError());
      return std::nullopt;
    }
    dumps.push_back({name.str(), std::move(*text)});
  }
  if (failed) {
    return std::nullopt;
  }
  std::sort(dumps.begin(), dumps.end(),
            [](const Dump& a, const Dump& b) { return a.file_name < b.file_name; });
  return dumps;
}

void FactsStore::keep(const Unit& unit, const std::vector<std::string>& sources,
                      const std::vector<WantedBody>& functions,
                      const std::vector<Dump>& dumps) const {
  const std::string directory = entry(unit, sources);
  const auto write = [&directory](const std::string& name, llvm::StringRef text) {
    if (llvm::Error failed = write_file_atomically(directory + "/" + name, text)) {
      llvm::consumeError(std::move(failed));
      return false;
    }
    return true;
  };
  if (llvm::Error failed = make_directories(directory)) {
    llvm::consumeError(std::move(failed));
    return;
  }
  for (const Dump& dump : dumps) {
    if (!write(dump.file_name, dump.text)) {
      return;
    }
  }
  // The markers come last: an interrupted write leaves an entry that says nothing.
  if (functions.empty()) {
    write(WholeCrate, "");
  }
  for (const WantedBody& wanted : functions) {
    if (!write(marker(wanted), "")) {
      return;
    }
  }
}

std::vector<flow::Summary> FactsStore::find_summaries(
    const Unit& unit, const std::vector<std::string>& sources) const {
  std::vector<flow::Summary> result;
  llvm::Expected<std::string> text = read_file(entry(unit, sources) + "/" + Summaries);
  if (!text) {
    llvm::consumeError(text.takeError());
    return result;
  }
  llvm::StringRef rest = *text;
  while (!rest.empty()) {
    const auto [line, after] = rest.split('\n');
    rest = after;
    llvm::Expected<llvm::json::Value> value = llvm::json::parse(line);
    if (!value) {
      llvm::consumeError(value.takeError());
      return {};
    }
    llvm::Expected<flow::Summary> summary = flow::summary_from_json(*value);
    if (!summary) {
      llvm::consumeError(summary.takeError());
      return {};
    }
    result.push_back(std::move(*summary));
  }
  return result;
}

void FactsStore::keep_summaries(const Unit& unit, const std::vector<std::string>& sources,
                                llvm::ArrayRef<flow::Summary> summaries) const {
  const std::string directory = entry(unit, sources);
  std::string text;
  llvm::raw_string_ostream out(text);
  for (const flow::Summary& summary : summaries) {
    out << flow::to_json(summary) << '\n';
  }
  llvm::Error failed = make_directories(directory);
  if (!failed) {
    failed = write_file_atomically(directory + "/" + Summaries, text);
  }
  llvm::consumeError(std::move(failed));
}

}  // namespace jaa::plugin
