#include "flow/held_types.h"

#include <algorithm>
#include <set>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include "flow/type_shape.h"
#include "syntax/queries.h"

namespace jaa::flow {

using Kind = mir::Type::Kind;
using syntax::Node;

namespace {

constexpr size_t MostParts = 256;
// As a tree: what is shared in the table is not in a text.
constexpr size_t MostNodes = 4096;

bool is_std(std::string_view path) {
  return path.starts_with("std::") || path.starts_with("core::") || path.starts_with("alloc::");
}

// Names a type argument without having a value of it, or never drops it.
bool holds_no_argument(const mir::TypeTable& types, mir::TypeId type) {
  return is_named(types, type, {"PhantomData", "ManuallyDrop", "NonNull", "Weak"}) ||
         types[type].name.starts_with("std::slice::Iter");
}

bool is_captured_by(Kind kind) {
  return kind == Kind::Closure || kind == Kind::Coroutine;
}

}  // namespace

void HeldTypes::add(const mir::Module& module, const UnitSources& sources) {
  Unit& unit = units_.emplace_back();
  unit.module = &module;
  bool is_placed = false;
  for (const mir::Body& body : module.bodies) {
    see(body, unit);
    if (!is_placed && !body.locals.empty()) {
      if (const auto place = sources.span(body, body.span(mir::LocalId(size_t{0})))) {
        unit.crate = names_.crate_of(place->file);
        is_placed = true;
      }
    }
  }
  for (const auto& [type, fields] : unit.seen) {
    const mir::TypeTable& types = module.tables->types;
    const std::string_view last = types.last_segment(type);
    unit.seen_by_name[std::string(last.empty() ? types[type].name : last)].push_back(type);
  }
}

void HeldTypes::see(const mir::Body& body, Unit& unit) const {
  const mir::TypeTable& types = body.types();
  const auto seen = [&](mir::TypeId owner) -> SeenType* {
    if (!owner.is_valid()) {
      return nullptr;
    }
    owner = types.erased(owner);
    const mir::Type shape = types[owner];
    const bool is_named = shape.kind == Kind::Path && !is_std(shape.name);
    return is_named || is_captured_by(shape.kind) ? &unit.seen[owner] : nullptr;
  };
  for (const mir::Statement& statement : body.all_statements) {
    if (statement.kind != mir::Statement::Kind::Assign ||
        statement.rvalue != mir::Rvalue::Kind::Struct) {
      continue;
    }
    const mir::Rvalue built = body.rvalue(statement);
    const mir::TypeId owner = body.type_of(statement.place);
    SeenType* type = seen(owner);
    if (type == nullptr) {
      continue;
    }
    const std::string_view variant = types.last_segment(built.type);
    const bool is_variant =
        !is_captured_by(types[owner].kind) && variant != types.last_segment(owner);
    if (!is_variant && !type->is_whole) {
      type->fields.clear();  // by their numbers
    }
    for (size_t at = 0; at < built.operands.size(); ++at) {
      const std::string name =
          at < built.names.size() ? std::string(body.text(built.names[at])) : std::to_string(at);
      const mir::TypeId field = body.type_of(built.operands[at]);
      type->fields[is_variant ? std::string(variant) + "." + name : name] = field;
    }
    type->is_whole |= !is_variant;
  }
  for (const mir::ProjectedPlace& place : body.places) {
    mir::TypeId at = body.locals[place.local].type;
    std::string variant;
    for (const mir::Projection& step :
         body.all_projections.slice(place.first_projection, place.projection_count)) {
      using Step = mir::Projection::Kind;
      if (step.kind == Step::Downcast) {
        variant = std::string(body.text(step.name())) + ".";
        continue;
      }
      if (step.kind == Step::Field) {
        if (SeenType* type = seen(at); type != nullptr && !type->is_whole) {
          type->fields.emplace(variant + std::to_string(step.field()), step.type);
        }
      }
      const bool goes_in =
          step.kind == Step::Deref || step.kind == Step::Index || step.kind == Step::ConstantIndex;
      const llvm::ArrayRef<mir::TypeId> args =
          at.is_valid() ? types[at].args : llvm::ArrayRef<mir::TypeId>();
      at = step.type.is_valid()          ? step.type
           : goes_in && args.size() == 1 ? args.front()
           : step.kind == Step::Subslice ? at
                                         : mir::TypeId();
      variant.clear();
    }
  }
}

// Copies a tree; `replace` is asked first at each node, and with `scope` paths are
// resolved. None where the result would be too large.
mir::TypeId HeldTypes::copy(const mir::TypeTable& from, TypeId root,
                            llvm::function_ref<std::optional<TypeId>(TypeId)> replace,
                            const NameScope* scope) {
  std::map<TypeId, TypeId> done;
  std::vector<std::pair<TypeId, bool>> open{{root, false}};
  while (!open.empty()) {
    const auto [id, has_parts] = open.back();
    if (done.contains(id)) {
      open.pop_back();
      continue;
    }
    if (const auto other = has_parts ? std::nullopt : replace(id)) {
      done[id] = *other;
      continue;
    }
    const mir::Type node = from[id];
    llvm::SmallVector<TypeId, 8> args(node.args.begin(), node.args.end());
    if (!has_parts) {
      open.back().second = true;
      for (const TypeId arg : args) {
        open.emplace_back(arg, false);
      }
      continue;
    }
    bool is_whole = true;
    size_t size = 1;
    for (TypeId& arg : args) {
      arg = done[arg];
      is_whole &= arg.is_valid();
      const auto known = sizes_.find(arg);
      size += known == sizes_.end() ? 1 : known->second;
    }
    is_whole &= size <= MostNodes;
    std::string name(node.name);
    if (scope != nullptr && node.kind == Kind::Path) {
      name = names_.resolve(*scope, name);
    }
    done[id] = is_whole ? types_.intern(node.kind, node.is_mut, types_.name(name), args) : TypeId();
    sizes_[done[id]] = size;
    open.pop_back();
  }
  return done[root];
}

mir::TypeId HeldTypes::own(Unit& unit, TypeId type) {
  const auto [known, is_new] = unit.own.emplace(type, TypeId());
  if (is_new) {
    const NameScope root{unit.crate, ""};
    const auto keep = [](TypeId) { return std::optional<TypeId>(); };
    unit.own[type] = copy(unit.module->tables->types, type, keep, &root);
  }
  return unit.own[type];
}

const std::optional<HeldTypes::Declaration>& HeldTypes::declaration(const std::string& path) {
  const auto known = declarations_.find(path);
  if (known != declarations_.end()) {
    return known->second;
  }
  std::optional<Declaration> read;
  if (const auto named = names_.find(path)) {
    read.emplace();
    for (const Node& parameter : named->node.field("type_parameters").named_children()) {
      if (const Node name = parameter.field("name");
          name.is_any({"type_identifier", "identifier"})) {
        read->parameters.push_back(types_.parse(name.text()));
      }
    }
    read_fields(named->node, named->scope, *read);
  }
  return declarations_[path] = std::move(read);
}

void HeldTypes::read_fields(Node item, const NameScope& scope, Declaration& into) {
  const auto is_parameter = [&into](TypeId type) {
    return std::find(into.parameters.begin(), into.parameters.end(), type) != into.parameters.end();
  };
  const auto add = [&](std::string name, Node type, Node place) {
    const auto keep = [&](TypeId part) {
      return is_parameter(part) ? std::optional(part) : std::nullopt;
    };
    const TypeId written = types_.erased(types_.parse(type.text()));
    into.fields.push_back({std::move(name), copy(types_, written, keep, &scope), place.span()});
  };
  const auto add_all = [&](Node list, const std::string& variant) {
    size_t number = 0;
    for (const Node& part : list.named_children()) {
      if (part.is("field_declaration")) {
        add(variant + std::string(part.field("name").text()), part.field("type"), part);
      } else if (list.is("ordered_field_declaration_list") &&
                 !part.is_any({"visibility_modifier", "attribute_item"}) && !part.is_comment()) {
        add(variant + std::to_string(number++), part, part);
      }
    }
  };
  if (item.is("type_item")) {
    into.is_alias = true;
    add("", item.field("type"), item);
    return;
  }
  const Node body = item.field("body");
  if (!item.is("enum_item")) {
    add_all(body, "");
    return;
  }
  for (const Node& variant : body.named_children()) {
    if (variant.is("enum_variant")) {
      add_all(variant.field("body"), std::string(variant.field("name").text()) + ".");
    }
  }
}

const std::optional<InnerGuard>& HeldTypes::find(const mir::Body& body, TypeId type) {
  static const std::optional<InnerGuard> None;
  const auto unit = std::find_if(units_.begin(), units_.end(), [&body](const Unit& other) {
    return other.module->tables.get() == body.tables;
  });
  if (unit == units_.end() || !type.is_valid()) {
    return None;
  }
  type = body.types().erased(type);
  const auto known = unit->answers.find(type);
  return known != unit->answers.end() ? known->second : unit->answers[type] = search(*unit, type);
}

std::optional<InnerGuard> HeldTypes::search(Unit& unit, TypeId type) {
  std::vector<Part> parts{{own(unit, type), 0, std::nullopt}};
  std::set<TypeId> seen;
  for (size_t at = 0; at < parts.size() && at < MostParts; ++at) {
    const TypeId part = parts[at].type;
    if (!part.is_valid() || !seen.insert(part).second) {
      continue;
    }
    if (const GuardType* guard = guard_type(types_, part)) {
      return answer(parts, at, *guard);
    }
    open(parts, at, unit);
  }
  return std::nullopt;
}

void HeldTypes::open(std::vector<Part>& parts, size_t at, Unit& unit) {
  const TypeId type = parts[at].type;
  const mir::Type shape = types_[type];
  if (is_captured_by(shape.kind)) {
    for (Unit& other : units_) {
      if (other.crate == unit.crate) {
        (void)open_seen(parts, at, other, type);
      }
    }
    return;
  }
  const bool is_path = shape.kind == Kind::Path;
  if (!is_path && shape.kind != Kind::Tuple && shape.kind != Kind::Array) {
    return;
  }
  if (is_path) {
    if (holds_no_argument(types_, type) || open_declared(parts, at)) {
      return;
    }
    bool is_whole = false;
    for (Unit& other : units_) {
      const TypeId as_seen = name_in(other, unit, type);
      is_whole |= as_seen.is_valid() && open_seen(parts, at, other, as_seen);
    }
    if (is_whole) {
      return;
    }
  }
  for (const TypeId arg : llvm::SmallVector<TypeId, 8>(types_[type].args)) {
    parts.push_back({arg, at, std::nullopt});
  }
}

// What the bodies of `other` call a type of `unit`: their own ones have no crate in front.
mir::TypeId HeldTypes::name_in(const Unit& other, const Unit& unit, TypeId type) {
  if (other.crate == unit.crate) {
    return type;
  }
  const mir::Type shape = types_[type];
  const auto [crate, path] = llvm::StringRef(shape.name.data(), shape.name.size()).split("::");
  if (path.empty() || crate != llvm::StringRef(names_.name_of(other.crate))) {
    return {};
  }
  const llvm::SmallVector<TypeId, 8> args(shape.args);
  return types_.intern(Kind::Path, false, types_.name({path.data(), path.size()}), args);
}

bool HeldTypes::open_declared(std::vector<Part>& parts, size_t at) {
  const TypeId type = parts[at].type;
  const std::optional<Declaration>& found = declaration(std::string(types_[type].name));
  if (!found) {
    return false;
  }
  const llvm::SmallVector<TypeId, 8> args(types_[type].args);
  const auto replace = [&](TypeId part) -> std::optional<TypeId> {
    for (size_t index = 0; index < found->parameters.size(); ++index) {
      if (found->parameters[index] == part) {
        return index < args.size() ? args[index] : TypeId();
      }
    }
    return std::nullopt;
  };
  for (const Declaration::Field& field : found->fields) {
    const TypeId inner =
        field.type.is_valid() ? copy(types_, field.type, replace, nullptr) : TypeId();
    if (!inner.is_valid() || parts.size() >= MostParts) {
      continue;
    }
    parts.push_back({inner, at, std::nullopt});
    if (!found->is_alias) {
      parts.back().field = HoldingField{HoldingField::Kind::Field, types_.print(type), field.name,
                                        types_.print(inner), field.place};
    }
  }
  return true;
}

bool HeldTypes::open_seen(std::vector<Part>& parts, size_t at, Unit& unit, TypeId as_seen) {
  const mir::Type shape = types_[as_seen];
  const bool captures = is_captured_by(shape.kind);
  const auto instances =
      unit.seen_by_name.find(captures ? shape.name : types_.last_segment(as_seen));
  if (instances == unit.seen_by_name.end()) {
    return false;
  }
  const std::string path(shape.name);
  const std::string owner = captures ? std::string() : types_.print(as_seen);
  bool is_whole = captures;
  for (const TypeId instance : instances->second) {
    const TypeId other = own(unit, instance);
    if (!other.is_valid() || types_[other].name != path) {
      continue;
    }
    // What another instance shows in place of its type arguments is not in this one.
    const bool is_same = other == as_seen;
    const llvm::SmallVector<TypeId, 8> args(types_[other].args);
    const auto drop_arguments = [&](TypeId part) -> std::optional<TypeId> {
      const bool is_argument = std::find(args.begin(), args.end(), part) != args.end();
      return is_argument && !is_same ? std::optional(types_.parse("()")) : std::nullopt;
    };
    const SeenType& seen = unit.seen.at(instance);
    is_whole |= is_same && seen.is_whole;
    for (const auto& [name, type] : seen.fields) {
      if (!type.is_valid() || parts.size() >= MostParts) {
        continue;
      }
      const TypeId shown = own(unit, type);
      const TypeId inner =
          shown.is_valid() ? copy(types_, shown, drop_arguments, nullptr) : TypeId();
      if (inner.is_valid()) {
        const auto kind = captures ? HoldingField::Kind::Capture : HoldingField::Kind::Field;
        parts.push_back(
            {inner, at, HoldingField{kind, owner, name, types_.print(inner), std::nullopt}});
      }
    }
  }
  return is_whole;
}

InnerGuard HeldTypes::answer(const std::vector<Part>& parts, size_t at,
                             const GuardType& guard) const {
  InnerGuard found;
  found.guard = &guard;
  const TypeId type = parts[at].type;
  found.type = types_.print(type);
  const llvm::ArrayRef<TypeId> args = types_[type].args;
  found.inner = args.empty() ? std::string() : types_.print(args.back());
  for (size_t step = at;; step = parts[step].from) {
    if (parts[step].field) {
      found.fields.push_back(*parts[step].field);
    }
    if (step == 0) {
      break;
    }
  }
  std::reverse(found.fields.begin(), found.fields.end());
  return found;
}

}  // namespace jaa::flow
