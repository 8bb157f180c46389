#include "plugin/cargo/round_messages.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

namespace jaa::plugin {

namespace json = llvm::json;

namespace {

// The package and the target that a message of cargo's is about.
std::string target_of(const json::Object& root) {
  std::string name = root.getString("package_id").value_or("").str();
  if (const json::Object* const target = root.getObject("target")) {
    name += '\n' + target->getString("name").value_or("").str();
    name += '\n' + target->getString("src_path").value_or("").str();
  }
  return name;
}

// "aborting due to 2 previous errors" has no place.
bool has_place(const json::Object& message) {
  const json::Array* const spans = message.getArray("spans");
  return spans != nullptr && !spans->empty();
}

}  // namespace

CargoFormat::CargoFormat(const Arguments& arguments, bool color) {
  const auto mentions = [&arguments](llvm::StringRef word) {
    return llvm::any_of(arguments.message_formats, [word](const std::string& value) {
      return llvm::StringRef(value).lower().find(word) != std::string::npos;
    });
  };
  is_json = arguments.has_json_messages() && !mentions("json-render-diagnostics");
  values = is_json             ? arguments.message_formats
           : mentions("short") ? std::vector<std::string>{"json-diagnostic-short"}
           : color             ? std::vector<std::string>{"json-diagnostic-rendered-ansi"}
                               : std::vector<std::string>{"json"};
}

void RoundMessages::add(std::string_view line) {
  if (keep_lines_) {
    lines_.append(line);
  }
  auto value = parse_json(line);
  if (!value) {
    llvm::consumeError(value.takeError());
    return;
  }
  const json::Object* const root = value->getAsObject();
  const json::Object* const message = root != nullptr ? root->getObject("message") : nullptr;
  const std::string reason = root != nullptr ? root->getString("reason").value_or("").str() : "";
  if (reason == "compiler-message" || reason == "compiler-artifact") {
    errors_[target_of(*root)];
  }
  if (message == nullptr || reason != "compiler-message") {
    return;
  }
  const json::Object* const ours = message->getObject("just_async");
  const json::Value* const own = ours != nullptr ? ours->get("report") : nullptr;
  if (own != nullptr) {
    auto finding = report_from_json(*own);
    if (finding) {
      finding->rendered = message->getString("rendered").value_or("").str();
      findings_.push_back(std::move(*finding));
    } else {
      // Left by another version of this program; the unit then has no fix to offer.
      llvm::consumeError(finding.takeError());
    }
  }
  if (own == nullptr) {
    if (auto said = rustc::read_cargo_line(line); said && said->diagnostic) {
      diagnostics_.push_back(std::move(*said->diagnostic));
    }
  }
  const bool is_error = message->getString("level").value_or("").starts_with("error");
  std::string text = message->getString("rendered").value_or("").str();
  if (is_error && own == nullptr && has_place(*message)) {
    errors_[target_of(*root)].insert(text);
  }
  if (text.empty() || !seen_.insert(text).second) {
    return;
  }
  if (on_text_) {
    on_text_(text);
  }
  if (own != nullptr || is_error) {
    rendered_.push_back(std::move(text));
  }
}

}  // namespace jaa::plugin
