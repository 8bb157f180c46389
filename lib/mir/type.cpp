// Interning and printing of types; reading them is in type_parser.cpp.
#include "mir/type.h"

#include <variant>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include "mir/type_parser.h"

namespace jaa::mir {
namespace {

// What is still to be printed, last first.
using Piece = std::variant<std::string_view, TypeId>;

class Pieces {
 public:
  void text(std::string_view text) { pieces_.emplace_back(text); }
  void type(TypeId id) { pieces_.emplace_back(id); }
  void list(llvm::ArrayRef<TypeId> types, std::string_view separator) {
    for (size_t index = 0; index < types.size(); ++index) {
      text(index == 0 ? std::string_view() : separator);
      type(types[index]);
    }
  }
  [[nodiscard]] const llvm::SmallVectorImpl<Piece>& all() const { return pieces_; }

 private:
  llvm::SmallVector<Piece, 16> pieces_;
};

// As a bound a closure trait is written `Fn(A) -> B`, elsewhere
// `Fn<(A,), Output = B>`.
bool is_call_trait(const Type& bound, const TypeTable& types) {
  const std::string_view name = std::string_view(bound.name).substr(bound.name.rfind(':') + 1);
  const bool is_named_so = name == "Fn" || name == "FnMut" || name == "FnOnce" ||
                           name == "AsyncFn" || name == "AsyncFnMut" || name == "AsyncFnOnce";
  return is_named_so && bound.args.size() == 1 && types[bound.args[0]].kind == Type::Kind::Tuple &&
         bound.bindings.size() <= 1;
}

void add_call_trait(const Type& bound, const TypeTable& types, Pieces& out) {
  out.text(bound.name);
  out.text("(");
  out.list(types[bound.args[0]].args, ", ");
  out.text(")");
  for (const auto& binding : bound.bindings) {
    out.text(" -> ");
    out.type(binding.second);
  }
}

void add_path(const Type& type, Pieces& out) {
  out.text(type.name);
  if (type.args.empty() && type.bindings.empty()) {
    return;
  }
  out.text("<");
  out.list(type.args, ", ");
  std::string_view separator = type.args.empty() ? "" : ", ";
  for (const auto& [name, bound] : type.bindings) {
    out.text(separator);
    out.text(name);
    out.text(" = ");
    out.type(bound);
    separator = ", ";
  }
  out.text(">");
}

void add_bounds(const Type& type, const TypeTable& types, Pieces& out) {
  const bool is_impl = type.kind == Type::Kind::ImplTrait;
  out.text(is_impl ? "impl " : "dyn ");
  for (size_t index = 0; index < type.args.size(); ++index) {
    const Type& bound = types[type.args[index]];
    // Only in `impl` does rustc set a closure trait apart from the other bounds.
    out.text(index == 0 ? "" : " + ");
    if (bound.kind != Type::Kind::Path || !is_call_trait(bound, types)) {
      out.type(type.args[index]);
      continue;
    }
    const bool in_parens = is_impl && type.args.size() > 1 && !bound.bindings.empty();
    out.text(in_parens ? "(" : "");
    add_call_trait(bound, types, out);
    out.text(in_parens ? ")" : "");
  }
  out.text(type.name.empty() ? "" : " ");
  out.text(type.name);
}

void add_fn_ptr(const Type& type, const TypeTable& types, Pieces& out) {
  out.text(type.name);
  out.text(type.name.empty() ? "fn(" : " fn(");
  out.list(llvm::ArrayRef(type.args).drop_back(), ", ");
  out.text(")");
  // A function that gives back unit is written without a result.
  const Type& result = types[type.args.back()];
  if (result.kind != Type::Kind::Tuple || !result.args.empty()) {
    out.text(" -> ");
    out.type(type.args.back());
  }
}

void add_pieces(const Type& type, const TypeTable& types, Pieces& out) {
  switch (type.kind) {
    case Type::Kind::Path:
      return add_path(type, out);
    case Type::Kind::Ref:
      out.text(type.is_mut ? "&mut " : "&");
      return out.list(type.args, "");
    case Type::Kind::RawPtr:
      out.text(type.is_mut ? "*mut " : "*const ");
      return out.list(type.args, "");
    case Type::Kind::Tuple:
      out.text("(");
      out.list(type.args, ", ");
      return out.text(type.args.size() == 1 ? ",)" : ")");
    case Type::Kind::Array:
      out.text("[");
      out.list(type.args, "");
      out.text("; ");
      out.text(type.name);
      return out.text("]");
    case Type::Kind::Slice:
      out.text("[");
      out.list(type.args, "");
      return out.text("]");
    case Type::Kind::FnPtr:
      return add_fn_ptr(type, types, out);
    case Type::Kind::Dyn:
    case Type::Kind::ImplTrait:
      return add_bounds(type, types, out);
    case Type::Kind::Projection:
      out.text("<");
      out.list(llvm::ArrayRef(type.args).take_front(2), " as ");
      out.text(">::");
      out.text(type.name);
      if (type.args.size() > 2) {
        out.text("<");
        out.list(llvm::ArrayRef(type.args).drop_front(2), ", ");
        out.text(">");
      }
      return;
    case Type::Kind::Never:
      return out.text("!");
    case Type::Kind::FnItem:
    case Type::Kind::Coroutine:
    case Type::Kind::Closure:
    case Type::Kind::Opaque:
      return out.text(type.name);
  }
}

}  // namespace

TypeId TypeTable::intern(Type type) {
  const auto known = ids_.find(type);
  if (known != ids_.end()) {
    return known->second;
  }
  const TypeId id(types_.size());
  types_.push_back(type);
  ids_.emplace(std::move(type), id);
  return id;
}

TypeId TypeTable::parse(std::string_view text) {
  const auto known = by_text_.find(text);
  if (known != by_text_.end()) {
    return known->second;
  }
  const TypeId id = parse_type(text, *this);
  by_text_.try_emplace(text, id);
  return id;
}

std::string TypeTable::print(TypeId id) const {
  std::string text;
  std::vector<Piece> todo{id};
  while (!todo.empty()) {
    const Piece piece = todo.back();
    todo.pop_back();
    if (const auto* words = std::get_if<std::string_view>(&piece)) {
      text += *words;
    } else if (const TypeId type = std::get<TypeId>(piece); type.is_valid()) {
      Pieces pieces;
      add_pieces((*this)[type], *this, pieces);
      todo.insert(todo.end(), pieces.all().rbegin(), pieces.all().rend());
    }
  }
  return text;
}

std::string_view TypeTable::last_segment(TypeId id) const {
  if (!id.is_valid() || (*this)[id].kind != Type::Kind::Path) {
    return {};
  }
  const std::string_view name = (*this)[id].name;
  return name.substr(name.rfind(':') + 1);
}

}  // namespace jaa::mir
