// One line of `cargo --message-format=json`.

#include "llvm/ADT/StringSwitch.h"
#include "rustc/fields.h"
#include "rustc/read_diagnostic.h"

namespace jaa::rustc {
namespace {

CargoMessage::Reason reason_from(std::string_view name) {
  using Reason = CargoMessage::Reason;
  return llvm::StringSwitch<Reason>(name)
      .Case("compiler-message", Reason::CompilerMessage)
      .Case("compiler-artifact", Reason::CompilerArtifact)
      .Case("build-finished", Reason::BuildFinished)
      .Default(Reason::Other);
}

}  // namespace

std::optional<CargoMessage> read_cargo_line(std::string_view line, std::string* problem) {
  std::string what;
  std::string& noted = problem == nullptr ? what : *problem;
  noted.clear();
  const auto object = parse_object(line, noted);
  if (!object) {
    return std::nullopt;
  }
  const Fields fields(*object, noted);
  const auto reason = fields.maybe_text("reason");
  if (!reason) {
    fields.complain("expected a cargo message, found an object without `reason`");
    return std::nullopt;
  }
  CargoMessage message;
  message.reason = reason_from(*reason);
  message.package_id = fields.maybe_text("package_id").value_or(std::string());
  message.manifest_path = fields.maybe_text("manifest_path").value_or(std::string());
  if (const auto* target = fields.object("target", false)) {
    const Fields of_target(*target, noted);
    message.target_name = of_target.text("name");
    message.src_path = of_target.text("src_path");
    message.target_kinds = of_target.texts("kind");
  }
  switch (message.reason) {
    case CargoMessage::Reason::CompilerMessage:
      if (const auto* diagnostic = fields.object("message", true)) {
        message.diagnostic = diagnostic_from(*diagnostic, noted);
      }
      break;
    case CargoMessage::Reason::CompilerArtifact:
      if (const auto* profile = fields.object("profile", true)) {
        message.is_test = Fields(*profile, noted).flag("test");
      }
      message.fresh = fields.flag("fresh");
      message.filenames = fields.texts("filenames");
      break;
    case CargoMessage::Reason::BuildFinished:
      message.success = fields.flag("success");
      break;
    case CargoMessage::Reason::Other:
      break;
  }
  return message;
}

}  // namespace jaa::rustc
