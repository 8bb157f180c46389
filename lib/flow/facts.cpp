#include "flow/facts.h"

#include <algorithm>
#include <tuple>

#include "llvm/ADT/StringRef.h"

#include "flow/cause_reader.h"
#include "flow/demand_chain.h"
#include "flow/send_summary.h"
#include "flow/told_type.h"
#include "flow/type_shape.h"
#include "flow/type_text.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {
namespace {

// A guard together with the body it was found in.
struct Candidate {
  HeldValue guard;
  const UnitBodies* unit = nullptr;
};

std::vector<Candidate> all_held(const FactsInput& input) {
  std::vector<Candidate> result;
  HeldTypes types(SourceNames(*input.files, *input.trees, input.crates));
  for (const UnitBodies& unit : input.units) {
    types.add(unit.module, unit.sources);
  }
  for (const UnitBodies& unit : input.units) {
    for (const mir::Body& body : unit.module.bodies) {
      for (HeldValue& guard : held_guards(body, unit.sources, types)) {
        const bool is_known = std::any_of(
            result.begin(), result.end(),
            [&guard](const Candidate& other) { return other.guard.value == guard.value; });
        if (!is_known) {
          result.push_back({std::move(guard), &unit});
        }
      }
    }
  }
  return result;
}

bool is_at_await(const HeldValue& guard, const base::Span& keyword) {
  return std::any_of(guard.awaits.begin(), guard.awaits.end(), [&](const HeldAwait& await) {
    return await.keyword == keyword || await.whole.contains(keyword);
  });
}

bool carries(const HeldValue& guard, const base::Span& value) {
  return std::find(guard.carriers.begin(), guard.carriers.end(), value) != guard.carriers.end();
}

// std's guards and RefCell's are never `Send`; lock_api's may be, by a feature.
bool denies_send_with(const HeldValue& other, const HeldValue& named) {
  return other.guard->family != LockFamily::LockApi || named.guard->family == LockFamily::LockApi;
}

class Matcher {
 public:
  Matcher(const Facts& facts, std::vector<Candidate> candidates)
      : facts_(facts), denials_(facts.denials()), candidates_(std::move(candidates)) {
    found_.resize(candidates_.size());
  }

  // True when a guard in MIR accounts for the denial.
  bool match(uint32_t index) {
    const Denial& denial = denials_[index];
    const size_t named = denial.await ? by_value(denial) : by_body(denial);
    if (named == candidates_.size()) {
      return false;
    }
    found_[named].denials.push_back(index);
    for (size_t other = 0; other < candidates_.size(); ++other) {
      if (other != named && candidates_[other].unit == candidates_[named].unit &&
          candidates_[other].guard.body == candidates_[named].guard.body &&
          denies_send_with(candidates_[other].guard, candidates_[named].guard)) {
        found_[other].hidden_denials.push_back(index);
      }
    }
    return true;
  }

  std::vector<DeniedGuard> take(bool lint) {
    std::vector<DeniedGuard> result;
    for (size_t index = 0; index < candidates_.size(); ++index) {
      DeniedGuard& found = found_[index];
      const bool is_lint = lint && candidates_[index].guard.is_certain;
      if (is_lint || !found.denials.empty() || !found.hidden_denials.empty()) {
        found.guard = std::move(candidates_[index].guard);
        result.push_back(std::move(found));
      }
    }
    return result;
  }

 private:
  size_t by_value(const Denial& denial) const {
    const auto value = span_of(*denial.value, facts_.files());
    const auto await = span_of(*denial.await, facts_.files());
    const auto at =
        std::find_if(candidates_.begin(), candidates_.end(), [&](const Candidate& candidate) {
          return value && await && carries(candidate.guard, *value) &&
                 is_at_await(candidate.guard, *await) &&
                 (candidate.guard.guard_fields.empty() ||
                  is_denied_by(*candidate.guard.guard, denial.culprit));
        });
    return static_cast<size_t>(at - candidates_.begin());
  }

  // The innermost body of the chain that holds a guard of a type the error quotes.
  size_t by_body(const Denial& denial) const {
    for (const NamedPlace& place : denial.bodies) {
      const auto body = async_body(place, facts_);
      for (size_t index = 0; body && index < candidates_.size(); ++index) {
        const HeldValue& guard = candidates_[index].guard;
        const bool is_quoted = std::any_of(
            denial.quoted.begin(), denial.quoted.end(),
            [&](const std::string& type) { return same_type_text(type, guard.guard_type); });
        if (is_quoted && body->contains(guard.value)) {
          return index;
        }
      }
    }
    return candidates_.size();
  }

  const Facts& facts_;
  const std::vector<Denial>& denials_;
  std::vector<Candidate> candidates_;
  std::vector<DeniedGuard> found_;
};

// Without the body, what rustc labels: the value, the await and the type; the uses
// from the syntax, where a later place counts as after the await.
std::optional<DeniedGuard> from_messages(const Denial& denial, const Facts& facts) {
  if (!denial.value || !denial.await) {
    return std::nullopt;
  }
  const auto value = span_of(*denial.value, facts.files());
  const auto keyword = span_of(*denial.await, facts.files());
  mir::TypeTable types;
  const mir::TypeId type = types.parse(denial.value_type);
  const auto found = find_guard(types, type, /*trimmed=*/true);
  if (!value || !keyword || value->file != keyword->file || !found) {
    return std::nullopt;
  }
  const syntax::Tree& tree = facts.tree(value->file);
  const syntax::Node await = syntax::enclosing(tree.smallest_node(*keyword), {"await_expression"});
  const syntax::Node node = tree.smallest_node(*value);
  const syntax::Node function = syntax::enclosing_function(node);
  if (!await || !function || !function.contains(await)) {
    return std::nullopt;
  }
  DeniedGuard denied;
  denied.evidence = base::Evidence::Messages;
  HeldValue& guard = denied.guard;
  guard.value = *value;
  guard.carriers = {*value};
  guard.guard = found->guard;
  guard.type = types.print(type);
  guard.guard_type = types.print(found->type);
  guard.inner_type = found->inner.is_valid() ? types.print(found->inner) : std::string();
  guard.awaits.push_back({await.span(), *keyword, true});
  if (node.is("identifier")) {
    guard.name = std::string(node.text());
    guard.is_mut = node.parent().is("mut_pattern");
  } else if (node.is("mut_pattern") && !node.named_children().empty()) {
    guard.name = std::string(node.named_children().back().text());
    guard.is_mut = true;
  }
  const syntax::Node loop =
      syntax::enclosing(await, {"loop_expression", "while_expression", "for_expression"});
  const bool repeats = loop && function.contains(loop) && !loop.contains(node);
  if (!guard.name.empty()) {
    for (const syntax::Node& mention : syntax::mentions(function, guard.name)) {
      if (mention.begin() >= value->end) {
        guard.uses.push_back(
            {mention.span(), false, repeats || mention.begin() > await.end(), false});
      }
    }
  }
  return denied;
}

// The value in MIR that the error labels, or, where it labels none, the first named one
// of a type it quotes in the bodies it lists, innermost first.
std::optional<HeldValue> held_value(const Denial& denial, const FactsInput& input) {
  if (denial.value) {
    const auto place = span_of(*denial.value, *input.files);
    for (const UnitBodies& unit : input.units) {
      for (const mir::Body& body : unit.module.bodies) {
        auto held = place && denial.await ? held_at(body, unit.sources, *place) : std::nullopt;
        if (held) {
          return held;
        }
      }
    }
    return std::nullopt;
  }
  const auto is_quoted = [&denial](const std::string& type) {
    return std::any_of(denial.quoted.begin(), denial.quoted.end(),
                       [&type](const std::string& quoted) { return same_type_text(quoted, type); });
  };
  for (const NamedPlace& place : denial.bodies) {
    const auto span = span_of(place, *input.files);
    for (const UnitBodies& unit : input.units) {
      for (const mir::Body& body : unit.module.bodies) {
        auto held = span ? held_of_type(body, unit.sources, *span, is_quoted) : std::nullopt;
        if (held) {
          return held;
        }
      }
    }
  }
  return std::nullopt;
}

// The value is of a hidden type, `impl Deref + '_`, and rustc names the guard in it.
std::optional<DeniedGuard> from_hidden_type(const Denial& denial, const FactsInput& input) {
  mir::TypeTable types;
  const auto found = find_guard(types, types.parse(denial.culprit), /*trimmed=*/true);
  const mir::TypeId value = types.parse(denial.value_type);
  const bool is_hidden = has_part(types, value, [&types](mir::TypeId part) {
    return types[part].kind == mir::Type::Kind::ImplTrait && principal(types, part) != "Future";
  });
  auto held = found && is_hidden && denial.await ? held_value(denial, input) : std::nullopt;
  if (!held) {
    return std::nullopt;
  }
  DeniedGuard denied;
  denied.guard = std::move(*held);
  denied.guard.guard = found->guard;
  denied.guard.guard_type = types.print(found->type);
  denied.guard.inner_type = found->inner.is_valid() ? types.print(found->inner) : std::string();
  denied.guard.guard_fields = {
      {HoldingField::Kind::Hidden, types.print(value), "", denied.guard.guard_type, std::nullopt}};
  return denied;
}

template <class Items, class PlaceOf>
void sort_by_place(Items& items, const base::SourceFiles& files, PlaceOf place_of_item) {
  const auto key = [&](const auto& item) {
    const base::Span place = place_of_item(item);
    return std::tuple(files.path(place.file), place.begin);
  };
  std::stable_sort(items.begin(), items.end(),
                   [&key](const auto& a, const auto& b) { return key(a) < key(b); });
}

const std::vector<rustc::Diagnostic>& no_diagnostics() {
  static const std::vector<rustc::Diagnostic> none;
  return none;
}

}  // namespace

Facts::Facts(const FactsInput& input)
    : files_(input.files),
      trees_(input.trees),
      diagnostics_(input.diagnostics != nullptr ? input.diagnostics : &no_diagnostics()),
      names_(*input.files, input.cwd),
      denials_(input.denials),
      recursions_(input.recursions),
      units_(input.units),
      known_(input.known),
      package_(input.package),
      crates_(input.crates) {
  find_guards(input);
  find_causes(input);
  for (const LintedPlace& linted : input.public_async_fns) {
    const auto span = span_of(linted.place, *files_);
    const syntax::Node function =
        span ? syntax::enclosing(tree(span->file).smallest_node(*span),
                                 {"function_item", "function_signature_item"})
             : syntax::Node();
    if (function && syntax::trait_of(function)) {
      linted_.push_back({linted.diagnostic, linted.is_error, *span, function});
    }
  }
}

syntax::Node Facts::node_at(const rustc::DiagnosticSpan& span) const {
  const auto place = span.is_from_macro() ? std::nullopt : names_.span(span);
  return place ? tree(place->file).smallest_node(*place) : syntax::Node();
}

std::string Facts::type_of(syntax::Node name) const {
  // The compiler's place of `mut x` begins with the `mut`.
  base::Span whole = name.span();
  if (name.previous().is("mutable_specifier")) {
    whole.begin = name.previous().begin();
  }
  for (const UnitBodies& unit : units_) {
    for (const mir::Body& body : unit.module.bodies) {
      for (size_t index = 1; index < body.locals.size(); ++index) {
        const mir::LocalId local(index);
        const auto span = unit.sources.span(body, body.span(local));
        if (span == name.span() || span == whole) {
          return body.types().print(body.locals[local].type);
        }
      }
      // A parameter has its place where its name is told.
      for (const mir::DebugInfo& info : body.debug_infos) {
        const bool is_whole = info.place.is_valid() && info.place.is_local();
        const auto span = unit.sources.span(body, body.span(info.info.span));
        if (is_whole && (span == name.span() || span == whole)) {
          return body.types().print(body.locals[body.local(info.place)].type);
        }
      }
    }
  }
  // A parameter or `let` that binds nothing else.
  syntax::Node pattern = name;
  while (pattern.parent().is("mut_pattern")) {
    pattern = pattern.parent();
  }
  const syntax::Node owner = pattern.parent();
  const bool binds_it = owner.is_any({"parameter", "let_declaration"}) &&
                        owner.field("pattern") == pattern && owner.field("type");
  if (binds_it) {
    return std::string(owner.field("type").text());
  }
  for (const rustc::Diagnostic& error : diagnostics()) {
    for (const rustc::DiagnosticSpan& span : error.spans) {
      if (names_.span(span) == name.span() || names_.span(span) == whole) {
        if (std::string type = told_type(error, name.text()); !type.empty()) {
          return type;
        }
      }
    }
  }
  return {};
}

const syntax::Items& Facts::items() const {
  if (!items_) {
    items_.emplace([trees = trees_, crates = crates_] {
      syntax::Items::Trees result;
      for (const CrateFiles& crate : crates) {
        for (const base::FileId file : crate.files) {
          result.push_back(&trees->tree(file));
        }
      }
      return result;
    });
  }
  return *items_;
}

namespace {

std::vector<const mir::Module*> modules_of(llvm::ArrayRef<UnitBodies> units) {
  std::vector<const mir::Module*> modules;
  for (const UnitBodies& unit : units) {
    modules.push_back(&unit.module);
  }
  return modules;
}

}  // namespace

const CallGraph& Facts::calls() const {
  if (!calls_) {
    calls_ = std::make_unique<CallGraph>(modules_of(units_));
  }
  return *calls_;
}

const std::vector<Summary>& Facts::summaries() const {
  if (!summaries_) {
    summaries_ = summarise(calls(), known_);
    add_send_verdicts(calls(), modules_of(units_), {}, *summaries_);
  }
  return *summaries_;
}

base::FileId Facts::root_of(base::FileId file) const {
  for (const CrateFiles& crate : crates_) {
    if (std::find(crate.files.begin(), crate.files.end(), file) != crate.files.end()) {
      return files_->find(crate.root).value_or(file);
    }
  }
  return file;
}

std::vector<base::FileId> Facts::crate_of(base::FileId file) const {
  for (const CrateFiles& crate : crates_) {
    if (std::find(crate.files.begin(), crate.files.end(), file) != crate.files.end()) {
      return crate.files;
    }
  }
  return {};
}

void Facts::find_guards(const FactsInput& input) {
  Matcher matcher(*this, all_held(input));
  std::vector<DeniedGuard> unmatched;
  for (uint32_t index = 0; index < denials_.size(); ++index) {
    if (matcher.match(index)) {
      continue;
    }
    std::optional<DeniedGuard> denied = from_hidden_type(denials_[index], input);
    if (!denied) {
      denied = from_messages(denials_[index], *this);
    }
    if (denied) {
      const auto same = std::find_if(
          unmatched.begin(), unmatched.end(),
          [&denied](const DeniedGuard& other) { return other.guard.value == denied->guard.value; });
      if (same == unmatched.end()) {
        denied->denials.push_back(index);
        unmatched.push_back(std::move(*denied));
      } else {
        same->denials.push_back(index);
      }
    }
  }
  guards_ = matcher.take(input.lint);
  for (DeniedGuard& denied : unmatched) {
    guards_.push_back(std::move(denied));
  }
  for (DeniedGuard& denied : guards_) {
    const auto is_inferred = [this](uint32_t index) { return denials_[index].is_inferred; };
    denied.is_inferred =
        (!denied.denials.empty() || !denied.hidden_denials.empty()) &&
        std::all_of(denied.denials.begin(), denied.denials.end(), is_inferred) &&
        std::all_of(denied.hidden_denials.begin(), denied.hidden_denials.end(), is_inferred);
    if (!denied.denials.empty()) {
      denied.chain = chain_to(denied.guard, denials_[denied.denials.front()], input, *this);
    }
  }
  sort_by_place(guards_, *files_, [](const DeniedGuard& one) { return one.guard.value; });
}

void Facts::find_causes(const FactsInput& input) {
  for (uint32_t index = 0; index < denials_.size(); ++index) {
    const Denial& denial = denials_[index];
    const bool is_of_guard =
        std::any_of(guards_.begin(), guards_.end(), [index](const DeniedGuard& guard) {
          return std::find(guard.denials.begin(), guard.denials.end(), index) !=
                 guard.denials.end();
        });
    if (is_of_guard || !denial.undecided.empty()) {
      continue;
    }
    auto cause = CauseReader(*files_, *trees_, items()).read(denial, held_value(denial, input));
    if (!cause) {
      continue;
    }
    const auto same = std::find_if(causes_.begin(), causes_.end(), [&cause](const Cause& other) {
      // `T` and `T::Item` are both told of where `T` is declared.
      const bool is_bound = cause->kind == CauseKind::Bound;
      return other.kind == cause->kind && other.place == cause->place &&
             (!is_bound || other.type == cause->type);
    });
    if (same != causes_.end()) {
      same->denials.push_back(index);
      same->is_inferred = same->is_inferred && cause->is_inferred;
      if (same->trait != cause->trait) {
        same->trait = "Send + Sync";
      }
      continue;
    }
    cause->denials.push_back(index);
    if (cause->held) {
      cause->chain = chain_to(*cause->held, denial, input, *this);
    }
    causes_.push_back(std::move(*cause));
  }
  sort_by_place(causes_, *files_, [](const Cause& one) { return one.place; });
}

}  // namespace jaa::flow
