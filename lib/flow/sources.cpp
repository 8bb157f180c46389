#include "flow/sources.h"

#include "base/paths.h"

namespace jaa::flow {

std::string UnitSources::absolute(std::string_view name) const {
  return base::absolute_path(cwd_, name);
}

std::optional<base::Span> UnitSources::span(const mir::Body& body, const mir::MirSpan& span) const {
  if (!span.is_valid()) {
    return std::nullopt;
  }
  const auto file = files_->find(absolute(body.text(span.file)));
  if (!file) {
    return std::nullopt;
  }
  return files_->span(*file, {span.line, span.column}, {span.end_line, span.end_column});
}

std::optional<base::Span> UnitSources::span(const rustc::DiagnosticSpan& span) const {
  const auto file = files_->find(absolute(span.file_name));
  if (!file) {
    return std::nullopt;
  }
  return files_->span(*file, {span.line_start, span.column_start},
                      {span.line_end, span.column_end});
}

std::optional<base::Span> UnitSources::visible_span(const rustc::DiagnosticSpan& span) const {
  const rustc::ExpansionFrame* call = nullptr;
  for (const rustc::ExpansionFrame& frame : span.expansion) {
    call = frame.is_desugaring() ? call : &frame;
  }
  if (call == nullptr) {
    return this->span(span);
  }
  const auto file = files_->find(absolute(call->file_name));
  if (!file || call->byte_start > call->byte_end || call->byte_end > files_->text(*file).size()) {
    return std::nullopt;
  }
  return base::Span{*file, call->byte_start, call->byte_end};
}

}  // namespace jaa::flow
