// Reader and printer of type sizes. A line counts as known only where the printer would
// write it: in a type, after what comes before it there.
#include "rustc/type_sizes.h"

#include "llvm/ADT/StringRef.h"

namespace jaa::rustc {
namespace {

using llvm::StringRef;
using Kind = SizedField::Kind;

constexpr llvm::StringLiteral Prefix = "print-type-size ";
constexpr llvm::StringLiteral Indent = "    ";
constexpr llvm::StringLiteral TypeHead = "type: `";
constexpr llvm::StringLiteral Discriminant = "discriminant: ";
constexpr llvm::StringLiteral Variant = "variant `";
constexpr llvm::StringLiteral EndPadding = "end padding: ";
constexpr llvm::StringLiteral Padding = "padding: ";
constexpr llvm::StringLiteral NameEnd = "`: ";
constexpr llvm::StringLiteral Bytes = " bytes";
constexpr llvm::StringLiteral Offset = ", offset: ";
constexpr llvm::StringLiteral Alignment = ", alignment: ";
constexpr llvm::StringLiteral TypeText = ", type: ";

struct NamedKind {
  Kind kind;
  llvm::StringLiteral head;
};
constexpr NamedKind NamedKinds[] = {
    {Kind::Field, "field `."}, {Kind::Upvar, "upvar `."}, {Kind::Local, "local `."}};

bool consume_bytes(StringRef& text, uint64_t& count) {
  return base::consume_number(text, count) && text.consume_front(Bytes);
}

// The rest of a line that is nothing but a number of bytes.
std::optional<uint64_t> parse_bytes(StringRef text) {
  uint64_t count = 0;
  return consume_bytes(text, count) && text.empty() ? std::optional(count) : std::nullopt;
}

// Takes "<head><name>`: ". Types and variants are named by what may itself hold a
// backquote, so their names end at the last one; a field's ends at the first.
bool consume_name(StringRef& text, StringRef head, bool is_field, StringRef& name) {
  if (!text.consume_front(head)) {
    return false;
  }
  const size_t end = is_field ? text.find(NameEnd) : text.rfind(NameEnd);
  if (end == StringRef::npos) {
    return false;
  }
  name = text.take_front(end);
  text = text.drop_front(end + NameEnd.size());
  return true;
}

std::optional<SizedType> parse_type(StringRef text) {
  SizedType type;
  StringRef name;
  if (!consume_name(text, TypeHead, false, name) || !consume_bytes(text, type.size) ||
      !text.consume_front(Alignment) || !consume_bytes(text, type.alignment) || !text.empty()) {
    return std::nullopt;
  }
  type.name = name.str();
  return type;
}

std::optional<SizedVariant> parse_variant(StringRef text) {
  StringRef name;
  if (!consume_name(text, Variant, false, name)) {
    return std::nullopt;
  }
  const auto size = parse_bytes(text);
  return size ? std::optional(SizedVariant{name.str(), *size, {}}) : std::nullopt;
}

// `min_offset` is that of the first byte after what was read so far.
std::optional<SizedField> parse_field(StringRef text, uint64_t min_offset) {
  SizedField field;
  field.offset = min_offset;
  if (text.consume_front(Padding)) {
    const auto size = parse_bytes(text);
    field.kind = Kind::Padding;
    field.size = size.value_or(0);
    return size ? std::optional(std::move(field)) : std::nullopt;
  }
  StringRef name;
  bool is_named = false;
  for (const NamedKind& named : NamedKinds) {
    if (consume_name(text, named.head, true, name)) {
      field.kind = named.kind;
      is_named = true;
      break;
    }
  }
  if (!is_named || !consume_bytes(text, field.size)) {
    return std::nullopt;
  }
  if (text.consume_front(Offset)) {
    field.is_offset_printed = true;
    if (!consume_bytes(text, field.offset)) {
      return std::nullopt;
    }
  }
  if (text.consume_front(Alignment) &&
      (!consume_bytes(text, field.alignment) || field.alignment == 0)) {
    return std::nullopt;
  }
  if (!text.empty() && (!text.consume_front(TypeText) || text.empty())) {
    return std::nullopt;
  }
  field.name = name.str();
  field.type = text.str();
  return field;
}

class TypeSizesReader {
 public:
  explicit TypeSizesReader(TypeSizes& sizes) : sizes_(sizes) {}

  void read(std::string_view text) {
    for (base::LineCursor lines(text); !lines.is_done();) {
      const size_t index = lines.index();
      const std::string_view line = lines.take();
      if (!read_line(line)) {
        sizes_.opaque.add(index, line);
      }
    }
  }

 private:
  bool read_line(StringRef line) {
    if (!line.consume_front(Prefix)) return false;
    if (line.starts_with(TypeHead)) return add(sizes_.types, parse_type(line));
    if (sizes_.types.empty() || sizes_.types.back().end_padding || !line.consume_front(Indent)) {
      return false;
    }
    SizedType& type = sizes_.types.back();
    if (line.consume_front(Indent)) {
      return !type.variants.empty() && add_field(type, type.variants.back().fields, line);
    }
    if (line.starts_with(Variant)) {
      return type.fields.empty() && add(type.variants, parse_variant(line));
    }
    if (line.consume_front(EndPadding)) {
      type.end_padding = parse_bytes(line);
      return type.end_padding.has_value();
    }
    if (!type.variants.empty()) return false;
    if (line.consume_front(Discriminant)) {
      const auto size = parse_bytes(line);
      if (!size || type.discriminant || !type.fields.empty()) return false;
      type.discriminant = size;
      return true;
    }
    return add_field(type, type.fields, line);
  }

  template <class T>
  static bool add(std::vector<T>& list, std::optional<T> value) {
    if (value) {
      list.push_back(std::move(*value));
    }
    return value.has_value();
  }

  // rustc counts the discriminant as the first bytes of each variant.
  static bool add_field(const SizedType& type, std::vector<SizedField>& fields, StringRef line) {
    const uint64_t min_offset =
        fields.empty() ? type.discriminant.value_or(0) : fields.back().offset + fields.back().size;
    return add(fields, parse_field(line, min_offset));
  }

  TypeSizes& sizes_;
};

class TypeSizesPrinter {
 public:
  explicit TypeSizesPrinter(const TypeSizes& sizes) : sizes_(sizes), out_(sizes.opaque) {}

  std::string print() {
    for (const SizedType& type : sizes_.types) {
      std::string& line = begin("");
      line.append(TypeHead).append(type.name).append(NameEnd);
      put_bytes(line, "", type.size);
      put_bytes(line, Alignment, type.alignment);
      if (type.discriminant) put_bytes(begin(Indent), Discriminant, *type.discriminant);
      for (const SizedField& field : type.fields) put_field(Indent, field);
      for (const SizedVariant& variant : type.variants) put_variant(variant);
      if (type.end_padding) put_bytes(begin(Indent), EndPadding, *type.end_padding);
    }
    return out_.finish(sizes_.ends_line);
  }

 private:
  std::string& begin(std::string_view indent) { return out_.add().append(Prefix).append(indent); }
  static void put_bytes(std::string& line, std::string_view head, uint64_t count) {
    line.append(head).append(std::to_string(count)).append(Bytes);
  }

  void put_variant(const SizedVariant& variant) {
    std::string& line = begin(Indent).append(Variant).append(variant.name).append(NameEnd);
    put_bytes(line, "", variant.size);
    for (const SizedField& field : variant.fields) put_field("        ", field);
  }

  void put_field(std::string_view indent, const SizedField& field) {
    std::string& line = begin(indent);
    if (field.kind == Kind::Padding) return put_bytes(line, Padding, field.size);
    for (const NamedKind& named : NamedKinds) {
      if (named.kind == field.kind) line.append(named.head);
    }
    line.append(field.name).append(NameEnd);
    put_bytes(line, "", field.size);
    if (field.is_offset_printed) put_bytes(line, Offset, field.offset);
    if (field.alignment != 0) put_bytes(line, Alignment, field.alignment);
    if (!field.type.empty()) line.append(TypeText).append(field.type);
  }

  const TypeSizes& sizes_;
  base::LinePrinter out_;
};

}  // namespace

TypeSizesResult read_type_sizes(std::string_view text, std::string_view input_name) {
  TypeSizesResult result;
  result.sizes.ends_line = text.ends_with('\n');
  TypeSizesReader(result.sizes).read(text);
  result.problems = result.sizes.opaque.problems(input_name, 1);
  result.opaque_lines = result.sizes.opaque.count();
  return result;
}

std::string print_type_sizes(const TypeSizes& sizes) {
  return TypeSizesPrinter(sizes).print();
}

}  // namespace jaa::rustc
