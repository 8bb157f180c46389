#include "mir/body.h"

#include <algorithm>

namespace jaa::mir {

std::string_view target_label(Terminator::Kind kind, size_t index) {
  using Kind = Terminator::Kind;
  switch (kind) {
    case Kind::SwitchInt:
      return "otherwise";
    case Kind::Yield:
      return "resume";
    case Kind::Assert:
      return "success";
    case Kind::FalseEdge:
      return index == 0 ? "real" : "imaginary";
    case Kind::FalseUnwind:
      return "real";
    case Kind::InlineAsm:
      return index == 0 ? "return" : "label";
    default:
      return "return";
  }
}

bool Body::has_deref(Place place) const {
  const llvm::ArrayRef<Projection> all = projections(place);
  return std::any_of(all.begin(), all.end(), [](const Projection& projection) {
    return projection.kind == Projection::Kind::Deref;
  });
}

TypeId Body::type_of(Place place) const {
  const LocalId base = local(place);
  if (!locals.contains(base)) {
    return {};
  }
  // A field and a cast say their type; other projections follow from what they stand
  // behind, where that is written.
  TypeId type = locals[base].type;
  for (const Projection& projection : projections(place)) {
    using Kind = Projection::Kind;
    switch (projection.kind) {
      case Kind::Field:
      case Kind::Subtype:
      case Kind::OpaqueCast:
        type = projection.type;
        break;
      case Kind::Deref: {
        const Type whole = types()[type];
        const bool is_pointer = whole.kind == Type::Kind::Ref || whole.kind == Type::Kind::RawPtr ||
                                (whole.kind == Type::Kind::Path && whole.name == "std::boxed::Box");
        type = is_pointer && !whole.args.empty()
                   ? (whole.kind == Type::Kind::Path ? whole.args.front() : whole.args.back())
                   : TypeId();
        break;
      }
      case Kind::Index:
      case Kind::ConstantIndex: {
        const Type whole = types()[type];
        const bool has_elements =
            whole.kind == Type::Kind::Array || whole.kind == Type::Kind::Slice;
        type = has_elements ? whole.args.front() : TypeId();
        break;
      }
      case Kind::Downcast:
      case Kind::Subslice:
        break;
    }
  }
  return type;
}

TypeId Body::type_of(Operand operand) const {
  if (operand.is_constant()) {
    const Constant& constant = (*tables)[operand.constant()];
    const bool has_type =
        constant.kind == Constant::Kind::Typed || constant.kind == Constant::Kind::ZeroSized;
    return has_type ? constant.type : TypeId();
  }
  return type_of(operand.place());
}

// What the parts of a statement hold is written by `StatementReader`.
Rvalue Body::rvalue(const Statement& statement) const {
  using Kind = Rvalue::Kind;
  const llvm::ArrayRef<Operand> parts(statement.parts);
  Rvalue result;
  result.kind = statement.rvalue;
  result.word = statement.word;
  switch (statement.rvalue) {
    case Kind::None:
      break;
    case Kind::Use:
    case Kind::UnaryOp:
      result.operands = parts.take_front(1);
      break;
    case Kind::BinaryOp:
      result.operands = parts;
      break;
    case Kind::Repeat:
      result.operands = parts.take_front(1);
      result.name = NameId(size_t{parts[1].bits()});
      break;
    case Kind::Cast:
    case Kind::InitBox:
      result.operands = parts.take_front(1);
      result.type = TypeId(size_t{parts[1].bits()});
      break;
    case Kind::Ref:
    case Kind::RawPtr:
    case Kind::Len:
    case Kind::Discriminant:
    case Kind::CopyForDeref:
      result.place = Place::of_bits(parts[0].bits());
      break;
    case Kind::ThreadLocal:
    case Kind::NullaryOp:
    case Kind::Unit:
      result.type = TypeId(static_cast<int32_t>(parts[0].bits()));
      break;
    case Kind::Opaque:
      result.name = statement.name();
      break;
    case Kind::Array:
    case Kind::Tuple:
      result.operands = all_operands.slice(parts[0].bits(), parts[1].bits());
      break;
    case Kind::Struct:
    case Kind::FatPtr: {
      const Aggregate& aggregate = aggregates[statement.number()];
      result.type = aggregate.type;
      result.operands = all_operands.slice(aggregate.first_operand, aggregate.operand_count);
      if (aggregate.has_names) {
        result.names = all_names.slice(aggregate.first_name, aggregate.operand_count);
      }
      break;
    }
  }
  return result;
}

llvm::SmallVector<BlockId, 4> Body::successors(BlockId block, bool with_unwind) const {
  const Terminator& end = terminator(block);
  const llvm::ArrayRef<BlockId> normal = targets(end);
  llvm::SmallVector<BlockId, 4> result(normal.begin(), normal.end());
  if (end.drop_target.is_valid()) {
    result.push_back(end.drop_target);
  }
  if (with_unwind && end.unwind_target.is_valid()) {
    result.push_back(end.unwind_target);
  }
  return result;
}

TypeId Body::callee(const Terminator& terminator) const {
  using Kind = Terminator::Kind;
  if ((terminator.kind != Kind::Call && terminator.kind != Kind::TailCall) ||
      !terminator.operand.is_constant()) {
    return {};
  }
  const Constant& constant = (*tables)[terminator.operand.constant()];
  return constant.kind == Constant::Kind::Function || constant.kind == Constant::Kind::ZeroSized
             ? constant.type
             : TypeId();
}

const MirSpan& Body::span(SpanIndex index) const {
  static const MirSpan None;
  return index.value < spans.size() ? spans[index.value] : None;
}

llvm::ArrayRef<Note> Body::notes_of(Point point) const {
  const uint32_t at = location(point);
  const auto begin = std::lower_bound(
      notes.begin(), notes.end(), at,
      [](const Note& note, uint32_t location) { return note.location < location; });
  const auto end =
      std::find_if(begin, notes.end(), [at](const Note& note) { return note.location != at; });
  return {begin, end};
}

MirSpan Body::callee_span(BlockId block) const {
  if (!callee(terminator(block)).is_valid()) {
    return {};
  }
  // Constants are described in the order they are written, the callee first.
  const llvm::ArrayRef<Note> all = notes_of(end_of(block));
  return all.empty() || all.front().kind != Note::Kind::Constant ? MirSpan()
                                                                 : span(all.front().span);
}

bool Body::is_stub() const {
  return std::none_of(blocks.begin(), blocks.end(), [](const Block& block) {
    return block.terminator.kind == Terminator::Kind::Return;
  });
}

std::string_view Body::variable_name(LocalId local) const {
  for (const DebugInfo& info : debug_infos) {
    if (info.place.is_valid() && info.place.is_local() && info.place.index() == local.index()) {
      return text(info.name);
    }
  }
  return {};
}

}  // namespace jaa::mir
