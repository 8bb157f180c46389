#include "render/minimal_edits.h"

#include <algorithm>
#include <set>

#include "llvm/ADT/StringExtras.h"
#include "render/line_diff.h"
#include "render/unicode.h"

namespace jaa::render {
namespace {

// Bytes beyond ASCII count as parts of words, so no character is cut in two.
bool is_word(char byte) {
  return llvm::isAlnum(byte) || byte == '_' || static_cast<unsigned char>(byte) >= 0x80;
}

bool splits_word(std::string_view text, size_t at) {
  return at > 0 && at < text.size() && is_word(text[at - 1]) && is_word(text[at]);
}

size_t common_prefix(std::string_view a, std::string_view b) {
  const auto ends = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto length = static_cast<size_t>(ends.first - a.begin());
  while (splits_word(a, length) || splits_word(b, length)) {
    --length;
  }
  return length;
}

size_t common_suffix(std::string_view a, std::string_view b) {
  const auto ends = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  auto length = static_cast<size_t>(ends.first - a.rbegin());
  while (splits_word(a, a.size() - length) || splits_word(b, b.size() - length)) {
    --length;
  }
  return length;
}

class Minimizer {
 public:
  Minimizer(const base::SourceFiles& sources, std::vector<base::Edit>& result)
      : sources_(sources), result_(result) {}

  void add(const base::Edit& edit) {
    const std::string_view before = sources_.text(edit.span);
    const Lines old_lines = split_lines(before);
    const Lines new_lines = split_lines(edit.text);
    // Lines that differ in their indentation only are the same line, moved.
    const auto trimmed = [](const Lines& lines) {
      Lines result;
      for (const std::string_view line : lines) {
        result.push_back(trim(line));
      }
      return result;
    };
    at_ = edit.span;
    at_.end = at_.begin;
    size_t old_index = 0;
    size_t new_index = 0;
    const auto pass_equal = [&](size_t old_end) {
      for (; old_index < old_end; ++old_index, ++new_index) {
        change(old_lines[old_index], new_lines[new_index]);
      }
    };
    for (const ChangedLines& run : line_diff(trimmed(old_lines), trimmed(new_lines))) {
      pass_equal(run.before_begin);
      const size_t count = run.before_end - run.before_begin;
      if (count == run.after_end - run.after_begin) {
        pass_equal(run.before_end);
        continue;
      }
      std::string old_text;
      std::string new_text;
      for (; old_index < run.before_end; ++old_index) {
        old_text += old_lines[old_index];
      }
      for (; new_index < run.after_end; ++new_index) {
        new_text += new_lines[new_index];
      }
      change(old_text, new_text);
    }
    pass_equal(old_lines.size());
  }

 private:
  // The text at `at_` changes so; steps over it.
  void change(std::string_view before, std::string_view after) {
    const size_t prefix = common_prefix(before, after);
    const size_t suffix = common_suffix(before.substr(prefix), after.substr(prefix));
    base::Edit edit{at_, std::string(after.substr(prefix, after.size() - prefix - suffix))};
    edit.span.begin += static_cast<uint32_t>(prefix);
    edit.span.end = at_.begin + static_cast<uint32_t>(before.size() - suffix);
    at_.begin += static_cast<uint32_t>(before.size());
    at_.end = at_.begin;
    if (!edit.span.is_empty() || !edit.text.empty()) {
      result_.push_back(std::move(edit));
    }
  }

  const base::SourceFiles& sources_;
  std::vector<base::Edit>& result_;
  base::Span at_;
};

}  // namespace

std::vector<base::Edit> minimal_edits(const base::SourceFiles& sources,
                                      const std::vector<base::Edit>& edits) {
  std::vector<base::Edit> pieces;
  for (const base::Edit& edit : edits) {
    Minimizer(sources, pieces).add(edit);
  }
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const base::Edit& a, const base::Edit& b) { return a.span < b.span; });
  std::vector<base::Edit> merged;
  for (base::Edit& piece : pieces) {
    const bool touches = !merged.empty() && merged.back().span.file == piece.span.file &&
                         merged.back().span.end == piece.span.begin;
    if (touches) {
      merged.back().span.end = piece.span.end;
      merged.back().text += piece.text;
    } else {
      merged.push_back(std::move(piece));
    }
  }
  return merged;
}

bool edits_fit(const base::SourceFiles& sources, const std::vector<base::Edit>& edits) {
  std::set<base::FileId> files;
  for (const base::Edit& edit : edits) {
    if (!edit.span.is_valid() || edit.span.file.index() >= sources.size()) {
      return false;
    }
    files.insert(edit.span.file);
  }
  return std::all_of(files.begin(), files.end(), [&](base::FileId file) {
    return base::apply_edits(sources, file, edits).has_value();
  });
}

}  // namespace jaa::render
