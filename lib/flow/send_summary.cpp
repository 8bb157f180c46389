#include "flow/send_summary.h"

#include "flow/auto_traits.h"

namespace jaa::flow {

void add_send_verdicts(const CallGraph& graph, llvm::ArrayRef<const mir::Module*> modules,
                       llvm::ArrayRef<const rustc::RustdocTable*> tables,
                       std::vector<Summary>& summaries) {
  AutoTraits auto_traits;
  for (const rustc::RustdocTable* table : tables) {
    auto_traits.add(*table);
  }
  for (const mir::Module* module : modules) {
    if (!module->bodies.empty()) {
      const mir::Body& first = module->bodies.front();
      auto_traits.add(*module, first.text(first.crate));
    }
  }
  for (const BodyRef& coroutine : auto_traits.coroutines()) {
    const FunctionId id = graph.find(*coroutine.body);
    if (!id.is_valid() || id.index() >= summaries.size()) {
      continue;
    }
    const Verdict verdict = auto_traits.is_send(coroutine);
    if (verdict.answer != Answer::Unknown) {
      summaries[id.index()].is_send = verdict.answer == Answer::Yes;
      summaries[id.index()].why = verdict.why;
    }
  }
}

}  // namespace jaa::flow
