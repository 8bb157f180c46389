// Only what a program can judge is here; the rest of the wording guide is in
// diagnostics/README.md.
#include "tools/catalogue/wording.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace jaa::catalogue {

std::optional<std::vector<std::string>> split_message(llvm::StringRef message) {
  std::vector<std::string> pieces;
  while (true) {
    size_t open = message.find_first_of("{}");
    pieces.push_back(message.take_front(open).str());
    if (open == llvm::StringRef::npos) return pieces;
    size_t close = message.find_first_of("{}", open + 1);
    if (message[open] != '{' || close == llvm::StringRef::npos || message[close] != '}')
      return std::nullopt;
    pieces.push_back(message.slice(open + 1, close).str());
    message = message.drop_front(close + 1);
  }
}

bool is_snake_case(llvm::StringRef text) {
  auto is_word = [](llvm::StringRef word) {
    return !word.empty() &&
           llvm::all_of(word, [](char c) { return llvm::isDigit(c) || (c >= 'a' && c <= 'z'); });
  };
  if (text.empty() || llvm::isDigit(text.front())) return false;
  llvm::SmallVector<llvm::StringRef> words;
  text.split(words, '_');
  return llvm::all_of(words, is_word);
}

std::string name_mistake(llvm::StringRef name) {
  if (!is_snake_case(name)) return "the page's name is not in snake_case";
  for (llvm::StringRef prefix : {"no_", "avoid_", "check_"}) {
    if (name.starts_with(prefix))
      return "the page's name starts with '" + prefix.str() +
             "'; expected the name of the bad pattern, to read well after \"allow\"";
  }
  return "";
}

std::string message_mistake(llvm::StringRef message) {
  if (message.empty()) return "the message is empty";
  if (message.front() != '`' && !(message.front() >= 'a' && message.front() <= 'z'))
    return "the message starts with neither a lower-case letter nor a backquote";
  if (llvm::StringRef(".!?:").contains(message.back()))
    return "the message ends in a punctuation mark";
  if (message.count('`') % 2 != 0) return "a backquote in the message has no partner";

  llvm::SmallVector<llvm::StringRef> parts;
  message.split(parts, '`');
  // The parts at odd places are code, which may say what it likes.
  for (size_t i = 0; i < parts.size(); i += 2) {
    std::string prose = parts[i].lower();
    for (char& c : prose) {
      if (!llvm::isAlpha(c)) c = ' ';
    }
    llvm::SmallVector<llvm::StringRef> words;
    llvm::StringRef(prose).split(words, ' ');
    for (llvm::StringRef word : {"allowed", "valid", "invalid", "illegal"}) {
      if (llvm::is_contained(words, word))
        return "the message says '" + word.str() + "'; expected what was seen, or the rule";
    }
  }
  return "";
}

}  // namespace jaa::catalogue
