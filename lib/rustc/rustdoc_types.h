// rustdoc's types, bounds and generics as text in MIR's syntax. Private to the reader.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "rustc/rustdoc.h"

namespace jaa::rustc {

// A member of an object; null where there is none.
[[nodiscard]] const nlohmann::json& member(const nlohmann::json& object, const char* name);
// Text; empty where it is none.
[[nodiscard]] std::string text_of(const nlohmann::json& value);
// An id, as the key of `index` and `paths`.
[[nodiscard]] std::string id_of(const nlohmann::json& value);

// Writes types with the paths of one file. The depth of what it writes is that of the
// JSON, which its parser has bounded.
class RustdocTypes {
 public:
  // `paths` is the file's own table of them; both live longer than this.
  RustdocTypes(const nlohmann::json& paths, size_t& skipped) : paths_(paths), skipped_(skipped) {}

  // The path of an item's definition; empty if the file does not tell.
  [[nodiscard]] std::string path(const nlohmann::json& id) const;
  // A macro, which may share its name with a type.
  [[nodiscard]] bool is_macro(const nlohmann::json& id) const;
  [[nodiscard]] std::string type(const nlohmann::json& type) const;
  // Those that are traits, with their arguments.
  [[nodiscard]] std::vector<std::string> bounds(const nlohmann::json& bounds) const;
  [[nodiscard]] std::string trait(const nlohmann::json& trait) const;
  [[nodiscard]] RustdocGenerics generics(const nlohmann::json& generics) const;

 private:
  [[nodiscard]] std::string arguments(const nlohmann::json& arguments) const;
  [[nodiscard]] std::string angle_arguments(const nlohmann::json& arguments) const;
  [[nodiscard]] std::string pointer(const nlohmann::json& pointer, const char* shared,
                                    const char* unique) const;
  [[nodiscard]] std::string function_pointer(const nlohmann::json& pointer) const;
  [[nodiscard]] std::string projection(const nlohmann::json& path) const;
  [[nodiscard]] std::string joined(const nlohmann::json& types, const char* separator) const;

  const nlohmann::json& paths_;
  size_t& skipped_;
};

}  // namespace jaa::rustc
