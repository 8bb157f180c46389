// What a catalogue page says of its diagnostic, as the program sees it. The
// types and the table are generated from diagnostics/*.md into
// "diag/catalogue.h"; this header holds what does not depend on the pages.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/finding.h"

namespace jaa::diag {

// The level a diagnostic has until the user sets another.
enum class DefaultLevel : uint8_t { Allow, Warning, Error };

enum class Stage : uint8_t { Preview, Stable };

// The most that a fix of this diagnostic claims: `Suggested` may change what the
// program does, `Safe` keeps it.
enum class Fix : uint8_t { None, Suggested, Safe };

// One page. Everything refers to static text.
struct PageInfo {
  std::string_view name;
  DefaultLevel level;
  Stage stage;
  Fix fix;
  // The page's title: what the pitfall is, in a few words.
  std::string_view summary;
  // The message with its placeholders, `{argument}`.
  std::string_view message;
  // What `explain` prints, in Markdown.
  std::string_view text;
  // Clippy's lints on the same matter, whose `allow` is honoured.
  std::span<const std::string_view> clippy;
  // The language feature that will make the workaround needless, if one is coming.
  std::string_view retired_by;
};

// One page of the guide: a way of writing Rust, its async form beside it.
struct GuidePage {
  std::string_view name;
  std::string_view title;
  std::string_view text;
};

// A generated type: the arguments of one diagnostic's message.
template <class T>
concept Page = requires(const T& page) {
  { T::name } -> std::convertible_to<std::string_view>;
  { T::level } -> std::convertible_to<DefaultLevel>;
  { page.message() } -> std::same_as<std::string>;
};

// Every page, by name.
[[nodiscard]] std::span<const PageInfo> pages();

// The guide, in the order in which it is read.
[[nodiscard]] std::span<const GuidePage> guide();

// The page called `name`; null when there is none.
[[nodiscard]] const PageInfo* find_page(std::string_view name);
[[nodiscard]] const GuidePage* find_guide_page(std::string_view name);

// The level of a finding. One of a diagnostic that is off by default is a
// warning: whoever asked for it wants to see it.
[[nodiscard]] base::Level finding_level(DefaultLevel level);

}  // namespace jaa::diag
