// One MIR body as rustc's textual dumps give it.
//
// A body is a handful of flat arrays in its module's arena: blocks name ranges of
// statements, statements name places and operands, all by index. What is shared by
// many bodies (types, names, constants) is in the module's `Tables`. A body is
// finished when it is read and never changes.
//
// Text is held where it is a name or a literal; what the reader did not understand is
// an `Opaque` node with its source text, which analyses treat as "may do anything".
//
// Source: rustc's `rustc_middle::mir::pretty` as of 1.95 and 1.97, and the measured
// grammar of `-Zdump-mir` output.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include "base/id.h"
#include "mir/tables.h"

namespace jaa::mir {

struct Local;
struct Block;
struct Scope;
using LocalId = base::Id<Local>;
using BlockId = base::Id<Block>;
using ScopeId = base::Id<Scope>;

// An array that is indexed by its own ids.
template <class IdT, class T>
class View {
 public:
  View() = default;
  explicit View(llvm::ArrayRef<T> values) : values_(values) {}
  [[nodiscard]] const T& operator[](IdT id) const { return values_[id.index()]; }
  [[nodiscard]] bool contains(IdT id) const { return id.is_valid() && id.index() < values_.size(); }
  [[nodiscard]] size_t size() const { return values_.size(); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }

 private:
  llvm::ArrayRef<T> values_;
};

// A span as MIR prints it: `file:line:column: line:column`, 1-based, columns in
// Unicode scalar values, end exclusive.
struct MirSpan {
  NameId file;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t end_line = 0;
  uint32_t end_column = 0;
  [[nodiscard]] bool is_valid() const { return file.is_valid(); }
  friend auto operator<=>(const MirSpan&, const MirSpan&) = default;
};

// Index of a span of one body, where 0 is none.
struct SpanIndex {
  uint32_t value = 0;
  friend constexpr auto operator<=>(SpanIndex, SpanIndex) = default;
};

struct SourceInfo {
  SpanIndex span;
  ScopeId scope;
};

struct Projection {
  enum class Kind : uint8_t {
    Deref,
    Field,          // number, type
    Downcast,       // name: the variant, or `variant#3`
    Index,          // local
    ConstantIndex,  // name: `0 of 2`, `-1 of 2`
    Subslice,       // name: `1:-1`, `1..3`
    Subtype,        // type: as subtype of
    OpaqueCast,     // type: what an opaque one is seen through as
  };
  Kind kind = Kind::Deref;
  uint32_t value = 0;  // number, local's index or name's index
  TypeId type;
  [[nodiscard]] LocalId index() const {
    return kind == Kind::Index ? LocalId(size_t{value}) : LocalId();
  }
  [[nodiscard]] uint32_t field() const { return value; }
  [[nodiscard]] NameId name() const { return NameId(size_t{value}); }
};

// A place of one body: a local, or an index into its `places`.
class Place {
 public:
  constexpr Place() = default;
  static constexpr Place of_local(uint32_t local) { return Place(local); }
  static constexpr Place of_index(uint32_t index) { return Place(index | Projected); }
  static constexpr Place of_bits(uint32_t bits) { return Place(bits); }

  [[nodiscard]] constexpr bool is_valid() const { return bits_ != None; }
  // Without projections.
  [[nodiscard]] constexpr bool is_local() const { return (bits_ & Projected) == 0; }
  [[nodiscard]] constexpr uint32_t index() const { return bits_ & ~Projected; }
  [[nodiscard]] constexpr uint32_t bits() const { return bits_; }
  // Ids must leave room for an operand's kind.
  static constexpr uint32_t Limit = 1U << 28;

 private:
  constexpr explicit Place(uint32_t bits) : bits_(bits) {}
  static constexpr uint32_t Projected = Limit;
  static constexpr uint32_t None = ~0U;
  uint32_t bits_ = None;
};

struct ProjectedPlace {
  LocalId local;
  uint32_t first_projection = 0;
  uint32_t projection_count = 0;
};

class Operand {
 public:
  enum class Kind : uint8_t {
    Copy,
    Move,
    Constant,
    CopyNoRetag,  // `no_retag copy`, of later compilers: a copy that no alias check follows
  };
  constexpr Operand() = default;
  static constexpr Operand of_place(Kind kind, Place place) {
    return Operand((static_cast<uint32_t>(kind) << KindShift) | place.bits());
  }
  static Operand of_constant(ConstantId id) {
    return Operand((static_cast<uint32_t>(Kind::Constant) << KindShift) |
                   static_cast<uint32_t>(id.value));
  }
  static constexpr Operand of_bits(uint32_t bits) { return Operand(bits); }

  [[nodiscard]] constexpr bool is_valid() const { return bits_ != None; }
  [[nodiscard]] constexpr Kind kind() const { return static_cast<Kind>(bits_ >> KindShift); }
  [[nodiscard]] constexpr bool is_constant() const {
    return is_valid() && kind() == Kind::Constant;
  }
  [[nodiscard]] constexpr bool is_move() const { return is_valid() && kind() == Kind::Move; }
  // Invalid for a constant.
  [[nodiscard]] constexpr Place place() const {
    return !is_valid() || kind() == Kind::Constant ? Place() : Place::of_bits(bits_ & Payload);
  }
  [[nodiscard]] ConstantId constant() const {
    return is_constant() ? ConstantId(size_t{bits_ & Payload}) : ConstantId();
  }
  [[nodiscard]] constexpr uint32_t bits() const { return bits_; }

 private:
  constexpr explicit Operand(uint32_t bits) : bits_(bits) {}
  static constexpr uint32_t KindShift = 30;
  static constexpr uint32_t Payload = (1U << KindShift) - 1;
  static constexpr uint32_t None = ~0U;
  uint32_t bits_ = None;
};

// The right side of an assignment, put together by `Body::rvalue`.
struct Rvalue {
  enum class Kind : uint8_t {
    None,          // of a statement that assigns nothing
    Use,           // operands[0]
    Repeat,        // [operands[0]; name]
    Ref,           // &place; word: "", "mut", "fake", "fake shallow"
    RawPtr,        // &raw place; word: "const", "mut", "const (fake)"
    ThreadLocal,   // `&/*tls*/ PATH`; type: the path; word: "" or "mut"
    Len,           // place
    Discriminant,  // place
    CopyForDeref,  // place
    Cast,          // operands[0] as type; word: the kind of cast
    BinaryOp,      // word: operator
    UnaryOp,       // word: operator
    NullaryOp,     // `SizeOf(type)`; word: operator
    InitBox,       // `ShallowInitBox(operands[0], type)`
    Array,         // [operands]
    Tuple,         // (operands)
    Unit,          // a unit struct, variant, or closure without captures; type: its path
    Struct,        // `PATH(operands)`, or with `names` `PATH { name: operand }`; also
                   // closures and coroutines, whose captures have names
    FatPtr,        // `*const T from (operands)`; type: the pointer
    Opaque,        // name
  };
  Kind kind = Kind::None;
  WordId word;
  Place place;
  llvm::ArrayRef<Operand> operands;
  llvm::ArrayRef<NameId> names;
  TypeId type;
  NameId name;
};

struct Statement {
  enum class Kind : uint8_t {
    Assign,              // place = rvalue
    StorageLive,         // place
    StorageDead,         // place
    FakeRead,            // place; name: its cause
    PlaceMention,        // place
    AscribeUserType,     // place; word: variance; number: index into `user_type_projections`
    SetDiscriminant,     // place; number: of the variant
    Deinit,              // place
    Retag,               // place; word: "[fn entry]", ..
    DropHint,            // `BackwardIncompatibleDropHint(place)`
    Assume,              // `assume(operand)`
    CopyNonOverlapping,  // number: index of the first of three operands: dst, src, count
    Coverage,            // name: of what follows `Coverage::`
    ConstEvalCounter,
    Nop,
    Opaque,  // name
  };
  Kind kind = Kind::Opaque;
  Rvalue::Kind rvalue = Rvalue::Kind::None;
  WordId word;
  Place place;
  // Operands, or what else the kind has, by its bits: a place, a type, a name, an index.
  std::array<Operand, 2> parts;

  [[nodiscard]] Operand operand() const { return parts[0]; }
  [[nodiscard]] uint32_t number() const { return parts[0].bits(); }
  [[nodiscard]] NameId name() const { return NameId(size_t{parts[0].bits()}); }
};
static_assert(sizeof(Statement) == 16, "there are many of them");

// An aggregate with a path: a struct, a variant, a closure.
struct Aggregate {
  TypeId type;
  uint32_t first_operand = 0;
  uint32_t operand_count = 0;
  // Of its fields, as many as operands, if it is written with them.
  uint32_t first_name = 0;
  bool has_names = false;
};

// What happens when a terminator unwinds.
enum class Unwind : uint8_t { None, Continue, Unreachable, TerminateAbi, TerminateCleanup, Block };

struct Terminator {
  enum class Kind : uint8_t {
    Goto,
    SwitchInt,  // operand; `Body::switch_values`, one a target but the last
    Return,
    Resume,
    Unreachable,
    Terminate,  // word: "abi" or "cleanup"
    CoroutineDrop,
    Drop,         // place; drop_target: of an async drop in a coroutine
    Call,         // place = operand(operands)
    TailCall,     // operand(operands)
    Yield,        // place = yield(operand); targets[0] resume, drop_target drop
    Assert,       // operand, text its message, operands what the message shows; is_negated
    FalseEdge,    // targets[0] real, targets[1] imaginary
    FalseUnwind,  // targets[0] real
    InlineAsm,    // text: as written; targets: where it goes on, its labels
    Opaque,       // text
  };
  Kind kind = Kind::Opaque;
  Unwind unwind = Unwind::None;
  bool is_negated = false;
  // Targets are written without brackets: `-> bb1`.
  bool is_bare = false;
  WordId word;
  Place place;
  Operand operand;
  uint32_t first_operand = 0;  // SwitchInt: of its values, in `switch_values`
  uint32_t operand_count = 0;
  // Normal successors in printed order; SwitchInt's `otherwise` is last.
  uint32_t first_target = 0;
  uint32_t target_count = 0;
  BlockId unwind_target;
  BlockId drop_target;
  NameId text;
};

// How a terminator of this kind names its normal successors; of a `SwitchInt` those
// that have no value.
[[nodiscard]] std::string_view target_label(Terminator::Kind kind, size_t index);

struct Block {
  uint32_t first_statement = 0;
  uint32_t statement_count = 0;
  bool is_cleanup = false;
  Terminator terminator;
};

struct Local {
  TypeId type;
  ScopeId scope;
  // Of its declaration: the binding's pattern, or the temporary's expression.
  SpanIndex span;
  bool is_mut = false;
};

// `UserTypeProjection { base: UserType(0), projs: [..] }`: what the source ascribed.
struct UserTypeProjection {
  LocalId local;  // whose declaration it stands behind; none in a statement
  uint32_t base = 0;
  NameId projections;
};

struct DebugInfo {
  NameId name;  // the source variable, or `(x.0: T)` where a part of it is described
  Place place;  // invalid: a constant
  ConstantId constant;
  SourceInfo info;
};

struct Scope {
  ScopeId parent;
  // The inlined function's path, if this is the root of an inlined body.
  TypeId inlined;
  SpanIndex call_site;
  bool tracks_caller = false;
};

// What a dump with spans says below a line of one of its constants or aggregates.
struct Note {
  enum class Kind : uint8_t { Constant, Closure, Coroutine, CoroutineClosure, Adt, Opaque };
  Kind kind = Kind::Opaque;
  bool has_user_type = false;
  uint32_t location = 0;  // `Body::location` of the line
  SpanIndex span;         // Constant
  uint32_t user_type = 0;
  ConstantNoteId constant;  // Constant
  NameId definition;        // closures and coroutines: `DefId(..)`; Opaque: the line
  NameId coroutine_kind;    // `Some(Desugared(Async, Fn))`
  // Closures and coroutines: their generic arguments, in `note_lines`.
  uint32_t first_line = 0;
  uint32_t line_count = 0;
};

// A line of a value that rustc prints over several: how deep it is indented, and its
// text without the closing comma.
struct NoteLine {
  uint32_t depth = 0;
  NameId text;
  bool has_comma = false;
};

// A line that is not understood, in the part before the blocks.
struct OpaqueLine {
  uint32_t line = 0;
  NameId text;
};

// A place inside a block: the index of a statement, or the number of statements for
// the terminator.
struct Point {
  BlockId block;
  uint32_t statement = 0;
  friend auto operator<=>(const Point&, const Point&) = default;
};

struct Body {
  enum class Form : uint8_t { Function, Const, Static, StaticMut, Anonymous };

  const Tables* tables = nullptr;
  Form form = Form::Function;
  bool is_coroutine = false;  // has a `yields` line
  bool has_spans = false;
  bool is_after = true;  // after or before the pass
  // Some line of it was not understood.
  bool has_opaque = false;
  // "work::{closure#0}" as in the header.
  NameId name;
  // From the dump's file name, none when not known: the crate, and the definition path,
  // unique in it: "a::work::{closure#0}".
  NameId crate;
  NameId definition_path;
  // "built", "SimplifyCfg-promote-consts", ..; "ctfe" for the copy that constant
  // evaluation uses of a body that has another; none in `--emit=mir` output.
  NameId pass;
  TypeId result_type;
  TypeId yield_type;
  uint32_t arg_count = 0;       // `_1` .. `_arg_count`
  uint32_t first_line = 0;      // of its head, 1-based
  View<LocalId, Local> locals;  // index 0 is the return place
  View<BlockId, Block> blocks;
  View<ScopeId, Scope> scopes;  // index 0 is the outermost
  llvm::ArrayRef<DebugInfo> debug_infos;
  llvm::ArrayRef<UserTypeProjection> user_type_projections;

  llvm::ArrayRef<Statement> all_statements;
  llvm::ArrayRef<Operand> all_operands;
  llvm::ArrayRef<Aggregate> aggregates;
  llvm::ArrayRef<NameId> all_names;  // of fields
  llvm::ArrayRef<BlockId> all_targets;
  llvm::ArrayRef<NameId> all_switch_values;
  llvm::ArrayRef<ProjectedPlace> places;
  llvm::ArrayRef<Projection> all_projections;
  llvm::ArrayRef<MirSpan> spans;  // index 0 is none
  // By `location`; empty without spans.
  llvm::ArrayRef<SourceInfo> source_infos;
  llvm::ArrayRef<Note> notes;  // by location
  llvm::ArrayRef<NoteLine> note_lines;
  llvm::ArrayRef<OpaqueLine> opaque_lines;

  [[nodiscard]] const TypeTable& types() const { return tables->types; }
  [[nodiscard]] std::string_view text(NameId id) const { return tables->text(id); }
  [[nodiscard]] std::string_view word(WordId id) const { return tables->word(id); }

  [[nodiscard]] llvm::ArrayRef<Statement> statements(BlockId block) const {
    const Block& code = blocks[block];
    return all_statements.slice(code.first_statement, code.statement_count);
  }
  [[nodiscard]] const Terminator& terminator(BlockId block) const {
    return blocks[block].terminator;
  }
  [[nodiscard]] Point end_of(BlockId block) const { return {block, blocks[block].statement_count}; }

  [[nodiscard]] LocalId local(Place place) const {
    return !place.is_valid()  ? LocalId()
           : place.is_local() ? LocalId(size_t{place.index()})
                              : places[place.index()].local;
  }
  [[nodiscard]] llvm::ArrayRef<Projection> projections(Place place) const {
    if (!place.is_valid() || place.is_local()) {
      return {};
    }
    const ProjectedPlace& data = places[place.index()];
    return all_projections.slice(data.first_projection, data.projection_count);
  }
  // Passes through a reference, pointer or box: the local itself is only read.
  [[nodiscard]] bool has_deref(Place place) const;
  // Of the place's value; none where the text does not say.
  [[nodiscard]] TypeId type_of(Place place) const;
  [[nodiscard]] TypeId type_of(Operand operand) const;

  [[nodiscard]] Rvalue rvalue(const Statement& statement) const;
  // Call, TailCall: its arguments; Assert: what the message shows.
  [[nodiscard]] llvm::ArrayRef<Operand> operands(const Terminator& terminator) const {
    return terminator.kind == Terminator::Kind::SwitchInt
               ? llvm::ArrayRef<Operand>()
               : all_operands.slice(terminator.first_operand, terminator.operand_count);
  }
  [[nodiscard]] llvm::ArrayRef<BlockId> targets(const Terminator& terminator) const {
    return all_targets.slice(terminator.first_target, terminator.target_count);
  }
  [[nodiscard]] llvm::ArrayRef<NameId> switch_values(const Terminator& terminator) const {
    return terminator.kind == Terminator::Kind::SwitchInt
               ? all_switch_values.slice(terminator.first_operand, terminator.operand_count)
               : llvm::ArrayRef<NameId>();
  }
  // All blocks control may go to next; `with_unwind` adds the unwind target.
  [[nodiscard]] llvm::SmallVector<BlockId, 4> successors(BlockId block, bool with_unwind) const;

  // The path of the function that is called; none for a call through a pointer.
  [[nodiscard]] TypeId callee(const Terminator& terminator) const;

  // Counts lines of statements and terminators.
  [[nodiscard]] uint32_t location(Point point) const {
    return blocks[point.block].first_statement + point.statement +
           static_cast<uint32_t>(point.block.index());
  }
  [[nodiscard]] SourceInfo source_info(Point point) const {
    const uint32_t at = location(point);
    return at < source_infos.size() ? source_infos[at] : SourceInfo{};
  }
  [[nodiscard]] const MirSpan& span(SpanIndex index) const;
  [[nodiscard]] const MirSpan& span(Point point) const { return span(source_info(point).span); }
  [[nodiscard]] const MirSpan& span(LocalId local) const { return span(locals[local].span); }
  // The notes of the line at `point`.
  [[nodiscard]] llvm::ArrayRef<Note> notes_of(Point point) const;
  // Of a call: the span of the callee's name itself, where the dump has it.
  [[nodiscard]] MirSpan callee_span(BlockId block) const;

  // A body that fails type checking is written as one block with only
  // `unreachable`; the reliable test is that nothing returns.
  [[nodiscard]] bool is_stub() const;
  // Name of the source variable that is exactly this local; empty if none.
  [[nodiscard]] std::string_view variable_name(LocalId local) const;
};

}  // namespace jaa::mir
