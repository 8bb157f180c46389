#include "render/jsonl.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "render/applicability.h"
#include "render/report.h"

namespace jaa::render {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t MaxLines = 3;

std::vector<uint32_t> label_lines(const base::Finding& finding, const base::SourceFiles& sources) {
  const base::Span& primary = finding.primary.span;
  const uint32_t own = sources.line_column(primary.file, primary.begin).line;
  std::vector<uint32_t> lines;
  for (const base::Label& label : finding.secondary) {
    if (label.span.file != primary.file || lines.size() == MaxLines) {
      continue;
    }
    const uint32_t line = sources.line_column(primary.file, label.span.begin).line;
    if (line != own && std::find(lines.begin(), lines.end(), line) == lines.end()) {
      lines.push_back(line);
    }
  }
  return lines;
}

Json place_of(const base::Span& span, const base::SourceFiles& sources) {
  const base::LineColumn begin = sources.line_column(span.file, span.begin);
  const base::LineColumn end = sources.line_column(span.file, span.end);
  return {{"line", begin.line},
          {"column", begin.column},
          {"end_line", end.line},
          {"end_column", end.column}};
}

Json labels_of(const base::Finding& finding, const base::SourceFiles& sources) {
  Json labels = Json::array();
  for (const base::Label& label : finding.secondary) {
    if (label.span.is_valid() && label.span.file.index() < sources.size()) {
      Json& entry = labels.emplace_back(place_of(label.span, sources));
      entry["file"] = sources.display(label.span.file);
      entry["text"] = label.text;
    }
  }
  return labels;
}

}  // namespace

std::string render_jsonl(const base::Finding& finding, const base::SourceFiles& sources) {
  const base::Span& primary = finding.primary.span;
  const bool has_place = primary.is_valid() && primary.file.index() < sources.size();
  const base::LineColumn place =
      has_place ? sources.line_column(primary.file, primary.begin) : base::LineColumn();
  const base::LineColumn end =
      has_place ? sources.line_column(primary.file, primary.end) : base::LineColumn();
  const std::vector<base::Applicability> applicable = applicabilities(finding);
  Json fixes = Json::array();
  for (size_t index = 0; index < finding.fixits.size(); ++index) {
    const base::FixIt& fix = finding.fixits[index];
    Json& entry =
        fixes.emplace_back(Json{{"name", fix.name},
                                {"title", fix.title},
                                {"verdict", verdict_name(fix.verdict.kind)},
                                {"applicability", applicability_name(applicable[index])}});
    if (!fix.trade_off.empty()) {
      entry["trade_off"] = fix.trade_off;
    }
    if (!fix.verdict.reason.empty()) {
      entry["reason"] = fix.verdict.reason;
    }
  }
  const Json object{{"code", finding.code},
                    {"line", place.line},
                    {"column", place.column},
                    {"end_line", end.line},
                    {"end_column", end.column},
                    {"file", has_place ? Json(sources.display(primary.file)) : Json(nullptr)},
                    {"level", level_name(finding.level)},
                    {"message", finding.message},
                    {"lines", has_place ? label_lines(finding, sources) : std::vector<uint32_t>()},
                    {"labels", labels_of(finding, sources)},
                    {"fixes", std::move(fixes)}};
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace jaa::render
