#include "rustc/fields.h"

#include <limits>

#include "llvm/Support/ConvertUTF.h"

namespace jaa::rustc {
namespace {

using Json = nlohmann::json;

constexpr size_t MaxLineBytes = size_t{64} << 20U;
// Real messages nest about ten brackets deep.
constexpr size_t MaxNesting = 512;

// The deepest nesting of brackets outside strings, up to `limit`.
bool nests_deeper_than(std::string_view line, size_t limit) {
  size_t depth = 0;
  bool in_string = false;
  for (size_t at = 0; at < line.size(); ++at) {
    const char byte = line[at];
    if (in_string) {
      if (byte == '\\') {
        ++at;
      } else if (byte == '"') {
        in_string = false;
      }
    } else if (byte == '"') {
      in_string = true;
    } else if (byte == '{' || byte == '[') {
      if (++depth > limit) {
        return true;
      }
    } else if ((byte == '}' || byte == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

// The line with each byte that is not part of valid UTF-8 replaced by U+FFFD;
// none when nothing had to be replaced.
std::optional<std::string> mend_utf8(std::string_view line) {
  const auto* next = reinterpret_cast<const llvm::UTF8*>(line.data());
  const llvm::UTF8* const end = next + line.size();
  if (llvm::isLegalUTF8String(&next, end)) {
    return std::nullopt;
  }
  std::string mended;
  mended.reserve(line.size() + 16);
  next = reinterpret_cast<const llvm::UTF8*>(line.data());
  while (next < end) {
    const unsigned length = llvm::getNumBytesForUTF8(*next);
    if (length <= static_cast<size_t>(end - next) &&
        llvm::isLegalUTF8Sequence(next, next + length)) {
      mended.append(reinterpret_cast<const char*>(next), length);
      next += length;
    } else {
      mended.append("\xEF\xBF\xBD");
      ++next;
    }
  }
  return mended;
}

}  // namespace

std::optional<Json> parse_object(std::string_view line, std::string& problem) {
  if (line.size() > MaxLineBytes) {
    problem = "line of " + std::to_string(line.size()) + " bytes refused, expected at most " +
              std::to_string(MaxLineBytes);
    return std::nullopt;
  }
  // Most lines that are not messages are plain text: they need no parser.
  const size_t first = line.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || line[first] != '{') {
    problem = "expected a JSON object, found other text";
    return std::nullopt;
  }
  if (nests_deeper_than(line, MaxNesting)) {
    problem = "JSON nested deeper than " + std::to_string(MaxNesting) + " levels refused";
    return std::nullopt;
  }
  const std::optional<std::string> mended = mend_utf8(line);
  const std::string_view valid = mended ? std::string_view(*mended) : line;
  Json parsed = Json::parse(valid.begin(), valid.end(), nullptr, false);
  if (!parsed.is_object()) {
    problem = "expected a JSON object, found malformed JSON";
    return std::nullopt;
  }
  if (mended) {
    problem = "invalid UTF-8 replaced";
  }
  return parsed;
}

const Json* Fields::find(const char* name) const {
  if (!object_.is_object()) {
    return nullptr;
  }
  const auto found = object_.find(name);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

void Fields::complain(std::string_view what) const {
  if (problem_.empty()) {
    problem_ = what;
  }
}

std::optional<std::string> Fields::maybe_text(const char* name) const {
  const Json* field = find(name);
  if (field == nullptr) {
    return std::nullopt;
  }
  const auto* text = field->get_ptr<const std::string*>();
  if (text == nullptr) {
    complain("field `" + std::string(name) + "`: expected a string, found " + field->type_name());
    return std::nullopt;
  }
  return *text;
}

std::string Fields::text(const char* name) const {
  if (find(name) == nullptr) {
    complain("field `" + std::string(name) + "` is missing");
  }
  return maybe_text(name).value_or(std::string());
}

uint32_t Fields::number(const char* name) const {
  const Json* field = find(name);
  const auto* value = field == nullptr ? nullptr : field->get_ptr<const Json::number_unsigned_t*>();
  if (value == nullptr || *value > std::numeric_limits<uint32_t>::max()) {
    complain("field `" + std::string(name) + "`: expected a number of 32 bits");
    return 0;
  }
  return static_cast<uint32_t>(*value);
}

bool Fields::flag(const char* name) const {
  const Json* field = find(name);
  const auto* value = field == nullptr ? nullptr : field->get_ptr<const Json::boolean_t*>();
  if (value == nullptr) {
    complain("field `" + std::string(name) + "`: expected true or false");
    return false;
  }
  return *value;
}

const Json* Fields::object(const char* name, bool required) const {
  const Json* field = find(name);
  if (field == nullptr ? required : !field->is_object()) {
    complain("field `" + std::string(name) + "`: expected an object");
  }
  return field != nullptr && field->is_object() ? field : nullptr;
}

const Json* Fields::array(const char* name, bool required) const {
  const Json* field = find(name);
  if (field == nullptr ? required : !field->is_array()) {
    complain("field `" + std::string(name) + "`: expected an array");
  }
  return field != nullptr && field->is_array() ? field : nullptr;
}

std::vector<std::string> Fields::texts(const char* name) const {
  std::vector<std::string> result;
  if (const Json* elements = array(name, false)) {
    for (const Json& element : *elements) {
      if (const auto* text = element.get_ptr<const std::string*>()) {
        result.push_back(*text);
      }
    }
  }
  return result;
}

}  // namespace jaa::rustc
