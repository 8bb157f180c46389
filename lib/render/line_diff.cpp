#include "render/line_diff.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace jaa::render {
namespace {

constexpr int64_t MaxDifferences = 1000;
constexpr size_t MaxSteps = 20'000'000;

// Lines as numbers, equal if and only if the lines are.
using Keys = std::vector<uint32_t>;

class Numbering {
 public:
  Keys number(const Lines& lines, size_t begin, size_t end) {
    Keys keys;
    keys.reserve(end - begin);
    for (size_t index = begin; index < end; ++index) {
      keys.push_back(known_.try_emplace(lines[index], known_.size()).first->second);
    }
    return keys;
  }

 private:
  std::unordered_map<std::string_view, uint32_t> known_;
};

struct Match {
  size_t before;
  size_t after;
};

// Pairs of equal lines along the shortest path through the edit graph, ascending;
// false when the bounds were met. On diagonal k = x - y, `reach[k]` is the largest
// x that d edits can get to; each round's reaches are kept for the way back.
bool match_lines(const Keys& before, const Keys& after, std::vector<Match>& matches) {
  const auto width = static_cast<int64_t>(before.size());
  const auto height = static_cast<int64_t>(after.size());
  const int64_t limit = std::min(width + height, MaxDifferences);
  const auto at = [](int64_t diagonal, int64_t round) {
    return static_cast<size_t>(diagonal + round);
  };
  // Whether the best way to a diagonal is an insertion, down from the one above.
  const auto comes_down = [&at](const std::vector<int64_t>& previous, int64_t k, int64_t d) {
    return k == -d || (k != d && previous[at(k - 1, d - 1)] < previous[at(k + 1, d - 1)]);
  };
  std::vector<std::vector<int64_t>> rounds;
  size_t steps = 0;
  bool is_done = false;
  for (int64_t d = 0; d <= limit && !is_done; ++d) {
    std::vector<int64_t> reach(static_cast<size_t>(2 * d + 1), 0);
    // `previous` spans diagonals of the round before: [-(d-1), d-1].
    for (int64_t k = -d; k <= d && !is_done; k += 2) {
      int64_t x = 0;
      if (d > 0) {
        const std::vector<int64_t>& previous = rounds.back();
        x = comes_down(previous, k, d) ? previous[at(k + 1, d - 1)]
                                       : previous[at(k - 1, d - 1)] + 1;
      }
      while (x < width && x - k < height && x - k >= 0 &&
             before[static_cast<size_t>(x)] == after[static_cast<size_t>(x - k)]) {
        ++x;
        ++steps;
      }
      reach[at(k, d)] = x;
      is_done = x >= width && x - k >= height;
    }
    steps += static_cast<size_t>(d);
    rounds.push_back(std::move(reach));
    if (steps > MaxSteps) {
      break;
    }
  }
  if (!is_done) {
    return false;
  }
  int64_t x = width;
  int64_t k = width - height;
  for (int64_t d = static_cast<int64_t>(rounds.size()) - 1; d >= 0; --d) {
    int64_t start = 0;  // x where this round's run of equal lines begins
    int64_t from = 0;   // the diagonal of the round before
    if (d > 0) {
      const std::vector<int64_t>& previous = rounds[static_cast<size_t>(d - 1)];
      const bool is_down = comes_down(previous, k, d);
      from = is_down ? k + 1 : k - 1;
      start = previous[at(from, d - 1)] + (is_down ? 0 : 1);
    }
    for (; x > start; --x) {
      matches.push_back({static_cast<size_t>(x - 1), static_cast<size_t>(x - 1 - k)});
    }
    if (d > 0) {
      x = rounds[static_cast<size_t>(d - 1)][at(from, d - 1)];
      k = from;
    }
  }
  std::reverse(matches.begin(), matches.end());
  return true;
}

}  // namespace

Lines split_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

std::vector<ChangedLines> line_diff(const Lines& before, const Lines& after) {
  size_t head = 0;
  while (head < before.size() && head < after.size() && before[head] == after[head]) {
    ++head;
  }
  size_t before_end = before.size();
  size_t after_end = after.size();
  while (before_end > head && after_end > head && before[before_end - 1] == after[after_end - 1]) {
    --before_end;
    --after_end;
  }
  Numbering numbering;
  const Keys left = numbering.number(before, head, before_end);
  const Keys right = numbering.number(after, head, after_end);
  std::vector<Match> matches;
  if (!match_lines(left, right, matches)) {
    matches.clear();
  }
  // The changes are what lies between the matches.
  matches.push_back({left.size(), right.size()});
  std::vector<ChangedLines> changes;
  Match reached{0, 0};
  for (const Match& match : matches) {
    if (match.before > reached.before || match.after > reached.after) {
      changes.push_back(
          {head + reached.before, head + match.before, head + reached.after, head + match.after});
    }
    reached = {match.before + 1, match.after + 1};
  }
  return changes;
}

}  // namespace jaa::render
