// The header has what a pitfall needs and changes only with a page's head; the
// texts are in the source file.
#include "tools/catalogue/generate.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include "tools/catalogue/wording.h"

namespace jaa::catalogue {

namespace {

// `text` as a C++ string literal; a long one is cut after each line.
std::string literal(llvm::StringRef text) {
  std::string result;
  llvm::raw_string_ostream out(result);
  out << '"';
  while (!text.empty()) {
    size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    out.write_escaped(text.take_front(length));
    text = text.drop_front(length);
    if (!text.empty()) out << "\"\n    \"";
  }
  out << '"';
  return result;
}

// The enumerator that a word of the head stands for.
std::string enumerator(llvm::StringRef word) {
  return std::string(1, llvm::toUpper(word.front())) + word.drop_front().str();
}

void write_type(llvm::raw_ostream& out, const Page& page) {
  out << "// " << page.title << ".\nstruct " << page.name << " {\n"
      << "  static constexpr std::string_view name = \"" << page.name << "\";\n"
      << "  static constexpr DefaultLevel level = DefaultLevel::" << enumerator(page.level) << ";\n"
      << "  static constexpr Stage stage = Stage::" << enumerator(page.stage) << ";\n"
      << "  static constexpr Fix fix = Fix::" << enumerator(page.fix) << ";\n"
      << "  static constexpr std::array<std::string_view, " << page.clippy.size() << "> clippy{";
  llvm::interleaveComma(page.clippy, out,
                        [&](const std::string& lint) { out << '"' << lint << '"'; });
  out << "};\n  static constexpr std::string_view retired_by = " << literal(page.retired_by)
      << ";\n\n";
  for (const Argument& argument : page.arguments)
    out << "  // " << argument.description << "\n  std::string " << argument.name << ";\n";
  out << "\n  [[nodiscard]] std::string message() const;\n};\n\n";
}

void write_message(llvm::raw_ostream& out, const Page& page) {
  out << "std::string " << page.name << "::message() const {\n  std::string result;\n";
  auto pieces = split_message(page.message).value_or(std::vector<std::string>());
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].empty())
      out << "  result += " << (i % 2 == 0 ? literal(pieces[i]) : pieces[i]) << ";\n";
  }
  out << "  return result;\n}\n\n";
}

}  // namespace

std::string generate_header(llvm::ArrayRef<Page> pages) {
  std::string result;
  llvm::raw_string_ostream out(result);
  out << R"(// Generated from diagnostics/*.md by tools/catalogue. Do not edit.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "diag/page_info.h"

namespace jaa::flow {
class Facts;
}

namespace jaa::diag {

)";
  for (const Page& page : pages) write_type(out, page);
  out << "}  // namespace jaa::diag\n\nnamespace jaa::pitfalls {\n\nclass Sink;\n\n";
  for (const Page& page : pages)
    out << "void " << page.name << "(const flow::Facts& facts, Sink& sink);\n";
  out << "\n// Every pitfall, in the order of `diag::pages()`.\n"
         "inline constexpr std::array<void (*)(const flow::Facts&, Sink&), "
      << pages.size() << "> all{";
  llvm::interleaveComma(pages, out, [&](const Page& page) { out << "\n    &" << page.name; });
  out << "};\n\n}  // namespace jaa::pitfalls\n";
  return result;
}

std::string generate_source(llvm::ArrayRef<Page> pages, llvm::ArrayRef<Page> guide) {
  std::string result;
  llvm::raw_string_ostream out(result);
  out << "// Generated from diagnostics/*.md by tools/catalogue. Do not edit.\n"
         "#include \"diag/catalogue.h\"\n\nnamespace jaa::diag {\n\n";
  for (const Page& page : pages) write_message(out, page);
  out << "namespace {\n\nconstexpr std::array<PageInfo, " << pages.size() << "> table{{\n";
  for (const Page& page : pages) {
    out << "    {" << page.name << "::name, " << page.name << "::level, " << page.name
        << "::stage, " << page.name << "::fix,\n    " << literal(page.title) << ",\n    "
        << literal(page.message) << ",\n    " << literal(page.text) << ",\n    " << page.name
        << "::clippy, " << page.name << "::retired_by},\n";
  }
  out << "}};\n\nconstexpr std::array<GuidePage, " << guide.size() << "> guide_table{{\n";
  for (const Page& page : guide) {
    out << "    {" << literal(page.name) << ", " << literal(page.title) << ",\n    "
        << literal(page.text) << "},\n";
  }
  out << "}};\n\n}  // namespace\n\n"
         "std::span<const PageInfo> pages() { return table; }\n"
         "std::span<const GuidePage> guide() { return guide_table; }\n\n"
         "}  // namespace jaa::diag\n";
  return result;
}

}  // namespace jaa::catalogue
