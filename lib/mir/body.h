// One MIR body as rustc's textual dumps give it.
//
// A body owns its stores; blocks, statements and locals refer to each other by
// id. Types are interned trees in the `TypeTable` that was passed to the reader
// and outlives the body. Text is owned where it is a name or literal; what the
// reader did not understand is an `Opaque` node holding its source line, which
// analyses treat as "may do anything".
//
// Source: rustc's `rustc_middle::mir::pretty` as of 1.95, and the measured
// grammar of `-Zdump-mir` output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/SmallVector.h"

#include "base/id.h"
#include "mir/type.h"

namespace jaa::mir {

struct Local;
struct Block;
struct Scope;
using LocalId = base::Id<Local>;
using BlockId = base::Id<Block>;
using ScopeId = base::Id<Scope>;

// A span as MIR prints it: `file:line:column: line:column`, 1-based, columns in
// Unicode scalar values, end exclusive. `file` indexes `Body::files`.
struct MirSpan {
  int32_t file = -1;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t end_line = 0;
  uint32_t end_column = 0;
  [[nodiscard]] bool is_valid() const { return file >= 0; }
  friend auto operator<=>(const MirSpan&, const MirSpan&) = default;
};

struct Projection {
  enum class Kind : uint8_t {
    Deref,
    Field,
    Downcast,
    Index,
    ConstantIndex,
    Subslice,
    Subtype,
    Opaque
  };
  Kind kind = Kind::Deref;
  uint32_t field = 0;  // Field: its index
  TypeId type;         // Field, Subtype: the type written in the place
  LocalId index;       // Index
  std::string text;    // Downcast: variant name; ConstantIndex, Subslice, Opaque: as written
};

struct Place {
  LocalId local;
  llvm::SmallVector<Projection, 2> projections;
  [[nodiscard]] bool is_local() const { return projections.empty(); }
  // Passes through a reference, pointer or box: the local itself is only read.
  [[nodiscard]] bool has_deref() const;
};

struct Operand {
  enum class Kind : uint8_t { Copy, Move, Constant, Opaque };
  Kind kind = Kind::Opaque;
  Place place;       // Copy, Move
  std::string text;  // Constant (without `const`), Opaque
};

struct Rvalue {
  enum class Kind : uint8_t {
    Use,           // operands[0]
    Cast,          // operands[0] as type (text: cast kind)
    Ref,           // &place, &mut place, &fake ..; text: "", "mut", "fake shallow", ..
    RawPtr,        // &raw const place, &raw mut place
    Aggregate,     // tuple, array, struct, closure, coroutine; text: its head as written,
                   // "()" or "[]"; also a function item or unit variant by its bare path
    Repeat,        // [operands[0]; N]; text: N
    BinaryOp,      // text: operator name
    UnaryOp,       // text: operator name
    Discriminant,  // place
    Len,           // place
    CopyForDeref,  // place
    Opaque,        // text
  };
  Kind kind = Kind::Opaque;
  Place place;
  llvm::SmallVector<Operand, 2> operands;
  TypeId type;  // Cast; Aggregate: of a closure its own, else the target's if known
  std::string text;
  bool is_mut = false;  // Ref, RawPtr
};

struct Statement {
  enum class Kind : uint8_t {
    Assign,        // place = rvalue
    StorageLive,   // place.local
    StorageDead,   // place.local
    FakeRead,      // place
    PlaceMention,  // place
    AscribeUserType,
    SetDiscriminant,  // place
    Nop,
    Opaque,
  };
  Kind kind = Kind::Opaque;
  Place place;
  Rvalue rvalue;
  MirSpan span;
  ScopeId scope;
  // Opaque: as written; AscribeUserType: what is behind the place; FakeRead: its
  // cause; SetDiscriminant: the variant.
  std::string text;
};

struct Terminator {
  enum class Kind : uint8_t {
    Goto,
    SwitchInt,
    Return,
    Resume,
    Unreachable,
    Terminate,
    CoroutineDrop,
    Drop,  // place
    Call,  // place = callee(operands)
    TailCall,
    Yield,        // place = yield(operands[0]); targets[0] resume, drop_target drop
    Assert,       // operands[0] the condition, then what the message shows
    FalseEdge,    // targets[0] real, targets[1] imaginary
    FalseUnwind,  // targets[0] real
    InlineAsm,
    Opaque,
  };
  Kind kind = Kind::Opaque;
  Place place;
  llvm::SmallVector<Operand, 3> operands;
  // Call: the callee as an operand: Constant with its path text, or Copy/Move of
  // a function pointer.
  Operand callee;
  // Normal successors in printed order; SwitchInt's `otherwise` is last.
  llvm::SmallVector<BlockId, 2> targets;
  llvm::SmallVector<std::string, 2> switch_values;  // one a target but the last
  BlockId unwind_target;                            // none: continue, terminate, unreachable
  BlockId drop_target;  // Drop and Yield in a coroutine: where dropping goes on
  std::string text;     // Opaque, InlineAsm, Assert: as written
  MirSpan span;
  // Call: span of the callee name itself, where the dump carries it.
  MirSpan callee_span;
  ScopeId scope;
  // All blocks control may go to next; `with_unwind` adds the unwind target.
  [[nodiscard]] llvm::SmallVector<BlockId, 4> successors(bool with_unwind) const;
};

struct Local {
  TypeId type;
  bool is_mut = false;
  MirSpan span;  // of its declaration: the binding's pattern, or the temporary's expression
  ScopeId scope;
  // The declared type names a lifetime or a reference: the value may borrow.
  bool may_borrow = false;
};

struct DebugInfo {
  std::string name;            // source variable
  std::optional<Place> place;  // none: a constant
  std::string constant;
  ScopeId scope;
  MirSpan span;
};

struct Scope {
  ScopeId parent;
  std::string inlined;  // the inlined function's path, if any
};

struct Block {
  std::vector<Statement> statements;
  Terminator terminator;
  bool is_cleanup = false;
};

struct Body {
  // "work::{closure#0}" as in the header.
  std::string name;
  // Definition path from the dump's file name, unique in the crate:
  // "a::work::{closure#0}"; empty when not known.
  std::string definition_path;
  // "built", "SimplifyCfg-promote-consts", ..; "ctfe" for the copy that constant
  // evaluation uses of a body that has another; empty in `--emit=mir` output.
  std::string pass;
  bool is_after = true;       // after or before the pass
  uint32_t arg_count = 0;     // `_1` .. `_arg_count`
  bool is_coroutine = false;  // has a `yields` line
  TypeId yield_type;
  base::Store<LocalId, Local> locals;  // index 0 is the return place
  base::Store<BlockId, Block> blocks;
  base::Store<ScopeId, Scope> scopes;  // index 0 is the outermost
  std::vector<DebugInfo> debug_infos;
  std::vector<std::string> files;  // files named by spans, first use first
  // A body that fails type checking is written as one block with only
  // `unreachable`; the reliable test is that nothing returns.
  [[nodiscard]] bool is_stub() const;
  // Some statement or terminator was not understood.
  bool has_opaque = false;

  // Name of the source variable that is exactly this local; empty if none.
  [[nodiscard]] std::string_view variable_name(LocalId local) const;
};

}  // namespace jaa::mir
