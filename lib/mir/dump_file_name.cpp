#include "mir/dump_file_name.h"

#include <optional>

#include "mir/lexer.h"

namespace jaa::mir {
namespace {

// Whether `text` is `1-1-000`, `-------`.
bool is_pass_number(std::string_view text) {
  bool has_dash = false;
  for (const char byte : text) {
    has_dash |= byte == '-';
    if (byte != '-' && !is_digit(byte)) {
      return false;
    }
  }
  return has_dash;
}

// What comes after `separator`'s last place in `text`, which loses both.
std::optional<std::string_view> take_last(std::string_view& text, char separator) {
  const size_t at = text.rfind(separator);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view part = text.substr(at + 1);
  text = text.substr(0, at);
  return part;
}

}  // namespace

// `CRATE.PATH[.PASS NUMBER].PASS.WHEN.mir`, from the right: what is before the last of
// these is the crate, which is a Rust name, and the path.
DumpFileName parse_dump_file_name(std::string_view file_name) {
  std::string_view text = file_name.substr(file_name.find_last_of("/\\") + 1);
  constexpr std::string_view Extension = ".mir";
  if (!text.ends_with(Extension)) {
    return {};
  }
  text.remove_suffix(Extension.size());
  const auto when = take_last(text, '.');
  const auto pass = take_last(text, '.');
  if (!when || !pass || pass->empty() ||
      (*when != "before" && *when != "after" && !parse_number(*when))) {
    return {};
  }
  if (const size_t dot = text.rfind('.');
      dot != std::string_view::npos && is_pass_number(text.substr(dot + 1))) {
    text = text.substr(0, dot);
  }
  const size_t dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) {
    return {};
  }
  DumpFileName name;
  name.crate = text.substr(0, dot);
  name.pass = *pass;
  name.is_after = *when != "before";
  for (const char byte : text.substr(dot + 1)) {
    name.definition_path += byte == '-' ? std::string_view("::") : std::string_view(&byte, 1);
  }
  return name;
}

}  // namespace jaa::mir
