#include "flow/auto_traits.h"

#include "flow/auto_traits_prover.h"

namespace jaa::flow {

class AutoTraits::Impl {
 public:
  Impl() {
    items.add(std_traits());
    scopes.set_outputs([this](TypeId type) { return values.output_of(type); });
  }

  TypeTable types;
  Items items{types};
  Bodies bodies;
  Scopes scopes{types, items};
  Values values{types, items, bodies, scopes};
};

AutoTraits::AutoTraits() : impl_(std::make_unique<Impl>()) {}
AutoTraits::~AutoTraits() = default;

void AutoTraits::add(const rustc::RustdocTable& table) {
  impl_->items.add(table);
}

void AutoTraits::add(const mir::Module& module, std::string_view crate) {
  impl_->bodies.add(module, crate);
}

void AutoTraits::add_inner(const rustc::RustdocTable& table,
                           const rustc::RustdocFunction& function) {
  impl_->items.add_inner(table, function);
}

llvm::ArrayRef<BodyRef> AutoTraits::coroutines() const {
  return impl_->bodies.coroutines();
}

Verdict AutoTraits::is_send(const BodyRef& coroutine) {
  Impl& own = *impl_;
  const Scope scope = own.scopes.scope_of(own.items.by_body(std::string(coroutine.root)));
  return AutoTraitProver(own.types, own.items, own.bodies, own.scopes, own.values, scope)
      .prove_body(coroutine);
}

Verdict AutoTraits::has(AutoTrait trait, std::string_view type) {
  Impl& own = *impl_;
  const Scope scope;
  return AutoTraitProver(own.types, own.items, own.bodies, own.scopes, own.values, scope)
      .prove_type(trait, own.items.type(type, ""));
}

}  // namespace jaa::flow
