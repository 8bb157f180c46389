#include "plugin/lsp/document.h"

#include <algorithm>

namespace jaa::lsp {
namespace {

uint32_t size_of(std::string_view text) {
  return static_cast<uint32_t>(text.size());
}

}  // namespace

Document::Document(std::string uri, std::string path, int64_t version, std::string text)
    : uri_(std::move(uri)),
      path_(std::move(path)),
      version_(version),
      saved_(text),
      tree_(std::move(text)),
      lines_(tree_.text()),
      map_(size_of(saved_)) {}

void Document::apply(TextRange range, std::string_view text) {
  tree_.edit(range.begin, range.end, text);
  lines_.edit(tree_.text(), range, size_of(text));
  map_.edit(range, size_of(text));
}

// An editor without incremental changes, or one that formats, sends the whole text: only
// what differs was edited.
void Document::replace(std::string text) {
  const std::string_view old = tree_.text();
  const size_t most = std::min(old.size(), text.size());
  size_t front = 0;
  while (front < most && old[front] == text[front]) {
    ++front;
  }
  size_t back = 0;
  while (back < most - front && old[old.size() - 1 - back] == text[text.size() - 1 - back]) {
    ++back;
  }
  const TextRange range{static_cast<uint32_t>(front), static_cast<uint32_t>(old.size() - back)};
  apply(range, std::string_view(text).substr(front, text.size() - back - front));
  compare();
}

bool Document::edit(Position begin, Position end, std::string_view text, Encoding encoding) {
  const auto from = offset(begin, encoding);
  const auto to = offset(end, encoding);
  if (!from || !to || *from > *to) {
    return false;
  }
  apply({*from, *to}, text);
  compare();
  return true;
}

void Document::compare() {
  is_dirty_ = tree_.text() != saved_;
  if (!is_dirty_) {
    map_ = TextMap(size_of(saved_));
  }
}

void Document::set_saved() {
  saved_ = tree_.text();
  compare();
}

void Document::set_on_disk(std::string text) {
  if (text == saved_) {
    return;
  }
  saved_ = std::move(text);
  // Of how one became the other nothing is known but what they begin and end with.
  map_ = TextMap(size_of(saved_));
  const std::string_view now = tree_.text();
  const size_t most = std::min(now.size(), saved_.size());
  const auto front =
      std::mismatch(now.begin(), now.begin() + static_cast<std::ptrdiff_t>(most), saved_.begin());
  const auto begin = static_cast<size_t>(front.first - now.begin());
  size_t back = 0;
  while (back < most - begin && now[now.size() - 1 - back] == saved_[saved_.size() - 1 - back]) {
    ++back;
  }
  map_.edit({static_cast<uint32_t>(begin), static_cast<uint32_t>(saved_.size() - back)},
            static_cast<uint32_t>(now.size() - back - begin));
  compare();
}

}  // namespace jaa::lsp
