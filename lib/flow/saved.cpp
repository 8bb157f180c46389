#include "flow/saved.h"

#include "flow/locals.h"

namespace jaa::flow {
namespace {

constexpr unsigned SelfArgument = 1;

// The future under `await` is the innermost variable that the lowering calls
// `__awaitee` among the scopes around the yield.
mir::LocalId awaitee_of(const mir::Body& body, mir::ScopeId scope) {
  for (size_t depth = 0; depth <= body.scopes.size() && body.scopes.contains(scope); ++depth) {
    for (const mir::DebugInfo& info : body.debug_infos) {
      if (info.info.scope == scope && info.place.is_valid() && info.place.is_local() &&
          body.text(info.name) == "__awaitee") {
        return body.local(info.place);
      }
    }
    scope = body.scopes[scope].parent;
  }
  return {};
}

}  // namespace

std::vector<SuspendPoint> suspend_points(const mir::Body& body) {
  std::vector<SuspendPoint> result;
  if (!body.is_coroutine || body.is_stub()) {
    return result;
  }
  const Solution<Liveness> live(body, Liveness(body));
  const Solution<RequiresStorage> storage(body, RequiresStorage(body));
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    const mir::BlockId block(index);
    if (body.terminator(block).kind != mir::Terminator::Kind::Yield) {
      continue;
    }
    const Point point = body.end_of(block);
    const RequiresStorage::State before = storage.before(point);
    LocalSet saved = live.after(point);
    saved |= before.borrowed;
    saved &= before.required;
    SuspendPoint suspend;
    suspend.block = block;
    suspend.keyword_span = body.span(point);
    suspend.await_span = suspend.keyword_span;
    suspend.awaitee = awaitee_of(body, body.source_info(point).scope);
    if (suspend.awaitee.is_valid()) {
      suspend.await_span = body.span(suspend.awaitee);
    }
    for (const unsigned local : saved.set_bits()) {
      if (local != SelfArgument) {
        suspend.saved.emplace_back(size_t{local});
      }
    }
    result.push_back(std::move(suspend));
  }
  return result;
}

}  // namespace jaa::flow
