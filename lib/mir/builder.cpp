#include "mir/builder.h"

namespace jaa::mir {

void Builder::clear() {
  body = {};
  body.tables = &tables;
  locals.clear();
  blocks.clear();
  scopes.clear();
  debug_infos.clear();
  user_type_projections.clear();
  statements.clear();
  operands.clear();
  aggregates.clear();
  names.clear();
  targets.clear();
  switch_values.clear();
  places.clear();
  projections.clear();
  spans.assign(1, {});
  source_infos.clear();
  notes.clear();
  note_lines.clear();
  opaque_lines.clear();
}

Body Builder::finish(base::Arena& arena) {
  const auto copy = [&arena]<class T>(const std::vector<T>& values) {
    return arena.copy(llvm::ArrayRef<T>(values));
  };
  body.locals = View<LocalId, Local>(copy(locals));
  body.blocks = View<BlockId, Block>(copy(blocks));
  body.scopes = View<ScopeId, Scope>(copy(scopes));
  body.debug_infos = copy(debug_infos);
  body.user_type_projections = copy(user_type_projections);
  body.all_statements = copy(statements);
  body.all_operands = copy(operands);
  body.aggregates = copy(aggregates);
  body.all_names = copy(names);
  body.all_targets = copy(targets);
  body.all_switch_values = copy(switch_values);
  body.places = copy(places);
  body.all_projections = copy(projections);
  body.spans = copy(spans);
  body.notes = copy(notes);
  body.note_lines = copy(note_lines);
  body.opaque_lines = copy(opaque_lines);
  if (body.has_spans) {
    body.source_infos = copy(source_infos);
  }
  return body;
}

}  // namespace jaa::mir
