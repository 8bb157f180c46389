#include "rustc/rustdoc_types.h"

#include "llvm/ADT/StringExtras.h"

namespace jaa::rustc {

using Json = nlohmann::json;

const Json& member(const Json& object, const char* name) {
  static const Json null;
  if (!object.is_object()) {
    return null;
  }
  const auto found = object.find(name);
  return found == object.end() ? null : *found;
}

std::string text_of(const Json& value) {
  const auto* text = value.get_ptr<const Json::string_t*>();
  return text == nullptr ? std::string() : *text;
}

std::string id_of(const Json& value) {
  const auto* number = value.get_ptr<const Json::number_unsigned_t*>();
  return number == nullptr ? std::string() : std::to_string(*number);
}

std::string RustdocTypes::path(const Json& id) const {
  const Json& segments = member(member(paths_, id_of(id).c_str()), "path");
  std::string path;
  for (const Json& segment : segments.is_array() ? segments : Json::array()) {
    path += (path.empty() ? "" : "::") + text_of(segment);
  }
  return path;
}

bool RustdocTypes::is_macro(const Json& id) const {
  const std::string kind = text_of(member(member(paths_, id_of(id).c_str()), "kind"));
  return kind == "macro" || kind.starts_with("proc_");
}

std::string RustdocTypes::joined(const Json& types, const char* separator) const {
  std::string text;
  for (const Json& one : types.is_array() ? types : Json::array()) {
    text += (text.empty() ? "" : separator) + type(one);
  }
  return text;
}

std::string RustdocTypes::pointer(const Json& pointer, const char* shared,
                                  const char* unique) const {
  const Json& is_mutable = member(pointer, "is_mutable");
  const bool is_unique = is_mutable.is_boolean() && is_mutable == true;
  const Json& pointee = member(pointer, "type");
  const std::string text = type(pointee);
  // `&(A + B)`
  const bool is_sum = (pointee.contains("dyn_trait") || pointee.contains("impl_trait")) &&
                      text.find(" + ") != std::string::npos;
  return (is_unique ? unique : shared) + (is_sum ? "(" + text + ")" : text);
}

std::string RustdocTypes::function_pointer(const Json& pointer) const {
  const Json& signature = member(pointer, "sig");
  const Json& inputs = member(signature, "inputs");
  std::string text = "fn(";
  for (const Json& input : inputs.is_array() ? inputs : Json::array()) {
    if (input.is_array() && input.size() == 2) {
      text += (text.back() == '(' ? "" : ", ") + type(input[1]);
    }
  }
  text += ")";
  const Json& output = member(signature, "output");
  return output.is_null() ? text : text + " -> " + type(output);
}

std::string RustdocTypes::projection(const Json& path) const {
  const Json& trait_path = member(path, "trait");
  const std::string self = type(member(path, "self_type"));
  const std::string name = text_of(member(path, "name")) + arguments(member(path, "args"));
  const std::string of = trait_path.is_object() ? trait(trait_path) : "";
  return of.empty() ? "<" + self + ">::" + name : "<" + self + " as " + of + ">::" + name;
}

std::string RustdocTypes::type(const Json& type_of_one_kind) const {
  if (!type_of_one_kind.is_object() || type_of_one_kind.empty()) {
    // `"infer"`
    return "_";
  }
  const std::string& kind = type_of_one_kind.begin().key();
  const Json& value = type_of_one_kind.begin().value();
  if (kind == "resolved_path") {
    return trait(value);
  }
  if (kind == "generic" || kind == "primitive") {
    return text_of(value) == "never" ? "!" : text_of(value);
  }
  if (kind == "borrowed_ref") {
    return pointer(value, "&", "&mut ");
  }
  if (kind == "raw_pointer") {
    return pointer(value, "*const ", "*mut ");
  }
  if (kind == "tuple") {
    return "(" + joined(value, ", ") + (value.size() == 1 ? ",)" : ")");
  }
  if (kind == "slice") {
    return "[" + type(value) + "]";
  }
  if (kind == "array") {
    return "[" + type(member(value, "type")) + "; " + text_of(member(value, "len")) + "]";
  }
  if (kind == "function_pointer") {
    return function_pointer(value);
  }
  if (kind == "qualified_path") {
    return projection(value);
  }
  if (kind == "impl_trait") {
    return "impl " + llvm::join(bounds(value), " + ");
  }
  if (kind == "dyn_trait") {
    std::string text;
    const Json& traits = member(value, "traits");
    for (const Json& one : traits.is_array() ? traits : Json::array()) {
      text += (text.empty() ? "" : " + ") + trait(member(one, "trait"));
    }
    return "dyn " + text;
  }
  ++skipped_;
  return "_";
}

std::string RustdocTypes::angle_arguments(const Json& angle) const {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  const Json& args = member(angle, "args");
  for (const Json& argument : args.is_array() ? args : Json::array()) {
    if (argument.contains("type")) {
      add(type(argument["type"]));
    } else if (argument.contains("const")) {
      add(text_of(member(argument["const"], "expr")));
    } else if (!argument.contains("lifetime")) {
      add("_");
    }
  }
  const Json& constraints = member(angle, "constraints");
  for (const Json& constraint : constraints.is_array() ? constraints : Json::array()) {
    const std::string name =
        text_of(member(constraint, "name")) + arguments(member(constraint, "args"));
    const Json& binding = member(constraint, "binding");
    const Json& value = member(member(binding, "equality"), "type");
    if (!value.is_null()) {
      add(name + " = " + type(value));
    } else if (binding.contains("constraint")) {
      add(name + ": " + llvm::join(bounds(binding["constraint"]), " + "));
    } else {
      ++skipped_;
    }
  }
  return text.empty() ? text : "<" + text + ">";
}

std::string RustdocTypes::arguments(const Json& arguments_of_one_kind) const {
  if (const Json& angle = member(arguments_of_one_kind, "angle_bracketed"); !angle.is_null()) {
    return angle_arguments(angle);
  }
  if (const Json& call = member(arguments_of_one_kind, "parenthesized"); !call.is_null()) {
    const Json& output = member(call, "output");
    return "(" + joined(member(call, "inputs"), ", ") + ")" +
           (output.is_null() ? "" : " -> " + type(output));
  }
  return "";
}

std::string RustdocTypes::trait(const Json& named) const {
  std::string name = path(member(named, "id"));
  if (name.empty()) {
    name = text_of(member(named, "path"));
  }
  return name.empty() ? name : name + arguments(member(named, "args"));
}

std::vector<std::string> RustdocTypes::bounds(const Json& bounds) const {
  std::vector<std::string> texts;
  for (const Json& bound : bounds.is_array() ? bounds : Json::array()) {
    const Json& of_trait = member(bound, "trait_bound");
    if (of_trait.is_null()) {
      // Lifetimes, and what an opaque type captures.
      skipped_ += !bound.contains("outlives") && !bound.contains("use");
    } else if (text_of(member(of_trait, "modifier")) != "maybe") {
      texts.push_back(trait(member(of_trait, "trait")));
    }
  }
  return texts;
}

RustdocGenerics RustdocTypes::generics(const Json& generics) const {
  RustdocGenerics result;
  const auto add = [&result](std::string subject, std::vector<std::string> bounds) {
    if (!bounds.empty()) {
      result.predicates.push_back({std::move(subject), std::move(bounds)});
    }
  };
  const Json& params = member(generics, "params");
  for (const Json& param : params.is_array() ? params : Json::array()) {
    const Json& kind = member(param, "kind");
    const std::string name = text_of(member(param, "name"));
    if (kind.contains("type")) {
      const Json& fallback = member(kind["type"], "default");
      result.params.push_back(name);
      result.defaults.push_back(fallback.is_null() ? "" : type(fallback));
      add(name, bounds(member(kind["type"], "bounds")));
    } else if (kind.contains("const")) {
      result.params.push_back(name);
      result.constants.push_back(name);
      result.defaults.push_back(text_of(member(kind["const"], "default")));
    }
  }
  const Json& where = member(generics, "where_predicates");
  for (const Json& predicate : where.is_array() ? where : Json::array()) {
    if (const Json& bound = member(predicate, "bound_predicate"); !bound.is_null()) {
      add(type(member(bound, "type")), bounds(member(bound, "bounds")));
    } else {
      skipped_ += !predicate.contains("lifetime_predicate");
    }
  }
  return result;
}

}  // namespace jaa::rustc
