#include "plugin/lsp/framing.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::lsp {
namespace {

constexpr std::string_view LengthName = "content-length";

// The value of `Content-Length`; none where it is missing, twice there, or no number.
struct Length {
  bool is_there = false;
  std::optional<size_t> value;
};
Length content_length(llvm::StringRef headers) {
  Length length;
  while (!headers.empty()) {
    const auto [line, rest] = headers.split('\n');
    headers = rest;
    const auto [name, value] = line.split(':');
    size_t number = 0;
    if (!name.trim().equals_insensitive(llvm::StringRef(LengthName))) {
      continue;
    }
    if (length.is_there || value.trim().getAsInteger(10, number)) {
      return {true, std::nullopt};
    }
    length = {true, number};
  }
  return length;
}

// Behind the empty line that ends the headers; none while it has not come.
struct HeaderEnd {
  size_t headers = 0;  // their length
  size_t body = 0;     // where the body begins
};
std::optional<HeaderEnd> find_header_end(std::string_view text, size_t from) {
  for (size_t at = text.find('\n', from); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    if (text.substr(at + 1, 1) == "\n") {
      return HeaderEnd{at, at + 2};
    }
    if (text.substr(at + 1, 2) == "\r\n") {
      return HeaderEnd{at, at + 3};
    }
  }
  return std::nullopt;
}

}  // namespace

void MessageReader::feed(std::string_view bytes) {
  const size_t skipped = std::min(to_skip_, bytes.size());
  to_skip_ -= skipped;
  bytes.remove_prefix(skipped);
  if (at_ > 0) {
    buffer_.erase(0, at_);
    searched_ -= std::min(searched_, at_);
    at_ = 0;
  }
  buffer_.append(bytes);
}

// Where a message may begin again.
void MessageReader::skip_to_header(size_t from) {
  const std::string_view rest = std::string_view(buffer_).substr(from);
  const auto found =
      std::search(rest.begin(), rest.end(), LengthName.begin(), LengthName.end(),
                  [](char a, char b) { return llvm::toLower(a) == llvm::toLower(b); });
  if (found != rest.end()) {
    at_ = from + static_cast<size_t>(found - rest.begin());
  } else {
    // The name's beginning may be all that has come of it.
    at_ = std::max(from, buffer_.size() - std::min(buffer_.size(), LengthName.size() - 1));
  }
  searched_ = at_;
  is_lost_ = true;
}

bool MessageReader::next(Message& message) {
  message = {};
  const auto refuse = [&](std::string problem, size_t from) {
    const bool is_news = !is_lost_;
    skip_to_header(from);
    if (is_news) {
      message.problem = std::move(problem);
    }
    return is_news;
  };
  while (at_ < buffer_.size()) {
    const std::string_view text(buffer_);
    const auto end = find_header_end(text, std::max(at_, searched_));
    if (!end) {
      if (text.size() - at_ <= MaxHeader) {
        // The first half of the empty line may have come.
        searched_ = std::max(at_, text.size() - std::min<size_t>(text.size(), 3));
        return false;
      }
      if (refuse("a header without an end", at_ + 1)) {
        return true;
      }
      continue;
    }
    const auto length = content_length(text.substr(at_, end->headers - at_));
    if (!length.value || end->headers - at_ > MaxHeader) {
      // Where the name is missing, a header may begin within what came before it.
      if (refuse("a header without a `Content-Length` that is a number",
                 length.is_there ? end->body : at_ + 1)) {
        return true;
      }
      continue;
    }
    if (*length.value > MaxMessage) {
      const size_t here = std::min(*length.value, text.size() - end->body);
      to_skip_ = *length.value - here;
      at_ = searched_ = end->body + here;
      message.problem = "a message of " + std::to_string(*length.value) + " bytes; " +
                        std::to_string(MaxMessage) + " is the most";
      return true;
    }
    if (text.size() - end->body < *length.value) {
      searched_ = end->headers;
      return false;
    }
    message.body = text.substr(end->body, *length.value);
    at_ = searched_ = end->body + *length.value;
    is_lost_ = false;
    return true;
  }
  return false;
}

std::string frame(std::string_view body) {
  std::string result = "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  result += body;
  return result;
}

}  // namespace jaa::lsp
