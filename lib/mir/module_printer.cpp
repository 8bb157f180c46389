// Items between and around bodies.
#include <string_view>

#include "mir/printer.h"
#include "mir/value_printer.h"

namespace jaa::mir {
namespace {

constexpr size_t BytesPerRow = 16;
constexpr char Digits[] = "0123456789abcdef";

size_t hex_length(uint64_t number) {
  size_t length = 1;
  while (number >= 16) {
    number /= 16;
    ++length;
  }
  return length;
}

void append_address(std::string& out, uint64_t address, size_t width) {
  out += "0x";
  for (size_t digit = width; digit-- > 0;) {
    out += Digits[(address >> (4 * digit)) & 0xF];
  }
  out += " │ ";
}

void append_repeated(std::string& out, std::string_view text, size_t count) {
  for (size_t index = 0; index < count; ++index) {
    out += text;
  }
}

size_t count_characters(std::string_view text) {
  size_t count = 0;
  for (const char byte : text) {
    count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1 : 0;
  }
  return count;
}

class AllocationPrinter {
 public:
  AllocationPrinter(const Tables& tables, std::string& out) : tables_(tables), out_(out) {}

  void print(const Allocation& allocation) {
    print_head(allocation);
    if (!allocation.has_memory || allocation.size == 0) {
      out_ += allocation.has_memory ? " {}\n" : "\n";
      return;
    }
    out_ += " {\n";
    const size_t width = hex_length(allocation.size);
    const bool has_addresses = allocation.size > BytesPerRow;
    size_t relocation = 0;
    for (size_t row = 0; row < allocation.bytes.size(); row += BytesPerRow) {
      out_ += "    ";
      if (has_addresses) {
        append_address(out_, row, width);
      }
      print_row(allocation, row, relocation);
    }
    out_ += "}\n";
  }

 private:
  void print_head(const Allocation& allocation);
  void print_row(const Allocation& allocation, size_t begin, size_t& relocation);
  void print_pointer(std::string_view target, size_t bytes);

  const Tables& tables_;
  std::string& out_;
};

void AllocationPrinter::print_head(const Allocation& allocation) {
  using Kind = Allocation::Kind;
  out_ += "alloc";
  append_number(out_, allocation.number);
  out_ += " (";
  switch (allocation.kind) {
    case Kind::Memory:
      break;
    case Kind::Static:
      out_ += "static: ";
      out_ += tables_.text(allocation.name);
      out_ += allocation.has_memory ? ", " : "";
      break;
    case Kind::Function:
      out_ += "fn: ";
      break;
    case Kind::Vtable:
      out_ += "vtable: ";
      break;
    case Kind::ExternStatic:
      out_ += "extern static: ";
      break;
    case Kind::Other:
      break;
  }
  if (allocation.has_memory) {
    out_ += "size: ";
    append_number(out_, allocation.size);
    out_ += ", align: ";
    append_number(out_, allocation.align);
  } else if (allocation.kind != Kind::Static) {
    out_ += tables_.text(allocation.name);
  }
  out_ += ')';
}

// Centred, as wide as its bytes would be.
void AllocationPrinter::print_pointer(std::string_view target, size_t bytes) {
  const size_t width = (bytes - 1) * 3;
  const size_t length = count_characters(target);
  const size_t fill = width > length ? width - length : 0;
  out_ += "╾";
  append_repeated(out_, "─", fill / 2);
  out_ += target;
  append_repeated(out_, "─", fill - fill / 2);
  out_ += "╼";
}

void AllocationPrinter::print_row(const Allocation& allocation, size_t begin, size_t& relocation) {
  std::string ascii;
  size_t at = begin;
  const size_t end = std::min(begin + BytesPerRow, allocation.bytes.size());
  while (at < end) {
    if (at > begin) {
      out_ += ' ';
    }
    const uint16_t byte = allocation.bytes[at];
    if (byte == Allocation::Pointer && relocation < allocation.relocations.size()) {
      const Allocation::Relocation& pointer = allocation.relocations[relocation++];
      print_pointer(tables_.text(pointer.target), pointer.width);
      ascii += "╾";
      append_repeated(ascii, "─", pointer.width - 2);
      ascii += "╼";
      at += pointer.width;
      continue;
    }
    if (byte == Allocation::Uninitialised) {
      out_ += "__";
      ascii += "░";
    } else {
      out_ += Digits[(byte >> 4) & 0xF];
      out_ += Digits[byte & 0xF];
      const bool is_printable = byte >= 0x20 && byte <= 0x7E;
      ascii += is_printable ? static_cast<char>(byte) : '.';
    }
    ++at;
  }
  const size_t columns = count_characters(ascii);
  append_repeated(out_, "   ", BytesPerRow - std::min(columns, BytesPerRow));
  out_ += " │ ";
  out_ += ascii;
  out_ += '\n';
}

void print_user_types(const Module& module, const Item& item, std::string& out) {
  out += "| User Type Annotations\n";
  for (uint32_t index = item.index; index < item.index + item.count; ++index) {
    const UserType& type = module.user_types[index];
    out += "| ";
    append_number(out, type.number);
    out += ": user_ty: ";
    out += module.tables->text(type.user_type);
    out += ", span: ";
    append_span(out, *module.tables, type.span);
    out += ", inferred_ty: ";
    module.tables->types.print_exact(type.inferred, PathStyle::Type, out);
    out += '\n';
  }
  out += "|\n";
}

void print_constant(const Module& module, const ConstantItem& item, std::string& out) {
  out += item.form == Body::Form::Const    ? "const "
         : item.form == Body::Form::Static ? "static "
                                           : "static mut ";
  out += module.tables->text(item.name);
  out += ": ";
  module.tables->types.print_exact(item.type, PathStyle::Type, out);
  out += " = ";
  append_constant(out, *module.tables, item.value);
  out += ";\n";
}

}  // namespace

void print_module(const Module& module, std::string& out) {
  using Kind = Item::Kind;
  for (const Item& item : module.items) {
    switch (item.kind) {
      case Kind::Blank:
        out.append(item.count, '\n');
        break;
      case Kind::Comment:
        out += "// ";
        out += module.tables->text(item.name());
        out += '\n';
        break;
      case Kind::Body:
        print_body(module.bodies[item.index], out);
        break;
      case Kind::Constant:
        print_constant(module, module.constants[item.index], out);
        break;
      case Kind::Allocation:
        AllocationPrinter(*module.tables, out).print(module.allocations[item.index]);
        break;
      case Kind::UserTypes:
        print_user_types(module, item, out);
        break;
      case Kind::Layout:
        out += print_layout(module.layouts[item.index]);
        out += '\n';
        break;
      case Kind::Opaque:
        out += module.tables->text(item.name());
        out += '\n';
        break;
    }
  }
}

}  // namespace jaa::mir
