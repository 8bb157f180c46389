// Checked access to the fields of a JSON object.
//
// nlohmann/json is built without exceptions here, so a wrong `get<>` would end
// the process. Everything read from a message goes through a `Fields`, which
// answers a default and notes a problem when a field is missing or of another
// type. Private to the readers of this layer.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace jaa::rustc {

// Refuses what could not be handled in bounded memory and time, mends invalid
// UTF-8, and parses. None, with `problem` set, when the line is not a JSON
// object. A mended line sets `problem` as well.
[[nodiscard]] std::optional<nlohmann::json> parse_object(std::string_view line,
                                                         std::string& problem);

// A view of one object; refers to the value and to the problem text, which keeps
// the first thing that was wrong.
class Fields {
 public:
  Fields(const nlohmann::json& object, std::string& problem) : object_(object), problem_(problem) {}

  // A field that must be there.
  [[nodiscard]] std::string text(const char* name) const;
  [[nodiscard]] uint32_t number(const char* name) const;
  [[nodiscard]] bool flag(const char* name) const;
  // A field that may be missing or null.
  [[nodiscard]] std::optional<std::string> maybe_text(const char* name) const;
  // The object or array of that name; null when there is none. `required` says
  // whether its absence is a problem.
  [[nodiscard]] const nlohmann::json* object(const char* name, bool required) const;
  [[nodiscard]] const nlohmann::json* array(const char* name, bool required) const;
  // An array's elements that are strings.
  [[nodiscard]] std::vector<std::string> texts(const char* name) const;

  void complain(std::string_view what) const;

 private:
  [[nodiscard]] const nlohmann::json* find(const char* name) const;

  const nlohmann::json& object_;
  std::string& problem_;
};

}  // namespace jaa::rustc
