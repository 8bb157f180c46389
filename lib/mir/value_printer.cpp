#include "mir/value_printer.h"

#include <charconv>

#include "llvm/ADT/STLExtras.h"

namespace jaa::mir {

void append_number(std::string& out, uint64_t number) {
  constexpr size_t MostDigits = 20;
  char digits[MostDigits];
  const auto end = std::to_chars(digits, digits + MostDigits, number).ptr;
  out.append(digits, static_cast<size_t>(end - digits));
}

void append_span(std::string& out, const Tables& tables, const MirSpan& span) {
  out += tables.text(span.file);
  if (span.line == 0 && span.end_line == 0) {
    return;
  }
  out += ':';
  append_number(out, span.line);
  out += ':';
  append_number(out, span.column);
  out += ": ";
  append_number(out, span.end_line);
  out += ':';
  append_number(out, span.end_column);
}

void append_constant(std::string& out, const Tables& tables, ConstantId id) {
  using Kind = Constant::Kind;
  const Constant& constant = tables[id];
  if (constant.kind != Kind::Function) {
    out += "const ";
  }
  switch (constant.kind) {
    case Kind::Literal:
    case Kind::Opaque:
      out += tables.text(constant.text);
      return;
    case Kind::Path:
    case Kind::Function:
      return tables.types.print_exact(constant.type, PathStyle::Value, out);
    case Kind::Promoted:
      tables.types.print_exact(constant.type, PathStyle::Value, out);
      out += "::promoted[";
      out += tables.text(constant.text);
      out += ']';
      return;
    case Kind::Typed:
      out += '{';
      out += tables.text(constant.text);
      out += ": ";
      tables.types.print_exact(constant.type, PathStyle::Type, out);
      out += '}';
      return;
    case Kind::ZeroSized:
      out += "ZeroSized: ";
      return tables.types.print_exact(constant.type, PathStyle::Type, out);
  }
}

void ValuePrinter::print_local(LocalId local) {
  out_ += '_';
  append_number(out_, numbering_.locals.empty() ? local.index() : numbering_.locals[local.index()]);
}

void ValuePrinter::print_block(BlockId block) {
  out_ += "bb";
  append_number(out_, numbering_.blocks.empty() ? block.index() : numbering_.blocks[block.index()]);
}

void ValuePrinter::print_place(Place place) {
  using Kind = Projection::Kind;
  const llvm::ArrayRef<Projection> projections = body_.projections(place);
  for (const Projection& projection : llvm::reverse(projections)) {
    if (projection.kind == Kind::Deref) {
      out_ += "(*";
    } else if (projection.kind != Kind::Index && projection.kind != Kind::ConstantIndex &&
               projection.kind != Kind::Subslice) {
      out_ += '(';
    }
  }
  print_local(body_.local(place));
  for (const Projection& projection : projections) {
    switch (projection.kind) {
      case Kind::Deref:
        out_ += ')';
        break;
      case Kind::Field:
        out_ += '.';
        append_number(out_, projection.field());
        out_ += ": ";
        print_type(projection.type);
        out_ += ')';
        break;
      case Kind::Downcast:
        out_ += " as ";
        out_ += body_.text(projection.name());
        out_ += ')';
        break;
      case Kind::Index:
        out_ += '[';
        print_local(projection.index());
        out_ += ']';
        break;
      case Kind::ConstantIndex:
      case Kind::Subslice:
        out_ += '[';
        out_ += body_.text(projection.name());
        out_ += ']';
        break;
      case Kind::Subtype:
        out_ += " as subtype ";
        print_type(projection.type);
        out_ += ')';
        break;
      case Kind::OpaqueCast:
        out_ += " as ";
        print_type(projection.type);
        out_ += ')';
        break;
    }
  }
}

void ValuePrinter::print_operand(Operand operand) {
  switch (operand.kind()) {
    case Operand::Kind::Copy:
      out_ += "copy ";
      return print_place(operand.place());
    case Operand::Kind::CopyNoRetag:
      out_ += "no_retag copy ";
      return print_place(operand.place());
    case Operand::Kind::Move:
      out_ += "move ";
      return print_place(operand.place());
    case Operand::Kind::Constant:
      return append_constant(out_, *body_.tables, operand.constant());
  }
}

void ValuePrinter::print_operands(llvm::ArrayRef<Operand> operands) {
  bool is_first = true;
  for (const Operand operand : operands) {
    if (!is_first) {
      out_ += ", ";
    }
    is_first = false;
    print_operand(operand);
  }
}

void ValuePrinter::print_struct(const Rvalue& rvalue) {
  print_path(rvalue.type);
  if (rvalue.names.empty()) {
    out_ += '(';
    print_operands(rvalue.operands);
    out_ += ')';
    return;
  }
  out_ += " { ";
  for (size_t index = 0; index < rvalue.names.size(); ++index) {
    if (index > 0) {
      out_ += ", ";
    }
    out_ += body_.text(rvalue.names[index]);
    out_ += ": ";
    print_operand(rvalue.operands[index]);
  }
  out_ += " }";
}

void ValuePrinter::print_rvalue(const Rvalue& rvalue) {
  using Kind = Rvalue::Kind;
  const std::string_view word = body_.word(rvalue.word);
  switch (rvalue.kind) {
    case Kind::None:
      return;
    case Kind::Use:
      return print_operand(rvalue.operands[0]);
    case Kind::Repeat:
      out_ += '[';
      print_operand(rvalue.operands[0]);
      out_ += "; ";
      out_ += body_.text(rvalue.name);
      out_ += ']';
      return;
    case Kind::Ref:
    case Kind::RawPtr:
      out_ += rvalue.kind == Kind::Ref ? "&" : "&raw ";
      out_ += word;
      out_ += word.empty() ? "" : " ";
      return print_place(rvalue.place);
    case Kind::ThreadLocal:
      out_ += "&/*tls*/ ";
      out_ += word;
      out_ += word.empty() ? "" : " ";
      return print_path(rvalue.type);
    case Kind::Len:
    case Kind::Discriminant:
      out_ += rvalue.kind == Kind::Len ? "Len(" : "discriminant(";
      print_place(rvalue.place);
      out_ += ')';
      return;
    case Kind::CopyForDeref:
      out_ += "deref_copy ";
      return print_place(rvalue.place);
    case Kind::Cast:
      print_operand(rvalue.operands[0]);
      out_ += " as ";
      print_type(rvalue.type);
      out_ += " (";
      out_ += word;
      out_ += ')';
      return;
    case Kind::BinaryOp:
    case Kind::UnaryOp:
      out_ += word;
      out_ += '(';
      print_operands(rvalue.operands);
      out_ += ')';
      return;
    case Kind::NullaryOp:
      out_ += word;
      out_ += '(';
      print_type(rvalue.type);
      out_ += ')';
      return;
    case Kind::InitBox:
      out_ += "ShallowInitBox(";
      print_operand(rvalue.operands[0]);
      out_ += ", ";
      print_type(rvalue.type);
      out_ += ')';
      return;
    case Kind::Array:
      out_ += '[';
      print_operands(rvalue.operands);
      out_ += ']';
      return;
    case Kind::Tuple:
      out_ += '(';
      print_operands(rvalue.operands);
      out_ += rvalue.operands.size() == 1 ? ",)" : ")";
      return;
    case Kind::Unit:
      return print_path(rvalue.type);
    case Kind::Struct:
      return print_struct(rvalue);
    case Kind::FatPtr:
      print_type(rvalue.type);
      out_ += " from (";
      print_operands(rvalue.operands);
      out_ += ')';
      return;
    case Kind::Opaque:
      out_ += body_.text(rvalue.name);
      return;
  }
}

void ValuePrinter::print_projection(const UserTypeProjection& projection) {
  out_ += "UserTypeProjection { base: UserType(";
  append_number(out_, projection.base);
  out_ += "), projs: [";
  out_ += body_.text(projection.projections);
  out_ += "] }";
}

}  // namespace jaa::mir
