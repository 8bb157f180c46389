// Texts in parts, on several threads.
#include <algorithm>

#include "llvm/Support/ThreadPool.h"

#include "mir/lexer.h"
#include "mir/reader.h"

namespace jaa::mir {
namespace {

// Cuts the inputs into runs; each is a list of whole inputs and parts of them.
std::vector<std::vector<Input>> cut(llvm::ArrayRef<Input> inputs, size_t parts) {
  size_t total = 0;
  for (const Input& input : inputs) {
    total += input.text.size();
  }
  const size_t share = total / std::max<size_t>(parts, 1) + 1;
  std::vector<std::vector<Input>> runs(1);
  size_t filled = 0;
  for (Input rest : inputs) {
    while (true) {
      const size_t room = share - std::min(filled, share);
      const bool is_last = runs.size() >= parts;
      const size_t end =
          is_last || rest.text.size() <= room ? rest.text.size() : find_item_end(rest.text, room);
      const std::string_view part = rest.text.substr(0, end);
      runs.back().push_back({part, rest.name, rest.first_line});
      filled += part.size();
      if (filled >= share && !is_last) {
        runs.emplace_back();
        filled = 0;
      }
      if (end == rest.text.size()) {
        break;
      }
      rest.text.remove_prefix(end);
      rest.first_line += static_cast<uint32_t>(std::count(part.begin(), part.end(), '\n'));
    }
  }
  return runs;
}

}  // namespace

size_t useful_parts(llvm::ArrayRef<Input> inputs) {
  constexpr size_t PartBytes = size_t{3} << 20;
  constexpr size_t MostParts = 16;
  size_t total = 0;
  for (const Input& input : inputs) {
    total += input.text.size();
  }
  return std::clamp<size_t>(total / PartBytes, 1, MostParts);
}

std::vector<Module> read_in_parallel(llvm::ArrayRef<Input> inputs, size_t parts, unsigned threads) {
  const std::vector<std::vector<Input>> runs = cut(inputs, parts);
  std::vector<Module> modules(runs.size());
  const auto read_run = [&](size_t index) {
    Reader reader;
    for (const Input& input : runs[index]) {
      reader.read(input);
    }
    modules[index] = reader.finish();
  };
  if (threads == 1 || runs.size() <= 1) {
    for (size_t index = 0; index < runs.size(); ++index) {
      read_run(index);
    }
    return modules;
  }
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(threads));
  for (size_t index = 0; index < runs.size(); ++index) {
    pool.async([&read_run, index] { read_run(index); });
  }
  pool.wait();
  return modules;
}

}  // namespace jaa::mir
