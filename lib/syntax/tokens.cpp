#include "syntax/tokens.h"

#include <algorithm>

namespace jaa::syntax {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & '\x80') != 0;
}
bool continues_word(char c) {
  return starts_word(c) || is_digit(c);
}

}  // namespace

Token Tokens::make(Token::Kind kind, size_t begin, size_t end) {
  end = std::min(end, text_.size());
  at_ = end;
  return {kind, text_.substr(begin, end - begin), static_cast<uint32_t>(begin),
          static_cast<uint32_t>(end)};
}

bool Tokens::skip_comment(Token& doc) {
  const size_t begin = at_;
  if (at(begin) != '/' || (at(begin + 1) != '/' && at(begin + 1) != '*')) {
    return false;
  }
  const char third = at(begin + 2);
  const bool is_line = at(begin + 1) == '/';
  if (is_line) {
    at_ = std::min(text_.find('\n', begin), text_.size());
  } else {
    size_t depth = 1;
    for (at_ = begin + 2; at_ < text_.size() && depth > 0;) {
      const bool opens = at(at_) == '/' && at(at_ + 1) == '*';
      const bool closes = at(at_) == '*' && at(at_ + 1) == '/';
      depth += opens ? 1 : 0;
      depth -= closes ? 1 : 0;
      at_ += opens || closes ? 2 : 1;
    }
    at_ = std::min(at_, text_.size());
  }
  // Neither `////` nor `/***`, nor `/**/`.
  const char mark = is_line ? '/' : '*';
  const bool is_outer = third == mark && at(begin + 3) != mark && (is_line || at_ - begin > 4);
  if (is_outer || third == '!') {
    doc = make(is_outer ? Token::Kind::OuterDoc : Token::Kind::InnerDoc, begin, at_);
  }
  return true;
}

// From its quote; a backslash takes the next character along.
Token Tokens::string(size_t begin, size_t quote) {
  size_t end = quote + 1;
  while (end < text_.size() && text_[end] != '"') {
    end += text_[end] == '\\' ? 2 : 1;
  }
  return make(Token::Kind::String, begin, end + 1);
}

Token Tokens::raw_string(size_t begin, size_t hashes_begin) {
  size_t quote = hashes_begin;
  while (at(quote) == '#') {
    ++quote;
  }
  const size_t hashes = quote - hashes_begin;
  for (size_t end = text_.find('"', quote + 1); end != std::string_view::npos;
       end = text_.find('"', end + 1)) {
    size_t count = 0;
    while (count < hashes && at(end + 1 + count) == '#') {
      ++count;
    }
    if (count == hashes) {
      return make(Token::Kind::String, begin, end + 1 + hashes);
    }
  }
  return make(Token::Kind::String, begin, text_.size());
}

// `'a'`, `'\n'`, `'\u{1F600}'`, `'é'`, or the lifetime `'a`.
Token Tokens::quoted(size_t begin, size_t quote) {
  size_t end = quote + 1;
  if (at(end) == '\\') {
    end += 2;
    while (end < text_.size() && text_[end] != '\'' && text_[end] != '\n') {
      ++end;
    }
    return make(Token::Kind::Literal, begin, end + 1);
  }
  const bool may_be_lifetime = starts_word(at(end));
  ++end;
  while ((at(end) & '\xC0') == '\x80') {
    ++end;
  }
  if (at(end) == '\'' || !may_be_lifetime) {
    return make(Token::Kind::Literal, begin, end + (at(end) == '\'' ? 1 : 0));
  }
  while (continues_word(at(end))) {
    ++end;
  }
  return make(Token::Kind::Lifetime, begin, end);
}

Token Tokens::next() {
  while (at_ < text_.size()) {
    if (is_space(text_[at_])) {
      ++at_;
      continue;
    }
    Token doc;
    if (!skip_comment(doc)) {
      break;
    }
    if (doc.kind != Token::Kind::End) {
      return doc;
    }
  }
  const size_t begin = at_;
  if (begin >= text_.size()) {
    return make(Token::Kind::End, text_.size(), text_.size());
  }
  const char c = text_[begin];
  if (c == '"') {
    return string(begin, begin);
  }
  if (c == '\'') {
    return quoted(begin, begin);
  }
  if (is_digit(c)) {
    size_t end = begin + 1;
    // `1..2` are three tokens, `1.0e-3` is one: what follows the sign is a word of its own
    // to us, which is no harm.
    while (continues_word(at(end)) || (at(end) == '.' && is_digit(at(end + 1)))) {
      ++end;
    }
    return make(Token::Kind::Literal, begin, end);
  }
  if (!starts_word(c)) {
    return make(Token::Kind::Punctuation, begin, begin + 1);
  }
  size_t end = begin + 1;
  while (continues_word(at(end))) {
    ++end;
  }
  const std::string_view word = text_.substr(begin, end - begin);
  const bool is_raw_prefix = word == "r" || word == "br" || word == "cr";
  if (is_raw_prefix &&
      (at(end) == '"' || (at(end) == '#' && (at(end + 1) == '"' || at(end + 1) == '#')))) {
    return raw_string(begin, end);
  }
  if ((word == "b" || word == "c") && at(end) == '"') {
    return string(begin, end);
  }
  if (word == "b" && at(end) == '\'') {
    return quoted(begin, end);
  }
  if (word == "r" && at(end) == '#' && starts_word(at(end + 1))) {
    const size_t start = end + 1;
    end = start;
    while (continues_word(at(end))) {
      ++end;
    }
    Token token = make(Token::Kind::Word, begin, end);
    token.text.remove_prefix(2);
    return token;
  }
  return make(Token::Kind::Word, begin, end);
}

}  // namespace jaa::syntax
