#include "base/finding.h"

#include <algorithm>
#include <tuple>

namespace jaa::base {

void sort_findings(std::vector<Finding>& findings, const SourceFiles& sources) {
  const auto key = [&sources](const Finding& finding) {
    const Span& span = finding.primary.span;
    const std::string_view path = span.is_valid() ? sources.path(span.file) : std::string_view();
    return std::tuple(path, span.begin, std::string_view(finding.code), span.end);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&key](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

namespace {

// Edits of one file, in order.
std::vector<Edit> edits_of(FileId file, const std::vector<Edit>& edits) {
  std::vector<Edit> here;
  for (const Edit& edit : edits) {
    if (edit.span.file == file) {
      here.push_back(edit);
    }
  }
  // Insertions at one place keep the order in which they were given.
  std::stable_sort(here.begin(), here.end(), [](const Edit& a, const Edit& b) {
    return std::tuple(a.span.begin, a.span.end) < std::tuple(b.span.begin, b.span.end);
  });
  return here;
}

// What one edit made: its place in the old text and its place in the new one.
struct Made {
  Span from;
  uint32_t begin = 0;
  uint32_t end = 0;
};

std::optional<std::vector<Edit>> compose_in(const SourceFiles& sources, FileId file,
                                            const std::vector<Edit>& first,
                                            const std::vector<Edit>& second) {
  const auto edited = apply_edits(sources, file, first);
  if (!edited) {
    return std::nullopt;
  }
  std::vector<Made> made;
  int64_t shift = 0;  // from old offsets to new ones
  for (const Edit& edit : first) {
    const auto begin = static_cast<uint32_t>(edit.span.begin + shift);
    const auto end = static_cast<uint32_t>(begin + edit.text.size());
    made.push_back({edit.span, begin, end});
    shift += static_cast<int64_t>(edit.text.size()) -
             static_cast<int64_t>(edit.span.end - edit.span.begin);
  }
  // What both touch becomes one edit, from its start in the old text to its end.
  std::vector<Edit> result;
  size_t next = 0;
  int64_t passed = 0;  // shift of what lies before `next`
  const auto pass = [&] {
    const Made& one = made[next];
    passed += static_cast<int64_t>(one.end - one.begin) -
              static_cast<int64_t>(one.from.end - one.from.begin);
    ++next;
  };
  const auto text_of = [&](uint32_t begin, uint32_t end) {
    return edited->substr(begin, end - begin);
  };
  for (size_t at = 0; at < second.size();) {
    while (next < made.size() && made[next].end < second[at].span.begin) {
      result.push_back({made[next].from, text_of(made[next].begin, made[next].end)});
      pass();
    }
    uint32_t begin = second[at].span.begin;
    uint32_t end = second[at].span.end;
    auto old_begin = static_cast<uint32_t>(begin - passed);
    const size_t group = at;
    size_t last = at;
    for (bool grew = true; grew;) {
      grew = false;
      if (next < made.size() && made[next].begin <= end) {
        if (made[next].begin < begin) {
          begin = made[next].begin;
          old_begin = made[next].from.begin;
        }
        end = std::max(end, made[next].end);
        pass();
        grew = true;
      }
      while (last + 1 < second.size() && second[last + 1].span.begin <= end) {
        end = std::max(end, second[++last].span.end);
        grew = true;
      }
    }
    if (end > edited->size() || begin > end) {
      return std::nullopt;
    }
    std::string text;
    uint32_t copied = begin;
    for (size_t index = group; index <= last; ++index) {
      if (second[index].span.begin < copied) {
        return std::nullopt;
      }
      text += text_of(copied, second[index].span.begin) + second[index].text;
      copied = second[index].span.end;
    }
    text += text_of(copied, end);
    result.push_back({{file, old_begin, static_cast<uint32_t>(end - passed)}, std::move(text)});
    at = last + 1;
  }
  for (; next < made.size(); ++next) {
    result.push_back({made[next].from, text_of(made[next].begin, made[next].end)});
  }
  return result;
}

}  // namespace

std::optional<std::vector<Edit>> compose_edits(const SourceFiles& sources,
                                               const std::vector<Edit>& first,
                                               const std::vector<Edit>& second) {
  std::vector<FileId> files;
  for (const std::vector<Edit>* list : {&first, &second}) {
    for (const Edit& edit : *list) {
      if (std::find(files.begin(), files.end(), edit.span.file) == files.end()) {
        files.push_back(edit.span.file);
      }
    }
  }
  std::vector<Edit> result;
  for (const FileId file : files) {
    auto composed = compose_in(sources, file, edits_of(file, first), edits_of(file, second));
    if (!composed) {
      return std::nullopt;
    }
    result.insert(result.end(), composed->begin(), composed->end());
  }
  return result;
}

std::optional<std::string> apply_edits(const SourceFiles& sources, FileId file,
                                       const std::vector<Edit>& edits) {
  const std::vector<Edit> here = edits_of(file, edits);
  const std::string_view text = sources.text(file);
  std::string result;
  uint32_t copied = 0;
  for (const Edit& edit : here) {
    if (edit.span.begin < copied || edit.span.begin > edit.span.end ||
        edit.span.end > text.size()) {
      return std::nullopt;
    }
    result.append(text.substr(copied, edit.span.begin - copied));
    result.append(edit.text);
    copied = edit.span.end;
  }
  result.append(text.substr(copied));
  return result;
}

}  // namespace jaa::base
