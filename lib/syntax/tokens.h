// The tokens of Rust source, one after the other, without comments.
//
// Any bytes give tokens: a literal or comment that does not end goes to the end of the text.
#pragma once

#include <cstdint>
#include <string_view>

namespace jaa::syntax {

struct Token {
  enum class Kind : uint8_t {
    End,
    Word,  // an identifier or keyword; text without `r#`
    Lifetime,
    String,       // of any form; text with its quotes
    Literal,      // a number, character or byte
    OuterDoc,     // `/// ..`, `/** .. */`
    InnerDoc,     // `//! ..`, `/*! .. */`
    Punctuation,  // one character
  };
  Kind kind = Kind::End;
  std::string_view text;
  uint32_t begin = 0;
  uint32_t end = 0;

  [[nodiscard]] bool is(char c) const { return kind == Kind::Punctuation && text.front() == c; }
  [[nodiscard]] bool is_word(std::string_view word) const {
    return kind == Kind::Word && text == word && end - begin == word.size();
  }
  [[nodiscard]] bool opens() const { return is('(') || is('[') || is('{'); }
  [[nodiscard]] bool closes() const { return is(')') || is(']') || is('}'); }
};

class Tokens {
 public:
  // Of the bytes from `begin` to `end`.
  Tokens(std::string_view text, uint32_t begin, uint32_t end)
      : text_(text.substr(0, end)), at_(begin) {}
  explicit Tokens(std::string_view text) : Tokens(text, 0, static_cast<uint32_t>(text.size())) {}

  Token next();
  [[nodiscard]] Token peek() const {
    Tokens copy = *this;
    return copy.next();
  }

 private:
  [[nodiscard]] char at(size_t index) const { return index < text_.size() ? text_[index] : '\0'; }
  // False where it is no comment; those of documentation are tokens.
  bool skip_comment(Token& doc);
  Token string(size_t begin, size_t quote);
  Token raw_string(size_t begin, size_t hashes_begin);
  Token quoted(size_t begin, size_t quote);
  Token make(Token::Kind kind, size_t begin, size_t end);

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace jaa::syntax
