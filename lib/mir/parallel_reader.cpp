// Texts in parts, on several threads.
#include <algorithm>
#include <atomic>

#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/Threading.h"

#include "mir/lexer.h"
#include "mir/reader.h"

namespace jaa::mir {
namespace {

// One module's share: whole inputs and parts of them. Only its first may go on with what
// the run before it began.
struct Run {
  std::vector<Input> inputs;
  bool goes_on = false;
};

// The part that goes on has its lines counted from its own first one: to know where it
// stands in the input, all before it would have to be read first.
std::vector<Run> cut(llvm::ArrayRef<Input> inputs, size_t parts) {
  size_t total = 0;
  for (const Input& input : inputs) {
    total += input.text.size();
  }
  const size_t share = total / std::max<size_t>(parts, 1) + 1;
  std::vector<Run> runs(1);
  size_t filled = 0;
  for (Input rest : inputs) {
    bool is_begun = false;
    while (true) {
      const size_t room = share - std::min(filled, share);
      const bool is_last = runs.size() >= parts;
      const size_t end =
          is_last || rest.text.size() <= room ? rest.text.size() : find_item_end(rest.text, room);
      if (runs.back().inputs.empty()) {
        runs.back().goes_on = is_begun;
      }
      runs.back().inputs.push_back({rest.text.substr(0, end), rest.name, rest.first_line});
      filled += end;
      if (filled >= share && !is_last) {
        runs.emplace_back();
        filled = 0;
      }
      if (end == rest.text.size()) {
        break;
      }
      rest.text.remove_prefix(end);
      rest.first_line = 1;
      is_begun = true;
    }
  }
  return runs;
}

// What one run gave, with what is needed to number its lines.
struct Part {
  Module module;
  // Of its first input.
  size_t first_bodies = 0;
  size_t first_problems = 0;
  // The line behind the end of its last input, as far as its run knows.
  uint32_t next_line = 1;
};

Part read_run(const Run& run) {
  Part part;
  Reader reader;
  for (const Input& input : run.inputs) {
    part.next_line = input.first_line + reader.read(input);
    if (&input == &run.inputs.front()) {
      part.first_bodies = reader.module().bodies.size();
      part.first_problems = reader.module().problems.size();
    }
  }
  part.module = reader.finish();
  return part;
}

void move_lines(Part& part, uint32_t lines, bool has_one_input) {
  for (size_t index = 0; index < part.first_bodies; ++index) {
    part.module.bodies[index].first_line += lines;
  }
  for (size_t index = 0; index < part.first_problems; ++index) {
    part.module.problems[index].line += lines;
  }
  part.next_line += has_one_input ? lines : 0;
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
  const std::vector<Run> runs = cut(inputs, parts);
  std::vector<Part> read(runs.size());
  // Threads take the next run when they are done with one; ours is one of them.
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t index = next++; index < runs.size(); index = next++) {
      read[index] = read_run(runs[index]);
    }
  };
  const unsigned most = llvm::hardware_concurrency(threads).compute_thread_count();
  if (const size_t useful = std::min<size_t>(most, runs.size()); useful > 1) {
    const auto others = static_cast<unsigned>(useful - 1);
    llvm::DefaultThreadPool pool(llvm::hardware_concurrency(others));
    for (unsigned count = 0; count < others; ++count) {
      pool.async(work);
    }
    work();
    pool.wait();
  } else {
    work();
  }
  std::vector<Module> modules;
  modules.reserve(runs.size());
  for (size_t index = 0; index < runs.size(); ++index) {
    if (runs[index].goes_on) {
      move_lines(read[index], read[index - 1].next_line - 1, runs[index].inputs.size() == 1);
    }
    modules.push_back(std::move(read[index].module));
  }
  return modules;
}

}  // namespace jaa::mir
