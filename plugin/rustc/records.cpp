#include "plugin/rustc/records.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {
namespace {

std::optional<std::string> bytes_from_json(const llvm::json::Value& value) {
  if (const std::optional<llvm::StringRef> text = value.getAsString()) return text->str();
  const llvm::json::Object* object = value.getAsObject();
  if (object == nullptr) return std::nullopt;
  const std::optional<llvm::StringRef> hex = object->getString("hex");
  std::string bytes;
  if (!hex || !llvm::tryGetFromHex(*hex, bytes)) return std::nullopt;
  return bytes;
}

// How deeply brackets nest, those in strings left out.
size_t nesting(llvm::StringRef text) {
  size_t depth = 0;
  size_t deepest = 0;
  bool is_in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_in_string) {
      if (c == '\\') ++i;
      is_in_string = c != '"';
    } else if (c == '"') {
      is_in_string = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

// Variables and arguments end at a NUL in the system; one inside is damage.
bool has_nul(const std::string& text) {
  return text.find('\0') != std::string::npos;
}

}  // namespace

llvm::Expected<llvm::json::Value> parse_json(llvm::StringRef text) {
  constexpr size_t MaxNesting = 100;
  if (nesting(text) > MaxNesting) return sentence("JSON that nests too deeply");
  return llvm::json::parse(text);
}

llvm::json::Value bytes_to_json(const std::string& bytes) {
  if (llvm::json::isUTF8(bytes)) return bytes;
  return llvm::json::Object{{"hex", llvm::toHex(bytes)}};
}

llvm::json::Value bytes_to_json(const std::vector<std::string>& list) {
  llvm::json::Array array;
  for (const std::string& bytes : list) array.push_back(bytes_to_json(bytes));
  return array;
}

llvm::Expected<RecordReader> RecordReader::parse(const std::string& text, const std::string& path) {
  llvm::Expected<llvm::json::Value> value = parse_json(text);
  if (!value) return sentence(path + ": " + llvm::toString(value.takeError()));
  if (value->getAsObject() == nullptr) return sentence(path + ": expected a JSON object");
  return RecordReader(std::move(*value), path);
}

void RecordReader::expect(llvm::StringRef name, llvm::StringRef shape) {
  if (problem_.empty()) problem_ = (path_ + ": expected `" + name + "` to be " + shape).str();
}

std::string RecordReader::bytes(llvm::StringRef name) {
  const llvm::json::Value* member = value_.getAsObject()->get(name);
  std::optional<std::string> bytes;
  if (member != nullptr) bytes = bytes_from_json(*member);
  if (!bytes || has_nul(*bytes)) {
    expect(name, "a string");
    return {};
  }
  return *bytes;
}

std::vector<std::string> RecordReader::list(llvm::StringRef name) {
  std::vector<std::string> result;
  const llvm::json::Array* array = value_.getAsObject()->getArray(name);
  if (array == nullptr) {
    expect(name, "a list of strings");
    return result;
  }
  for (const llvm::json::Value& element : *array) {
    std::optional<std::string> bytes = bytes_from_json(element);
    if (!bytes || has_nul(*bytes)) {
      expect(name, "a list of strings");
      return {};
    }
    result.push_back(std::move(*bytes));
  }
  return result;
}

bool RecordReader::flag(llvm::StringRef name) {
  const std::optional<bool> value = value_.getAsObject()->getBoolean(name);
  if (!value) expect(name, "true or false");
  return value.value_or(false);
}

std::vector<RecordReader> RecordReader::records(llvm::StringRef name) {
  std::vector<RecordReader> result;
  const llvm::json::Array* array = value_.getAsObject()->getArray(name);
  if (array == nullptr) {
    expect(name, "a list of objects");
    return result;
  }
  for (const llvm::json::Value& element : *array) {
    if (element.getAsObject() == nullptr) {
      expect(name, "a list of objects");
      return {};
    }
    result.push_back(RecordReader(element, path_));
  }
  return result;
}

llvm::Error RecordReader::finish() const {
  if (problem_.empty()) return llvm::Error::success();
  return sentence(problem_);
}

llvm::Error write_unit_record(const std::string& directory, const Unit& unit) {
  if (llvm::Error error = make_directories(directory)) return error;
  const llvm::json::Value record = llvm::json::Object{{"argv", bytes_to_json(unit.argv)},
                                                      {"cwd", bytes_to_json(unit.cwd)},
                                                      {"env", bytes_to_json(unit.env)}};
  return write_file_atomically(directory + "/" + unit_key(unit) + ".json",
                               llvm::formatv("{0:2}\n", record).str());
}

llvm::Expected<Unit> read_unit_record(const std::string& path) {
  llvm::Expected<std::string> text = read_file(path);
  if (!text) return text.takeError();
  llvm::Expected<RecordReader> reader = RecordReader::parse(*text, path);
  if (!reader) return reader.takeError();
  Unit unit{.argv = reader->list("argv"), .cwd = reader->bytes("cwd"), .env = reader->list("env")};
  if (llvm::Error error = reader->finish()) return error;
  if (unit.argv.empty()) return sentence(path + ": expected `argv` to name a compiler");
  return unit;
}

std::vector<Unit> read_unit_records(const std::string& directory) {
  std::vector<std::string> paths;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(directory, code), end; it != end && !code;
       it.increment(code)) {
    if (llvm::sys::path::extension(it->path()) == ".json") paths.push_back(it->path());
  }
  std::ranges::sort(paths);
  std::vector<Unit> units;
  for (const std::string& path : paths) {
    if (llvm::Expected<Unit> unit = read_unit_record(path)) {
      units.push_back(std::move(*unit));
    } else {
      llvm::consumeError(unit.takeError());
    }
  }
  return units;
}

}  // namespace jaa::plugin
