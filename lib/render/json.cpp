#include "render/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "render/applicability.h"
#include "render/minimal_edits.h"
#include "render/place.h"
#include "render/report.h"
#include "render/unicode.h"

namespace jaa::render {
namespace {

using Json = nlohmann::ordered_json;

std::string_view evidence_name(base::Evidence evidence) {
  switch (evidence) {
    case base::Evidence::Syntax:
      return "syntax";
    case base::Evidence::Messages:
      return "messages";
    case base::Evidence::Mir:
      return "mir";
  }
  return {};
}

bool fits(const base::SourceFiles& sources, const base::Span& span) {
  return span.is_valid() && span.file.index() < sources.size() && span.begin <= span.end &&
         span.end <= sources.text(span.file).size();
}

Json null_or(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

class JsonWriter {
 public:
  JsonWriter(const base::Finding& finding, const base::SourceFiles& sources,
             const JsonOptions& options)
      : finding_(finding),
        sources_(sources),
        options_(options),
        applicabilities_(applicabilities(finding)) {}

  Json run() const {
    Json spans = Json::array();
    add_span(spans, finding_.primary, true);
    for (const base::Label& label : finding_.secondary) {
      add_span(spans, label, false);
    }
    Json children = Json::array();
    for (const base::Note& note : finding_.notes) {
      Json places = Json::array();
      if (note.place) {
        add_span(places, *note.place, true);
      }
      children.push_back(child(note.level, note.text, std::move(places)));
    }
    std::set<std::string> titles;
    for (size_t index = 0; index < finding_.fixits.size(); ++index) {
      const base::FixIt& fix = finding_.fixits[index];
      if (fix.verdict.kind == base::Verdict::Kind::Rejected || !edits_fit(sources_, fix.edits)) {
        continue;
      }
      // Editors tell code actions apart by their titles.
      const bool is_new = titles.insert(fix.title).second;
      children.push_back(child(base::Level::Help,
                               is_new ? fix.title : fix.title + " (" + fix.name + ")",
                               fix_spans(fix, applicabilities_[index])));
    }
    return {{"$message_type", "diagnostic"},
            {"message", finding_.message},
            {"code", {{"code", full_code(finding_)}, {"explanation", nullptr}}},
            {"level", level_name(finding_.level)},
            {"spans", std::move(spans)},
            {"children", std::move(children)},
            {"rendered", render_text(finding_, sources_, options_.text)},
            {"just_async", own_data()}};
  }

 private:
  static Json child(base::Level level, std::string_view message, Json spans) {
    return {{"message", message},        {"code", nullptr},           {"level", level_name(level)},
            {"spans", std::move(spans)}, {"children", Json::array()}, {"rendered", nullptr}};
  }

  Json span_of(const base::Span& span, bool is_primary, std::string_view label) const {
    const base::LineColumn begin = sources_.line_column(span.file, span.begin);
    const base::LineColumn end = sources_.line_column(span.file, span.end);
    return {{"file_name", sources_.display(span.file)},
            {"byte_start", span.begin},
            {"byte_end", span.end},
            {"line_start", begin.line},
            {"line_end", end.line},
            {"column_start", begin.column},
            {"column_end", end.column},
            {"is_primary", is_primary},
            {"text", lines_of(span.file, begin, end)},
            {"label", null_or(label)},
            {"suggested_replacement", nullptr},
            {"suggestion_applicability", nullptr},
            {"expansion", nullptr}};
  }

  // The span's lines, each with the columns of it that the span covers.
  Json lines_of(base::FileId file, base::LineColumn begin, base::LineColumn end) const {
    Json lines = Json::array();
    for (uint32_t number = begin.line; number <= end.line; ++number) {
      const std::string_view text = sources_.line_text(file, number);
      const size_t after = number == end.line ? end.column : count_scalars(text) + 1;
      lines.push_back({{"text", text},
                       {"highlight_start", number == begin.line ? begin.column : 1},
                       {"highlight_end", after}});
    }
    return lines;
  }

  void add_span(Json& spans, const base::Label& label, bool is_primary) const {
    if (fits(sources_, label.span)) {
      spans.push_back(span_of(label.span, is_primary, label.text));
    }
  }

  // The finding's own place goes ahead, with nothing to replace: an editor offers the
  // fix in the file of the first span and at each of the spans, and the edits may all be
  // elsewhere. The edits of the finding's own file come next.
  Json fix_spans(const base::FixIt& fix, base::Applicability how) const {
    std::vector<base::Edit> edits = minimal_edits(sources_, fix.edits);
    std::stable_partition(edits.begin(), edits.end(), [this](const base::Edit& edit) {
      return edit.span.file == finding_.primary.span.file;
    });
    Json spans = Json::array();
    if (fits(sources_, finding_.primary.span)) {
      spans.push_back(span_of(finding_.primary.span, true, {}));
    }
    for (const base::Edit& edit : edits) {
      Json& span = spans.emplace_back(span_of(edit.span, true, {}));
      span["suggested_replacement"] = edit.text;
      span["suggestion_applicability"] = applicability_name(how);
    }
    return spans;
  }

  Json own_data() const {
    Json fixes = Json::array();
    for (size_t index = 0; index < finding_.fixits.size(); ++index) {
      const base::FixIt& fix = finding_.fixits[index];
      fixes.push_back({{"name", fix.name},
                       {"title", fix.title},
                       {"trade_off", null_or(fix.trade_off)},
                       {"verdict", verdict_name(fix.verdict.kind)},
                       {"reason", null_or(fix.verdict.reason)},
                       {"remaining_errors", fix.verdict.remaining_errors},
                       {"applicability", applicability_name(applicabilities_[index])}});
    }
    Json own = {{"evidence", evidence_name(finding_.evidence)},
                {"explains", finding_.explains.size()},
                {"fixes", std::move(fixes)}};
    if (!options_.report.empty()) {
      own["report"] = Json::parse(options_.report, nullptr, /*allow_exceptions=*/false);
    }
    return own;
  }

  const base::Finding& finding_;
  const base::SourceFiles& sources_;
  const JsonOptions& options_;
  std::vector<base::Applicability> applicabilities_;
};

}  // namespace

std::string render_rustc_json(const base::Finding& finding, const base::SourceFiles& sources,
                              const JsonOptions& options) {
  return JsonWriter(finding, sources, options)
      .run()
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace jaa::render
