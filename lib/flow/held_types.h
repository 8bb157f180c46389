// Which types hold a guard by value, and where in them: `Txn` in its field `rows`, the
// closure in what it has captured.
//
// Two sources. Declarations in loaded sources, whose names are told by the imports around
// them; and bodies, which show a field's type where they build a value or touch a part of
// it. What neither shows holds what its type arguments say, as the standard library's
// wrappers do. References, pointers and trait objects hold nothing by value.
//
// A type is looked through when it is first asked about. Refers to the modules, sources
// and trees it was made of.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/guard_types.h"
#include "flow/source_names.h"
#include "flow/sources.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "mir/module.h"

namespace jaa::flow {

// One step inwards: `owner` holds a `type` in `field`.
struct HoldingField {
  enum class Kind : uint8_t {
    Field,    // `rows`, `0`, `Write.0`
    Capture,  // of a closure or an async block
    Hidden,   // what an `impl Trait` is; it has no name
  };
  Kind kind = Kind::Field;
  std::string owner;
  std::string field;
  std::string type;
  // Where it is declared, if the source is loaded.
  std::optional<base::Span> declared;
};

// The guard that a value is or has in it.
struct InnerGuard {
  const GuardType* guard = nullptr;
  std::string type;   // the guard's
  std::string inner;  // what it protects; empty when not written
  // From the value's type inwards; none where the guard is the value, or is in nothing but
  // wrappers that name it in their type arguments.
  std::vector<HoldingField> fields;
};

class HeldTypes {
 public:
  HeldTypes() = default;
  explicit HeldTypes(SourceNames names) : names_(std::move(names)) {}
  // All that is asked about is of modules that were added.
  void add(const mir::Module& module, const UnitSources& sources);

  [[nodiscard]] const std::optional<InnerGuard>& find(const mir::Body& body, mir::TypeId type);

 private:
  using TypeId = mir::TypeId;
  // A type that bodies of a unit take apart or build, all in the unit's table.
  struct SeenType {
    std::map<std::string, TypeId> fields;
    // A value of it was built: these are all.
    bool is_whole = false;
  };
  struct Unit {
    const mir::Module* module = nullptr;
    size_t crate = 0;
    std::map<TypeId, SeenType> seen;
    std::map<std::string, std::vector<TypeId>, std::less<>> seen_by_name;
    std::map<TypeId, TypeId> own;  // its types in `types_`
    std::map<TypeId, std::optional<InnerGuard>> answers;
  };
  // A part of a type that is looked through.
  struct Part {
    TypeId type;
    size_t from = 0;  // the part that it is in
    std::optional<HoldingField> field;
  };
  struct Declaration {
    std::vector<TypeId> parameters;
    struct Field {
      std::string name;
      TypeId type;
      base::Span place;
    };
    std::vector<Field> fields;
    bool is_alias = false;
  };

  void see(const mir::Body& body, Unit& unit) const;
  TypeId copy(const mir::TypeTable& from, TypeId root,
              llvm::function_ref<std::optional<TypeId>(TypeId)> replace, const NameScope* scope);
  TypeId own(Unit& unit, TypeId type);
  const std::optional<Declaration>& declaration(const std::string& path);
  void read_fields(syntax::Node item, const NameScope& scope, Declaration& into);
  [[nodiscard]] std::optional<InnerGuard> search(Unit& unit, TypeId type);
  void open(std::vector<Part>& parts, size_t at, Unit& unit);
  [[nodiscard]] TypeId name_in(const Unit& other, const Unit& unit, TypeId type);
  [[nodiscard]] bool open_declared(std::vector<Part>& parts, size_t at);
  // True when nothing else is in it.
  [[nodiscard]] bool open_seen(std::vector<Part>& parts, size_t at, Unit& unit, TypeId as_seen);
  [[nodiscard]] InnerGuard answer(const std::vector<Part>& parts, size_t at,
                                  const GuardType& guard) const;

  SourceNames names_;
  std::vector<Unit> units_;
  mir::TypeTable types_;
  std::map<TypeId, size_t> sizes_;  // of types in it, as trees
  std::map<std::string, std::optional<Declaration>> declarations_;
};

}  // namespace jaa::flow
