#include "plugin/cargo/explain.h"

#include <algorithm>
#include <string>

#include "diag/catalogue.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"
#include "plugin/cargo/arguments.h"
#include "plugin/cargo/lint_names.h"

namespace jaa::plugin {

namespace {

std::string_view level_word(diag::DefaultLevel level) {
  switch (level) {
    case diag::DefaultLevel::Allow:
      return "allow";
    case diag::DefaultLevel::Warning:
      return "warn";
    case diag::DefaultLevel::Error:
      return "error";
  }
  return "";
}

void print_list(const Console& console) {
  size_t width = 0;
  for (const diag::PageInfo& page : diag::pages()) {
    width = std::max(width, page.name.size());
  }
  for (const diag::PageInfo& page : diag::pages()) {
    console.out << llvm::left_justify(page.name, static_cast<unsigned>(width)) << "  "
                << llvm::left_justify(level_word(page.level), 5) << "  " << page.summary << '\n';
  }
  console.out << "\nThe guide, from sync to async:\n";
  for (const diag::GuidePage& page : diag::guide()) {
    console.out << llvm::left_justify(page.name, static_cast<unsigned>(width)) << "  " << page.title
                << '\n';
  }
  console.out << "\n`cargo async explain NAME` prints the page of one.\n";
}

void print_page(const diag::PageInfo& page, const Console& console) {
  console.out << "just_async::" << page.name << ": " << page.summary << '\n'
              << "level: " << level_word(page.level)
              << (page.stage == diag::Stage::Preview ? " (preview)" : "") << "\n\n"
              << page.text;
  if (!page.text.ends_with('\n')) {
    console.out << '\n';
  }
}

}  // namespace

int explain(std::string_view name, const Console& console) {
  if (name.empty()) {
    print_list(console);
    return 0;
  }
  const std::string lint = unscoped_lint(name).value_or(std::string(name));
  if (const diag::PageInfo* const page = diag::find_page(lint)) {
    print_page(*page, console);
    return 0;
  }
  if (const diag::GuidePage* const page = diag::find_guide_page(name)) {
    console.out << page->text << (page->text.ends_with('\n') ? "" : "\n");
    return 0;
  }
  std::string text = "there is no page called `" + std::string(name) + "`";
  const char* separator = "; close to it: ";
  for (const std::string_view close : close_names(lint)) {
    text += separator + ("`" + std::string(close) + "`");
    separator = ", ";
  }
  console.error(text + "; `cargo async explain` lists all");
  return 1;
}

}  // namespace jaa::plugin
