#include "plugin/lsp/settings.h"

#include <algorithm>

#include "plugin/lsp/protocol.h"

namespace jaa::lsp {
namespace {

namespace json = llvm::json;
using Path = std::initializer_list<llvm::StringRef>;

class Reader {
 public:
  Reader(const json::Value& value, std::vector<std::string>& problems)
      : value_(value), problems_(problems) {}

  void read(Path path, bool& flag) {
    if (const json::Value* const found = find(path)) {
      const auto given = found->getAsBoolean();
      given ? void(flag = *given) : complain(path, "true or false");
    }
  }
  void read(Path path, std::vector<std::string>& list) {
    const json::Value* const found = find(path);
    if (found == nullptr) {
      return;
    }
    std::vector<std::string> items;
    const json::Array* const array = found->getAsArray();
    for (const json::Value& item : array == nullptr ? json::Array() : *array) {
      if (const auto text = item.getAsString()) {
        items.push_back(text->str());
      }
    }
    if (array == nullptr || items.size() != array->size()) {
      complain(path, "a list of strings");
    } else {
      list = std::move(items);
    }
  }
  // Absent and null are the same: not set.
  const json::Value* find(Path path) {
    const json::Value* const found = value_at(value_, path);
    return found == nullptr || found->kind() == json::Value::Null ? nullptr : found;
  }
  void complain(Path path, const std::string& wanted) {
    std::string name = SettingsSection.str();
    for (const llvm::StringRef part : path) {
      name += "." + part.str();
    }
    problems_.push_back("`" + name + "` wants " + wanted);
  }

 private:
  const json::Value& value_;
  std::vector<std::string>& problems_;
};

}  // namespace

const json::Value* find_section(const json::Value& settings) {
  const json::Object* const object = settings.getAsObject();
  if (object == nullptr) {
    return nullptr;
  }
  if (const json::Value* const section = object->get(SettingsSection)) {
    return section->getAsObject() == nullptr ? nullptr : section;
  }
  constexpr llvm::StringLiteral Own[] = {"surface", "check", "inlayHints"};
  const bool is_section = std::any_of(std::begin(Own), std::end(Own), [object](const auto& name) {
    return object->get(name) != nullptr;
  });
  return is_section ? &settings : nullptr;
}

ClientSettings read_settings(const json::Value& value, std::vector<std::string>& problems) {
  ClientSettings settings;
  Reader reader(value, problems);
  if (const json::Value* const surface = reader.find({"surface"})) {
    const auto name = surface->getAsString();
    if (name == "flycheck") {
      settings.shows_findings = false;
    } else if (name != "lsp") {
      reader.complain({"surface"}, "\"lsp\" or \"flycheck\"");
    }
  }
  reader.read({"check", "onSave"}, settings.check_on_save);
  reader.read({"check", "allTargets"}, settings.all_targets);
  reader.read({"check", "extraArgs"}, settings.extra_arguments);
  const json::Value* const features = reader.find({"check", "features"});
  if (features != nullptr && features->getAsString() == "all") {
    settings.all_features = true;
  } else {
    reader.read({"check", "features"}, settings.features);
  }
  reader.read({"inlayHints", "enable"}, settings.inlay_hints);
  return settings;
}

std::vector<std::string> ClientSettings::check_arguments() const {
  std::vector<std::string> arguments{"check", "--workspace"};
  if (all_targets) {
    arguments.emplace_back("--all-targets");
  }
  if (all_features) {
    arguments.emplace_back("--all-features");
  }
  for (const std::string& feature : features) {
    arguments.push_back("--features=" + feature);
  }
  // One crate's error does not hide another's.
  arguments.emplace_back("--keep-going");
  arguments.insert(arguments.end(), extra_arguments.begin(), extra_arguments.end());
  return arguments;
}

}  // namespace jaa::lsp
