#include "render/diff.h"

#include <algorithm>
#include <vector>

#include "render/line_diff.h"

namespace jaa::render {
namespace {

constexpr size_t Context = 3;

// A name after "--- ": quoted as git does when it has unusual characters, and
// closed by a tab when it has spaces.
std::string header_name(std::string_view prefix, std::string_view path) {
  while (path.starts_with('/')) {
    path.remove_prefix(1);
  }
  std::string name;
  bool is_quoted = false;
  for (const char byte : path) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x20 || value == 0x7F) {
      is_quoted = true;
      const auto digit = [value](unsigned shift) {
        return static_cast<char>('0' + ((value >> shift) & 7U));
      };
      name.append({'\\', digit(6), digit(3), digit(0)});
    } else if (byte == '"' || byte == '\\') {
      is_quoted = true;
      name.append({'\\', byte});
    } else {
      name.push_back(byte);
    }
  }
  name.insert(0, prefix);
  if (is_quoted) {
    return "\"" + name + "\"\n";
  }
  return name + (path.find(' ') == std::string_view::npos ? "\n" : "\t\n");
}

void append_line(std::string& diff, char sign, std::string_view line) {
  diff.push_back(sign);
  diff.append(line);
  if (!line.ends_with('\n')) {
    diff.append("\n\\ No newline at end of file\n");
  }
}

// "12,3": an empty range is named by the line before it.
std::string range(size_t begin, size_t end) {
  return std::to_string(begin == end ? begin : begin + 1) + "," + std::to_string(end - begin);
}

// Changes `[first, last)` with the context around and between them.
void append_hunk(std::string& diff, const Lines& before, const Lines& after,
                 const std::vector<ChangedLines>& changes, size_t first, size_t last) {
  const size_t lead = std::min(Context, changes[first].before_begin);
  const ChangedLines& final = changes[last - 1];
  const size_t tail = std::min(Context, before.size() - final.before_end);
  diff += "@@ -" + range(changes[first].before_begin - lead, final.before_end + tail) + " +" +
          range(changes[first].after_begin - lead, final.after_end + tail) + " @@\n";
  size_t at = changes[first].before_begin - lead;
  const auto append_context = [&](size_t end) {
    for (; at < end; ++at) {
      append_line(diff, ' ', before[at]);
    }
  };
  for (size_t index = first; index < last; ++index) {
    const ChangedLines& change = changes[index];
    append_context(change.before_begin);
    for (; at < change.before_end; ++at) {
      append_line(diff, '-', before[at]);
    }
    for (size_t line = change.after_begin; line < change.after_end; ++line) {
      append_line(diff, '+', after[line]);
    }
  }
  append_context(final.before_end + tail);
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  const Lines old_lines = split_lines(before);
  const Lines new_lines = split_lines(after);
  const std::vector<ChangedLines> changes = line_diff(old_lines, new_lines);
  if (changes.empty()) {
    return {};
  }
  std::string diff = "--- " + header_name("a/", path) + "+++ " + header_name("b/", path);
  for (size_t first = 0; first < changes.size();) {
    size_t last = first + 1;
    while (last < changes.size() &&
           changes[last].before_begin - changes[last - 1].before_end <= 2 * Context) {
      ++last;
    }
    append_hunk(diff, old_lines, new_lines, changes, first, last);
    first = last;
  }
  return diff;
}

}  // namespace jaa::render
