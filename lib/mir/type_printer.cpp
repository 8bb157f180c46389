// Types back to text. Trees are of bounded depth, so this may recurse.
#include "llvm/ADT/STLExtras.h"
#include "mir/type.h"

namespace jaa::mir {
namespace {

using Kind = Type::Kind;

class TypePrinter {
 public:
  // An erased tree has lost the parentheses of `impl (Fn() -> T) + Send`.
  TypePrinter(const TypeTable& types, bool is_erased, std::string& out)
      : types_(types), is_erased_(is_erased), out_(out) {}

  void print(TypeId id, PathStyle style);

 private:
  void print_list(llvm::ArrayRef<TypeId> ids, std::string_view separator) {
    bool is_first = true;
    for (const TypeId id : ids) {
      if (!is_first) {
        out_ += separator;
      }
      is_first = false;
      print(id, PathStyle::Type);
    }
  }
  void print_arguments(llvm::ArrayRef<TypeId> ids, PathStyle style) {
    if (ids.empty()) {
      return;
    }
    out_ += style == PathStyle::Value ? "::<" : "<";
    print_list(ids, ", ");
    out_ += '>';
  }
  void print_tuple(llvm::ArrayRef<TypeId> ids) {
    out_ += '(';
    print_list(ids, ", ");
    out_ += ids.size() == 1 ? ",)" : ")";
  }
  [[nodiscard]] bool is_unit(TypeId id) const {
    const Type type = types_.exact(id);
    return type.kind == Kind::Tuple && type.args.empty();
  }
  void print_bounds(const Type& type);
  void print_pointer(const Type& type);
  void print_function(const Type& type);
  void print_sugar(const Type& type);
  void print_for_all(const Type& type, PathStyle style);

  const TypeTable& types_;
  bool is_erased_;
  std::string& out_;
};

void TypePrinter::print_bounds(const Type& type) {
  bool is_first = true;
  for (const TypeId id : type.args) {
    const Type bound = types_.exact(id);
    const bool has_result = bound.kind == Kind::FnSugar && bound.args.size() == 2;
    const bool has_parens =
        is_erased_ && type.kind == Kind::ImplTrait && has_result && type.args.size() > 1;
    out_ += is_first ? "" : " + ";
    is_first = false;
    out_ += has_parens ? "(" : "";
    print(id, PathStyle::Type);
    out_ += has_parens ? ")" : "";
  }
}

void TypePrinter::print_pointer(const Type& type) {
  if (type.kind == Kind::RawPtr) {
    out_ += type.is_mut ? "*mut " : "*const ";
  } else {
    out_ += '&';
    if (type.args.size() == 2) {
      print(type.args.front(), PathStyle::Type);
      out_ += ' ';
    }
    out_ += type.is_mut ? "mut " : "";
  }
  print(type.args.back(), PathStyle::Type);
}

void TypePrinter::print_function(const Type& type) {
  out_ += type.name;
  out_ += type.name.empty() ? "fn(" : " fn(";
  print_list(type.args.drop_back(), ", ");
  out_ += ')';
  if (!is_unit(type.args.back())) {
    out_ += " -> ";
    print(type.args.back(), PathStyle::Type);
  }
}

void TypePrinter::print_sugar(const Type& type) {
  out_ += type.name;
  out_ += '(';
  print_list(types_.exact(type.args.front()).args, ", ");
  out_ += ')';
  if (type.args.size() == 2) {
    out_ += " -> ";
    print(type.args.back(), PathStyle::Type);
  }
}

void TypePrinter::print_for_all(const Type& type, PathStyle style) {
  out_ += "for<";
  print_list(type.args.drop_back(), ", ");
  out_ += "> ";
  print(type.args.back(), style);
}

void TypePrinter::print(TypeId id, PathStyle style) {
  const Type type = types_.exact(id);
  switch (type.kind) {
    case Kind::Path:
      out_ += type.name;
      return print_arguments(type.args, style);
    case Kind::Member:
      print(type.args.front(), style);
      out_ += "::";
      out_ += type.name;
      return print_arguments(type.args.drop_front(), style);
    case Kind::Projection:
      out_ += '<';
      print(type.args[0], PathStyle::Type);
      out_ += " as ";
      print(type.args[1], PathStyle::Type);
      out_ += ">::";
      out_ += type.name;
      return print_arguments(type.args.drop_front(2), style);
    case Kind::Qualified:
      out_ += '<';
      print(type.args[0], PathStyle::Type);
      out_ += '>';
      return;
    case Kind::FnSugar:
      return print_sugar(type);
    case Kind::Ref:
    case Kind::RawPtr:
      return print_pointer(type);
    case Kind::Tuple:
      return print_tuple(type.args);
    case Kind::Array:
    case Kind::Slice:
      out_ += '[';
      print_list(type.args, "; ");
      out_ += ']';
      return;
    case Kind::FnPtr:
      return print_function(type);
    case Kind::FnItem:
      print(type.args[0], PathStyle::Type);
      out_ += " {";
      print(type.args[1], PathStyle::Value);
      out_ += '}';
      return;
    case Kind::Dyn:
      out_ += "dyn ";
      return print_bounds(type);
    case Kind::ImplTrait:
      out_ += "impl ";
      print_bounds(type);
      if (!type.name.empty()) {
        out_ += ' ';
        out_ += type.name;
      }
      return;
    case Kind::Binding:
      out_ += type.name;
      print_arguments(type.args.drop_back(), PathStyle::Type);
      out_ += " = ";
      return print(type.args.back(), PathStyle::Type);
    case Kind::Constraint:
      out_ += type.name;
      out_ += ": ";
      return print_bounds(type);
    case Kind::ForAll:
      return print_for_all(type, style);
    case Kind::Parens:
      out_ += '(';
      print(type.args[0], style);
      out_ += ')';
      return;
    case Kind::Never:
      out_ += '!';
      return;
    case Kind::Coroutine:
    case Kind::Closure:
    case Kind::Const:
    case Kind::Lifetime:
    case Kind::Opaque:
      out_ += type.name;
      return;
  }
}

}  // namespace

void TypeTable::print_exact(TypeId id, PathStyle style, std::string& out) const {
  if (id.is_valid()) {
    TypePrinter(*this, false, out).print(id, style);
  }
}

std::string TypeTable::print(TypeId id, PathStyle style) const {
  std::string out;
  if (id.is_valid()) {
    TypePrinter(*this, true, out).print(erased(id), style);
  }
  return out;
}

std::string TypeTable::plain_path(TypeId id) const {
  std::string out;
  llvm::SmallVector<std::string_view, 4> members;
  Type type = (*this)[id];
  while (type.kind == Kind::Member) {
    members.push_back(type.name);
    type = (*this)[type.args.front()];
  }
  if (type.kind == Kind::Projection) {
    out += '<';
    out += print(type.args[0]);
    out += " as ";
    out += print(type.args[1]);
    out += ">::";
    out += type.name;
  } else if (type.kind == Kind::Qualified) {
    out += '<';
    out += print(type.args[0]);
    out += '>';
  } else {
    out += type.name;
  }
  for (const std::string_view member : llvm::reverse(members)) {
    out += "::";
    out += member;
  }
  return out;
}

}  // namespace jaa::mir
