#include "rustc/rustdoc.h"

#include <algorithm>

#include "rustc/fields.h"
#include "rustc/rustdoc_types.h"

namespace jaa::rustc {
namespace {

using Json = nlohmann::json;

constexpr unsigned KnownVersion = 57;

bool is_true(const Json& value) {
  return value.is_boolean() && value == true;
}

uint32_t number_in(const Json& pair, size_t at) {
  const auto* number = pair.is_array() && pair.size() == 2
                           ? pair[at].get_ptr<const Json::number_unsigned_t*>()
                           : nullptr;
  return number == nullptr ? 0 : static_cast<uint32_t>(*number);
}

RustdocSpan span_of(const Json& item) {
  const Json& span = member(item, "span");
  const Json& begin = member(span, "begin");
  const Json& end = member(span, "end");
  return {text_of(member(span, "filename")), number_in(begin, 0), number_in(begin, 1),
          number_in(end, 0), number_in(end, 1)};
}

// Puts the items of one file into its table.
class Reader {
 public:
  explicit Reader(const Json& file)
      : index_(member(file, "index")), types_(member(file, "paths"), table_.skipped) {}

  RustdocTable read(const Json& file) {
    const Json& root = member(index_, id_of(member(file, "root")).c_str());
    table_.crate = text_of(member(root, "name"));
    table_.version = text_of(member(file, "crate_version"));
    for (const auto& item : index_.items()) {
      read_item(item.value());
    }
    return std::move(table_);
  }

 private:
  [[nodiscard]] const Json& item(const Json& id) const { return member(index_, id_of(id).c_str()); }
  [[nodiscard]] const Json& inner(const Json& item, const char* kind) const {
    return member(member(item, "inner"), kind);
  }

  void read_item(const Json& item) {
    const Json& kinds = member(item, "inner");
    if (!kinds.is_object() || kinds.empty()) {
      ++table_.skipped;
      return;
    }
    const std::string& kind = kinds.begin().key();
    const Json& value = kinds.begin().value();
    if (kind == "struct" || kind == "enum" || kind == "union") {
      read_type(item, value);
    } else if (kind == "impl") {
      read_impl(item, value);
    } else if (kind == "trait") {
      read_trait(item, value);
    } else if (kind == "module") {
      read_module(item, value);
    } else if (kind == "type_alias") {
      table_.aliases.push_back({types_.path(member(item, "id")),
                                types_.generics(member(value, "generics")).params,
                                types_.type(member(value, "type"))});
    } else if (kind == "function") {
      // Those of impls and traits are read with these.
      if (std::string path = types_.path(member(item, "id")); !path.empty()) {
        read_function(item, value, std::move(path));
      }
    }
  }

  void read_fields(const Json& ids, RustdocType& type) {
    for (const Json& id : ids.is_array() ? ids : Json::array()) {
      const Json& field = item(id);
      const Json& of = inner(field, "struct_field");
      if (of.is_null()) {
        // A private field of a tuple, if these are not documented.
        type.has_all_fields = false;
      } else {
        type.fields.push_back({text_of(member(field, "name")), types_.type(of)});
      }
    }
  }

  void read_kind(const Json& kind, RustdocType& type) {
    if (!kind.is_object()) {
      return;  // `"unit"`, `"plain"`
    }
    read_fields(member(kind, "tuple"), type);
    for (const char* name : {"plain", "struct"}) {
      const Json& braces = member(kind, name);
      read_fields(member(braces, "fields"), type);
      type.has_all_fields &= !is_true(member(braces, "has_stripped_fields"));
    }
  }

  void read_type(const Json& item, const Json& value) {
    RustdocType type;
    type.path = types_.path(member(item, "id"));
    type.generics = types_.generics(member(value, "generics"));
    read_kind(member(value, "kind"), type);
    read_fields(member(value, "fields"), type);
    type.has_all_fields &= !is_true(member(value, "has_stripped_fields")) &&
                           !is_true(member(value, "has_stripped_variants"));
    const Json& variants = member(value, "variants");
    for (const Json& id : variants.is_array() ? variants : Json::array()) {
      read_kind(member(inner(this->item(id), "variant"), "kind"), type);
    }
    table_.types.push_back(std::move(type));
  }

  void read_impl(const Json& item, const Json& value) {
    RustdocImpl impl;
    const Json& trait = member(value, "trait");
    impl.trait = trait.is_object() ? types_.trait(trait) : "";
    impl.is_synthetic = is_true(member(value, "is_synthetic"));
    const bool is_auto = impl.trait == "core::marker::Send" || impl.trait == "core::marker::Sync";
    const Json& attributes = member(item, "attrs");
    const bool is_derived =
        attributes.is_array() && std::find(attributes.begin(), attributes.end(),
                                           "automatically_derived") != attributes.end();
    if (!member(value, "blanket_impl").is_null() ||
        (!is_auto && (impl.is_synthetic || is_derived || member(value, "items").empty()))) {
      return;
    }
    impl.self_type = types_.type(member(value, "for"));
    impl.generics = types_.generics(member(value, "generics"));
    impl.span = span_of(item);
    impl.is_negative = is_true(member(value, "is_negative"));
    const size_t index = table_.impls.size();
    const Json& ids = member(value, "items");
    for (const Json& id : ids.is_array() ? ids : Json::array()) {
      const Json& part = this->item(id);
      if (const Json& type = inner(part, "assoc_type"); !type.is_null()) {
        impl.assignments.push_back(
            {text_of(member(part, "name")), types_.type(member(type, "type"))});
      } else if (const Json& function = inner(part, "function"); !function.is_null()) {
        read_function(part, function, "").in_impl = index;
      }
    }
    table_.impls.push_back(std::move(impl));
  }

  void read_trait(const Json& item, const Json& value) {
    RustdocTrait trait;
    trait.path = types_.path(member(item, "id"));
    trait.generics = types_.generics(member(value, "generics"));
    if (std::vector<std::string> bounds = types_.bounds(member(value, "bounds")); !bounds.empty()) {
      trait.generics.predicates.push_back({"Self", std::move(bounds)});
    }
    const size_t index = table_.traits.size();
    const Json& ids = member(value, "items");
    for (const Json& id : ids.is_array() ? ids : Json::array()) {
      const Json& part = this->item(id);
      const std::string name = text_of(member(part, "name"));
      if (const Json& type = inner(part, "assoc_type"); !type.is_null()) {
        const Json& fallback = member(type, "type");
        trait.types.push_back({name, types_.bounds(member(type, "bounds")),
                               fallback.is_null() ? "" : types_.type(fallback)});
        const RustdocGenerics own = types_.generics(member(type, "generics"));
        trait.generics.predicates.insert(trait.generics.predicates.end(), own.predicates.begin(),
                                         own.predicates.end());
      } else if (const Json& function = inner(part, "function"); !function.is_null()) {
        read_function(part, function, trait.path + "::" + name).in_trait = index;
      }
    }
    table_.traits.push_back(std::move(trait));
  }

  RustdocFunction& read_function(const Json& item, const Json& value, std::string path) {
    RustdocFunction& function = table_.functions.emplace_back();
    function.name = text_of(member(item, "name"));
    function.path = std::move(path);
    function.generics = types_.generics(member(value, "generics"));
    function.span = span_of(item);
    function.is_async = is_true(member(member(value, "header"), "is_async"));
    function.has_body = is_true(member(value, "has_body"));
    const Json& signature = member(value, "sig");
    const Json& inputs = member(signature, "inputs");
    for (const Json& input : inputs.is_array() ? inputs : Json::array()) {
      if (input.is_array() && input.size() == 2) {
        function.inputs.push_back(types_.type(input[1]));
      }
    }
    const Json& output = member(signature, "output");
    function.output = output.is_null() ? "()" : types_.type(output);
    return function;
  }

  void read_module(const Json& item, const Json& value) {
    const std::string path = types_.path(member(item, "id"));
    table_.modules.push_back(path);
    const Json& ids = member(value, "items");
    for (const Json& id : ids.is_array() ? ids : Json::array()) {
      const Json& use = inner(this->item(id), "use");
      const std::string target = types_.path(member(use, "id"));
      if (target.empty() || types_.is_macro(member(use, "id"))) {
        continue;  // no re-export, or one of a primitive type
      }
      const bool is_glob = is_true(member(use, "is_glob"));
      table_.reexports.push_back({path, is_glob ? "" : text_of(member(use, "name")), target});
    }
  }

  RustdocTable table_;
  const Json& index_;
  RustdocTypes types_;
};

}  // namespace

RustdocResult read_rustdoc(std::string_view text, std::string_view input_name) {
  RustdocResult result;
  const auto complain = [&](std::string problem) {
    result.problems.push_back({std::string(input_name), 0, std::move(problem)});
  };
  std::string problem;
  const std::optional<Json> file = parse_object(text, problem);
  if (!problem.empty()) {
    complain(std::move(problem));
  }
  if (!file) {
    return result;
  }
  const Json& version = member(*file, "format_version");
  if (!version.is_number_unsigned() || version != KnownVersion) {
    complain("expected rustdoc's format_version " + std::to_string(KnownVersion) + ", found " +
             version.dump());
    return result;
  }
  result.table = Reader(*file).read(*file);
  return result;
}

}  // namespace jaa::rustc
