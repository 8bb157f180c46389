#include "plugin/lsp/protocol.h"

#include <limits>

#include "llvm/ADT/StringExtras.h"

namespace jaa::lsp {

namespace json = llvm::json;

const json::Value* value_at(const json::Value& value, std::initializer_list<llvm::StringRef> path) {
  const json::Value* at = &value;
  for (const llvm::StringRef name : path) {
    const json::Object* const object = at->getAsObject();
    at = object == nullptr ? nullptr : object->get(name);
    if (at == nullptr) {
      return nullptr;
    }
  }
  return at;
}

std::optional<llvm::StringRef> string_at(const json::Value& value,
                                         std::initializer_list<llvm::StringRef> path) {
  const json::Value* const found = value_at(value, path);
  return found == nullptr ? std::nullopt : found->getAsString();
}

std::optional<int64_t> integer_at(const json::Value& value,
                                  std::initializer_list<llvm::StringRef> path) {
  const json::Value* const found = value_at(value, path);
  return found == nullptr ? std::nullopt : found->getAsInteger();
}

bool flag_at(const json::Value& value, std::initializer_list<llvm::StringRef> path) {
  const json::Value* const found = value_at(value, path);
  return found != nullptr && found->getAsBoolean().value_or(false);
}

const json::Array* array_at(const json::Value& value, std::initializer_list<llvm::StringRef> path) {
  const json::Value* const found = value_at(value, path);
  return found == nullptr ? nullptr : found->getAsArray();
}

std::optional<Position> position_at(const json::Value& value,
                                    std::initializer_list<llvm::StringRef> path) {
  const json::Value* const found = value_at(value, path);
  if (found == nullptr) {
    return std::nullopt;
  }
  const auto line = integer_at(*found, {"line"});
  const auto character = integer_at(*found, {"character"});
  // The protocol's `uinteger`.
  constexpr int64_t Most = std::numeric_limits<int32_t>::max();
  if (!line || !character || *line < 0 || *character < 0 || *line > Most || *character > Most) {
    return std::nullopt;
  }
  return Position{static_cast<uint32_t>(*line), static_cast<uint32_t>(*character)};
}

std::optional<ProtocolRange> range_at(const json::Value& value,
                                      std::initializer_list<llvm::StringRef> path) {
  const json::Value* const found = value_at(value, path);
  if (found == nullptr) {
    return std::nullopt;
  }
  const auto start = position_at(*found, {"start"});
  const auto end = position_at(*found, {"end"});
  return start && end && *start <= *end ? std::optional(ProtocolRange{*start, *end}) : std::nullopt;
}

json::Value to_json(Position position) {
  return json::Object{{"line", position.line}, {"character", position.character}};
}

json::Value to_json(const ProtocolRange& range) {
  return json::Object{{"start", to_json(range.start)}, {"end", to_json(range.end)}};
}

std::optional<std::string> path_of_uri(std::string_view uri) {
  llvm::StringRef rest(uri.data(), uri.size());
  if (!rest.consume_front_insensitive("file://") ||
      !(rest.consume_front_insensitive("localhost") || rest.starts_with("/")) ||
      !rest.starts_with("/")) {
    return std::nullopt;
  }
  rest = rest.split('#').first.split('?').first;
  std::string path;
  for (size_t at = 0; at < rest.size(); ++at) {
    if (rest[at] != '%') {
      path += rest[at];
      continue;
    }
    const unsigned high = at + 2 <= rest.size() - 1 ? llvm::hexDigitValue(rest[at + 1]) : ~0U;
    const unsigned low = at + 2 <= rest.size() - 1 ? llvm::hexDigitValue(rest[at + 2]) : ~0U;
    // A file's name has no zero byte.
    if (high > 15 || low > 15 || (high == 0 && low == 0)) {
      return std::nullopt;
    }
    path += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return path;
}

std::optional<std::string> folder_of_uri(std::string_view uri) {
  std::optional<std::string> path = path_of_uri(uri);
  while (path && path->size() > 1 && path->ends_with('/')) {
    path->pop_back();
  }
  return path;
}

std::string uri_of_path(std::string_view path) {
  std::string uri = "file://";
  for (const char byte : path) {
    const bool is_plain = llvm::isAlnum(byte) || llvm::StringRef("/-._~").contains(byte);
    if (is_plain) {
      uri += byte;
    } else {
      uri += '%';
      uri += llvm::hexdigit(static_cast<unsigned char>(byte) >> 4U);
      uri += llvm::hexdigit(static_cast<unsigned char>(byte) & 15U);
    }
  }
  return uri;
}

}  // namespace jaa::lsp
