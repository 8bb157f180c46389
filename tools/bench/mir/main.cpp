// How fast MIR is read, against a plain count of newlines of the same text in the same
// run: the medians of several rounds.
//
//   mir_bench [--rounds N] [--megabytes N] FILE..
//
// The files are joined; with `--megabytes` the joined text is repeated or cut, between
// lines that end an item, to about that size. Prints one JSON object: bytes, and for each
// measure its megabytes a second; what the model keeps, in bytes a byte of text; and how
// much memory reading took at most, when bodies were only looked at and when all were
// kept. Speed is that of a program that has read before: its memory is its own already.
#include <algorithm>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include "mir/reader.h"

namespace {

using namespace jaa;

constexpr double WarmUpSeconds = 1;

double now(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// What one thread does is measured in its own processor time, what two do by the wall:
// a shared machine lends its cores, and a thread must not pay for its neighbours.
double seconds_of(clockid_t clock, llvm::function_ref<void()> work) {
  const double start = now(clock);
  work();
  return now(clock) - start;
}

// The most memory that this process had since `forget_peak`, in KiB; Linux counts it.
long peak_kib() {
  std::ifstream status("/proc/self/status");
  std::string word;
  long kib = 0;
  while (status >> word) {
    if (word == "VmHWM:") {
      status >> kib;
    }
  }
  return kib;
}

void forget_peak() {
  std::ofstream("/proc/self/clear_refs") << '5';
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

size_t count_lines(std::string_view text) {
  size_t lines = 0;
  for (const char* at = text.data(); at != nullptr; ++lines) {
    at = static_cast<const char*>(
        std::memchr(at, '\n', static_cast<size_t>(text.data() + text.size() - at)));
    at = at == nullptr ? nullptr : at + 1;
  }
  return lines;
}

std::string resize(const std::string& text, size_t size) {
  std::string result;
  result.reserve(size + text.size());
  while (result.size() < size) {
    if (result.size() + text.size() <= size) {
      result += text;
      continue;
    }
    const size_t cut = text.find("\n}\n", size - result.size());
    result += std::string_view(text).substr(0, cut == std::string::npos ? cut : cut + 3);
    break;
  }
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  size_t rounds = 5;
  size_t megabytes = 0;
  std::string text;
  for (int index = 1; index < argc; ++index) {
    const std::string_view argument = argv[index];
    if (argument == "--rounds" && index + 1 < argc) {
      rounds = static_cast<size_t>(std::max(1, std::atoi(argv[++index])));
    } else if (argument == "--megabytes" && index + 1 < argc) {
      megabytes = static_cast<size_t>(std::max(0, std::atoi(argv[++index])));
    } else if (const auto buffer = llvm::MemoryBuffer::getFile(argv[index])) {
      text += std::string_view((*buffer)->getBuffer().data(), (*buffer)->getBufferSize());
    } else {
      llvm::errs() << "error: cannot read `" << argument << "`\n";
      return 1;
    }
  }
  if (text.empty()) {
    llvm::errs() << "error: nothing to read\n";
    return 1;
  }
  if (megabytes > 0) {
    text = resize(text, megabytes << 20);
  }
  const mir::Input input{text, "bench", 1};
  // Memory is measured first: later there is what was given back and is still here.
  size_t bodies = 0;
  const auto visit_all = [&] {
    base::Problems problems;
    bodies = 0;
    mir::for_each_body(input, [&](const mir::Body&) { ++bodies; }, problems);
  };
  forget_peak();
  visit_all();
  const long visit_peak = peak_kib();
  forget_peak();
  const size_t kept = mir::read_mir(text, "bench").bytes();
  const long whole_peak = peak_kib();
  // A core that has slept, or served somebody else, is slow at first.
  for (const double start = now(CLOCK_MONOTONIC); now(CLOCK_MONOTONIC) - start < WarmUpSeconds;) {
    (void)mir::read_in_parallel(input, 2, 2);
  }
  const double size = static_cast<double>(text.size()) / 1e6;
  // Interleaved, so that a slow stretch of a shared machine meets all measures.
  std::vector<double> newlines;
  std::vector<double> one;
  std::vector<double> split;
  std::vector<double> two;
  std::vector<double> visit;
  size_t lines = 0;
  for (size_t round = 0; round < rounds; ++round) {
    newlines.push_back(seconds_of(CLOCK_THREAD_CPUTIME_ID, [&] { lines = count_lines(text); }));
    visit.push_back(seconds_of(CLOCK_THREAD_CPUTIME_ID, visit_all));
    {
      mir::Module module;
      one.push_back(
          seconds_of(CLOCK_THREAD_CPUTIME_ID, [&] { module = mir::read_mir(text, "bench"); }));
    }
    // What is read is given back outside of the measure, as by one who uses it.
    std::vector<mir::Module> modules;
    split.push_back(
        seconds_of(CLOCK_MONOTONIC, [&] { modules = mir::read_in_parallel(input, 2, 1); }));
    modules.clear();
    two.push_back(
        seconds_of(CLOCK_MONOTONIC, [&] { modules = mir::read_in_parallel(input, 2, 2); }));
  }
  const auto rate = [&](const std::vector<double>& times) { return size / median(times); };
  const auto beside_text = [&](long kib) {
    return static_cast<double>(kib) / 1024 - size * 1e6 / (1 << 20);
  };
  llvm::outs() << llvm::json::Value(llvm::json::Object{
                      {"bytes", text.size()},
                      {"lines", lines},
                      {"bodies", bodies},
                      {"newlines_mb_s", rate(newlines)},
                      {"read_mb_s", rate(one)},
                      {"visit_mb_s", rate(visit)},
                      {"two_threads_mb_s", rate(two)},
                      {"two_threads_speedup", median(split) / median(two)},
                      {"kept_per_byte",
                       static_cast<double>(kept) / static_cast<double>(text.size())},
                      {"visit_mib", beside_text(visit_peak)},
                      {"whole_mib", beside_text(whole_peak)}})
               << '\n';
  return 0;
}
