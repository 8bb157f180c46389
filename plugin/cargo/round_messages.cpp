#include "plugin/cargo/round_messages.h"

#include "llvm/Support/JSON.h"

namespace jaa::plugin {

namespace json = llvm::json;

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
  if (message == nullptr || root->getString("reason") != "compiler-message") {
    return;
  }
  const json::Object* const ours = message->getObject("just_async");
  const json::Value* const own = ours != nullptr ? ours->get("report") : nullptr;
  if (own != nullptr) {
    auto finding = report_from_json(*own);
    if (finding) {
      findings_.push_back(std::move(*finding));
    } else {
      // Left by another version of this program; the unit then has no fix to offer.
      llvm::consumeError(finding.takeError());
    }
  }
  const bool is_error = message->getString("level").value_or("").starts_with("error");
  std::string text = message->getString("rendered").value_or("").str();
  if ((own != nullptr || is_error) && !text.empty() && seen_.insert(text).second) {
    rendered_.push_back(std::move(text));
  }
}

}  // namespace jaa::plugin
