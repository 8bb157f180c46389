#include "plugin/cargo/toml.h"

#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::plugin {

namespace {

using llvm::StringRef;

// Removes a quoted text from the front of `rest`. A basic string (`"..."`) is as
// JSON has it; a literal one (`'...'`) knows no escapes.
std::optional<std::string> take_quoted(StringRef& rest) {
  const char quote = rest.front();
  if (rest.starts_with(R"(""")") || rest.starts_with("'''")) {
    return std::nullopt;
  }
  size_t end = 1;
  while (end < rest.size() && rest[end] != quote) {
    end += quote == '"' && rest[end] == '\\' ? 2 : 1;
  }
  if (end >= rest.size()) {
    return std::nullopt;
  }
  const StringRef raw = rest.take_front(end + 1);
  rest = rest.drop_front(end + 1);
  if (quote == '\'') {
    return raw.drop_front().drop_back().str();
  }
  auto value = llvm::json::parse(raw);
  if (!value) {
    llvm::consumeError(value.takeError());
    return std::nullopt;
  }
  return value->getAsString()->str();
}

bool is_bare_key_character(char c) {
  return llvm::isAlnum(c) || c == '_' || c == '-';
}

// `a.b."c d"`, from the front of `rest`; empty when there is no key.
std::vector<std::string> take_key(StringRef& rest) {
  std::vector<std::string> parts;
  do {
    rest = rest.ltrim(" \t.");
    const StringRef bare = rest.take_while(is_bare_key_character);
    rest = rest.drop_front(bare.size());
    if (!bare.empty()) {
      parts.push_back(bare.str());
    } else if (rest.starts_with("\"") || rest.starts_with("'")) {
      auto quoted = take_quoted(rest);
      if (!quoted) {
        return {};
      }
      parts.push_back(std::move(*quoted));
    } else {
      return {};
    }
    rest = rest.ltrim(" \t");
  } while (rest.starts_with("."));
  return parts;
}

std::optional<llvm::json::Value> take_value(StringRef& rest) {
  if (rest.starts_with("\"") || rest.starts_with("'")) {
    auto text = take_quoted(rest);
    return text ? std::optional<llvm::json::Value>(llvm::json::fixUTF8(*text)) : std::nullopt;
  }
  const StringRef word = rest.take_until([](char c) { return c == '#' || c == ' ' || c == '\t'; });
  rest = rest.drop_front(word.size());
  if (word == "true" || word == "false") {
    return word == "true";
  }
  double number = 0;
  if (word.empty() || word.getAsDouble(number)) {
    return std::nullopt;
  }
  return number;
}

bool is_end_of_line(StringRef rest) {
  rest = rest.ltrim(" \t");
  return rest.empty() || rest.starts_with("#");
}

// The table at `path`, made where missing; none when a value is in the way.
llvm::json::Object* open_table(llvm::json::Object& root, const std::vector<std::string>& path) {
  llvm::json::Object* table = &root;
  for (const std::string& part : path) {
    llvm::json::Value& value =
        table->try_emplace(llvm::json::fixUTF8(part), llvm::json::Object()).first->second;
    table = value.getAsObject();
    if (table == nullptr) {
      return nullptr;
    }
  }
  return table;
}

// One line; false when it is not understood.
bool read_line(StringRef line, llvm::json::Object& root, std::vector<std::string>& table) {
  if (is_end_of_line(line)) {
    return true;
  }
  if (line.consume_front("[")) {
    table = take_key(line);
    return !table.empty() && line.consume_front("]") && is_end_of_line(line);
  }
  std::vector<std::string> key = take_key(line);
  if (key.empty() || !line.consume_front("=")) {
    return false;
  }
  line = line.ltrim(" \t");
  auto value = take_value(line);
  if (!value || !is_end_of_line(line)) {
    return false;
  }
  std::vector<std::string> path = table;
  path.insert(path.end(), key.begin(), key.end() - 1);
  llvm::json::Object* const owner = open_table(root, path);
  return owner != nullptr &&
         owner->try_emplace(llvm::json::fixUTF8(key.back()), std::move(*value)).second;
}

}  // namespace

llvm::json::Object read_toml(std::string_view text, std::string_view input_name,
                             base::Problems& problems) {
  llvm::json::Object root;
  std::vector<std::string> table;
  uint32_t number = 0;
  StringRef rest = text;
  while (!rest.empty()) {
    StringRef line;
    std::tie(line, rest) = rest.split('\n');
    ++number;
    if (!read_line(line.trim(" \t\r"), root, table)) {
      problems.push_back({std::string(input_name), number, "line not understood"});
    }
  }
  return root;
}

}  // namespace jaa::plugin
