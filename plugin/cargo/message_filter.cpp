#include "plugin/cargo/message_filter.h"

#include <optional>

#include "llvm/Support/JSON.h"
#include "plugin/rustc/report.h"

namespace jaa::plugin {

namespace json = llvm::json;

namespace {

constexpr llvm::StringLiteral scope = "just_async::";

// What makes two of our messages the same: code, primary place and text. None for
// every other line.
std::optional<std::string> identity(std::string_view line) {
  // Most lines are none of ours and are not worth reading.
  if (line.find(scope) == std::string_view::npos) {
    return std::nullopt;
  }
  auto value = parse_json(line);
  if (!value) {
    llvm::consumeError(value.takeError());
    return std::nullopt;
  }
  const json::Object* const root = value->getAsObject();
  const json::Object* const message = root != nullptr ? root->getObject("message") : nullptr;
  const json::Object* const code = message != nullptr ? message->getObject("code") : nullptr;
  const llvm::StringRef name = code != nullptr ? code->getString("code").value_or("") : "";
  if (!name.starts_with(scope) || root->getString("reason") != "compiler-message") {
    return std::nullopt;
  }
  std::string text;
  llvm::raw_string_ostream out(text);
  out << json::Value(name) << json::Value(message->getString("message").value_or(""));
  if (const json::Array* const spans = message->getArray("spans")) {
    for (const json::Value& item : *spans) {
      const json::Object* const span = item.getAsObject();
      if (span != nullptr && span->getBoolean("is_primary").value_or(false)) {
        out << json::Value(span->getString("file_name").value_or(""))
            << span->getInteger("byte_start").value_or(0) << ':'
            << span->getInteger("byte_end").value_or(0);
      }
    }
  }
  return text;
}

}  // namespace

void MessageFilter::feed(std::string_view piece) {
  for (size_t end = piece.find('\n'); end != std::string_view::npos; end = piece.find('\n')) {
    const std::string_view line = piece.substr(0, end + 1);
    if (pending_.empty()) {
      pass(line);
    } else {
      pending_.append(line);
      pass(pending_);
      pending_.clear();
    }
    piece.remove_prefix(end + 1);
  }
  pending_.append(piece);
}

void MessageFilter::finish() {
  if (!pending_.empty()) {
    pass(pending_);
    pending_.clear();
  }
}

void MessageFilter::pass(std::string_view line) {
  if (auto name = identity(line); !name || seen_.insert(std::move(*name)).second) {
    sink_(line);
  }
}

}  // namespace jaa::plugin
