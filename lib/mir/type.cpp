#include "mir/type.h"

#include <algorithm>

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/SmallVector.h"
#include "mir/type_parser.h"

namespace jaa::mir {
namespace {

using Kind = Type::Kind;

// Deeper trees are not built, which bounds whatever walks one.
constexpr uint16_t MaxTypeDepth = 256;
constexpr size_t MaxArity = 60'000;

bool is_only_exact(Kind kind) {
  return kind == Kind::Lifetime || kind == Kind::ForAll || kind == Kind::Parens;
}

}  // namespace

TypeTable::TypeTable() = default;

Type TypeTable::exact(TypeId id) const {
  if (!id.is_valid()) {
    return {};
  }
  const Node& node = nodes_[id.index()];
  return {node.kind, node.is_mut, names_[node.name],
          llvm::ArrayRef<TypeId>(args_).slice(node.first_arg, node.arity)};
}

TypeId TypeTable::intern(Kind kind, bool is_mut, NameId name, llvm::ArrayRef<TypeId> args) {
  uint16_t depth = 1;
  bool may_borrow = kind == Kind::Ref || kind == Kind::Lifetime;
  bool has_erased_parts = is_only_exact(kind);
  for (const TypeId arg : args) {
    if (!arg.is_valid()) {
      return {};
    }
    const Node& part = nodes_[arg.index()];
    depth = std::max(depth, static_cast<uint16_t>(part.depth + 1));
    may_borrow |= part.may_borrow;
    has_erased_parts |= part.has_erased_parts;
  }
  if (depth > MaxTypeDepth || args.size() > MaxArity) {
    return {};
  }
  const uint64_t hash =
      llvm::hash_combine(static_cast<uint8_t>(kind), is_mut, name.value,
                         llvm::hash_combine_range(reinterpret_cast<const int32_t*>(args.begin()),
                                                  reinterpret_cast<const int32_t*>(args.end())));
  const auto is_same = [&](uint32_t other) {
    const Node& node = nodes_[other];
    return node.kind == kind && node.is_mut == is_mut && node.name == name &&
           node.arity == args.size() &&
           std::equal(args.begin(), args.end(), args_.begin() + node.first_arg);
  };
  const auto make = [&] {
    Node node{kind,       is_mut,
              may_borrow, has_erased_parts,
              depth,      static_cast<uint16_t>(args.size()),
              name,       static_cast<uint32_t>(args_.size()),
              {}};
    const size_t number = nodes_.size();
    // `args` may be part of `args_`, which grows.
    const llvm::SmallVector<TypeId, 8> own(args.begin(), args.end());
    args_.insert(args_.end(), own.begin(), own.end());
    node.erased = TypeId(number);
    nodes_.push_back(node);
    if (has_erased_parts) {
      const TypeId erased = erase(node, own);
      nodes_[number].erased = erased;
    }
    return static_cast<uint32_t>(number);
  };
  return TypeId(size_t{index_.find_or_add(hash, is_same, make)});
}

TypeId TypeTable::erase(const Node& node, llvm::ArrayRef<TypeId> args) {
  if (node.kind == Kind::ForAll || node.kind == Kind::Parens) {
    return erased(args.back());
  }
  if (node.kind == Kind::Lifetime) {
    return intern(Kind::Path, false, node.name, {});
  }
  llvm::SmallVector<TypeId, 8> kept;
  for (const TypeId arg : args) {
    if (nodes_[arg.index()].kind != Kind::Lifetime) {
      kept.push_back(erased(arg));
    }
  }
  return intern(node.kind, node.is_mut, node.name, kept);
}

TypeId TypeTable::parse(std::string_view text) {
  const uint32_t number = text_index_.find_or_add(
      hash_text(text), [&](uint32_t other) { return texts_[other].text == text; },
      [&] {
        const TypeId type = parse_type(text, *this);
        texts_.push_back({text_arena_.copy(text), type});
        return static_cast<uint32_t>(texts_.size() - 1);
      });
  return texts_[number].type;
}

std::string_view TypeTable::last_segment(TypeId id) const {
  const Type type = (*this)[id];
  if (type.kind == Kind::FnSugar || type.kind == Kind::Path || type.kind == Kind::Member) {
    const size_t colons = type.name.rfind("::");
    return colons == std::string_view::npos ? type.name : type.name.substr(colons + 2);
  }
  return {};
}

size_t TypeTable::bytes() const {
  return nodes_.size() * sizeof(Node) + args_.size() * sizeof(TypeId) + names_.bytes() +
         index_.bytes() + texts_.size() * sizeof(Text) + text_arena_.used() + text_index_.bytes();
}

void TypeTable::seal() {
  nodes_.shrink_to_fit();
  args_.shrink_to_fit();
  names_.seal();
  index_.clear();
  texts_ = base::LargeVector<Text>();
  text_arena_ = {};
  text_index_.clear();
}

}  // namespace jaa::mir
