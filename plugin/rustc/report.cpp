#include "plugin/rustc/report.h"

#include <algorithm>
#include <array>
#include <limits>
#include <system_error>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace jaa::plugin {

namespace json = llvm::json;

namespace {

constexpr size_t max_json_depth = 1000;
constexpr std::array<llvm::StringLiteral, 4> level_names = {"error", "warning", "note", "help"};
constexpr std::array<llvm::StringLiteral, 4> verdict_names = {"untried", "accepted", "rejected",
                                                              "unknown"};

bool is_too_deep(std::string_view text) {
  size_t depth = 0;
  bool in_string = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      at += c == '\\' ? 1 : 0;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > max_json_depth) {
        return true;
      }
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

// `json::Value` wants UTF-8. A text that is not becomes one that no file matches,
// so an edit with it is stale and never applied.
json::Value text_value(const std::string& text) {
  return json::fixUTF8(text);
}

json::Value to_value(const ReportedEdit& edit) {
  return json::Object{{"path", text_value(edit.path)},
                      {"begin", edit.begin},
                      {"end", edit.end},
                      {"old_text", text_value(edit.old_text)},
                      {"text", text_value(edit.text)}};
}

json::Value to_value(const ReportedPlace& place) {
  return json::Object{{"path", text_value(place.path)},
                      {"begin", place.begin},
                      {"end", place.end},
                      {"text", text_value(place.text)}};
}

json::Value to_value(const std::string& text) {
  return text_value(text);
}

json::Value to_value(const ReportedFix& fix);

template <class Item>
json::Array to_values(const std::vector<Item>& items) {
  json::Array values;
  for (const Item& item : items) {
    values.push_back(to_value(item));
  }
  return values;
}

json::Value to_value(const ReportedFix& fix) {
  return json::Object{{"name", text_value(fix.name)},
                      {"title", text_value(fix.title)},
                      {"trade_off", text_value(fix.trade_off)},
                      {"verdict", verdict_names[static_cast<size_t>(fix.verdict)]},
                      {"reason", text_value(fix.reason)},
                      {"keeps_meaning", fix.keeps_meaning},
                      {"has_placeholders", fix.has_placeholders},
                      {"remaining_errors", fix.remaining_errors},
                      {"edits", to_values(fix.edits)}};
}

json::Value to_value(const ReportedFinding& finding) {
  return json::Object{{"code", text_value(finding.code)},
                      {"level", level_names[static_cast<size_t>(finding.level)]},
                      {"message", text_value(finding.message)},
                      {"path", text_value(finding.path)},
                      {"display", text_value(finding.display)},
                      {"line", finding.line},
                      {"column", finding.column},
                      {"begin", finding.begin},
                      {"end", finding.end},
                      {"explains", finding.explains},
                      {"label", text_value(finding.label)},
                      {"labels", to_values(finding.labels)},
                      {"notes", to_values(finding.notes)},
                      {"fixes", to_values(finding.fixes)},
                      {"root_source", text_value(finding.root_source)},
                      {"is_test", finding.is_test},
                      {"explained_errors", to_values(finding.explained_errors)}};
}

// Maps a number that fits its field; `json::Path` reports one that does not.
bool map_number(json::ObjectMapper& mapper, llvm::StringLiteral name, uint32_t& number,
                json::Path path, bool is_optional = false) {
  uint64_t wide = 0;
  if (is_optional ? !mapper.mapOptional(name, wide) : !mapper.map(name, wide)) {
    return false;
  }
  if (wide > std::numeric_limits<uint32_t>::max()) {
    path.field(name).report("number too large");
    return false;
  }
  number = static_cast<uint32_t>(wide);
  return true;
}

template <class Enum, size_t Count>
bool map_name(json::ObjectMapper& mapper, llvm::StringLiteral field,
              const std::array<llvm::StringLiteral, Count>& names, Enum& value, json::Path path) {
  std::string text;
  if (!mapper.map(field, text)) {
    return false;
  }
  const auto* const found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    path.field(field).report("unknown name");
    return false;
  }
  value = static_cast<Enum>(found - names.begin());
  return true;
}

}  // namespace

// `json::ObjectMapper` finds these by argument-dependent lookup, so they are not
// in the unnamed namespace.
static bool fromJSON(const json::Value& value, ReportedEdit& edit, json::Path path) {
  json::ObjectMapper mapper(value, path);
  if (!mapper || !mapper.map("path", edit.path) || !map_number(mapper, "begin", edit.begin, path) ||
      !map_number(mapper, "end", edit.end, path) || !mapper.map("old_text", edit.old_text) ||
      !mapper.map("text", edit.text)) {
    return false;
  }
  if (edit.begin > edit.end || edit.end - edit.begin != edit.old_text.size()) {
    path.report("the old text does not fill the edit's range");
    return false;
  }
  return true;
}

static bool fromJSON(const json::Value& value, ReportedPlace& place, json::Path path) {
  json::ObjectMapper mapper(value, path);
  const bool is_whole =
      mapper && mapper.map("path", place.path) && map_number(mapper, "begin", place.begin, path) &&
      map_number(mapper, "end", place.end, path) && mapper.map("text", place.text);
  if (is_whole && place.begin > place.end) {
    path.report("the range ends before it begins");
  }
  return is_whole && place.begin <= place.end;
}

static bool fromJSON(const json::Value& value, ReportedFix& fix, json::Path path) {
  json::ObjectMapper mapper(value, path);
  return mapper && mapper.map("name", fix.name) && mapper.map("title", fix.title) &&
         mapper.mapOptional("trade_off", fix.trade_off) &&
         map_name(mapper, "verdict", verdict_names, fix.verdict, path) &&
         mapper.mapOptional("reason", fix.reason) &&
         mapper.map("keeps_meaning", fix.keeps_meaning) &&
         mapper.map("has_placeholders", fix.has_placeholders) &&
         map_number(mapper, "remaining_errors", fix.remaining_errors, path, true) &&
         mapper.map("edits", fix.edits);
}

static bool fromJSON(const json::Value& value, ReportedFinding& finding, json::Path path) {
  json::ObjectMapper mapper(value, path);
  const bool is_whole =
      mapper && mapper.map("code", finding.code) &&
      map_name(mapper, "level", level_names, finding.level, path) &&
      mapper.map("message", finding.message) && mapper.map("path", finding.path) &&
      mapper.map("display", finding.display) && map_number(mapper, "line", finding.line, path) &&
      map_number(mapper, "column", finding.column, path) &&
      map_number(mapper, "begin", finding.begin, path) &&
      map_number(mapper, "end", finding.end, path) &&
      map_number(mapper, "explains", finding.explains, path) &&
      mapper.mapOptional("label", finding.label) && mapper.mapOptional("labels", finding.labels) &&
      mapper.mapOptional("notes", finding.notes) && mapper.map("fixes", finding.fixes) &&
      mapper.mapOptional("root_source", finding.root_source) &&
      mapper.mapOptional("is_test", finding.is_test) &&
      mapper.mapOptional("explained_errors", finding.explained_errors);
  if (is_whole && finding.begin > finding.end) {
    path.report("the range ends before it begins");
  }
  return is_whole && finding.begin <= finding.end;
}

llvm::Expected<std::vector<ReportedFinding>> read_report(const std::string& path) {
  // A pipe or a device in the directory would make the read wait forever.
  if (!llvm::sys::fs::is_regular_file(path)) {
    return llvm::createStringError(std::errc::invalid_argument, "expected a regular file");
  }
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer) {
    return llvm::errorCodeToError(buffer.getError());
  }
  const llvm::StringRef text = (*buffer)->getBuffer();
  auto value = parse_json(text);
  if (!value) {
    return value.takeError();
  }
  const json::Array* const items = value->getAsArray();
  if (items == nullptr) {
    return llvm::createStringError(std::errc::invalid_argument, "expected a list of findings");
  }
  std::vector<ReportedFinding> findings;
  for (const json::Value& item : *items) {
    auto finding = report_from_json(item);
    if (!finding) {
      return finding.takeError();
    }
    findings.push_back(std::move(*finding));
  }
  return findings;
}

namespace {

ReportedPlace place_of(const base::Span& span, const std::string& text,
                       const base::SourceFiles& sources) {
  if (!span.is_valid()) {
    return {.path = {}, .begin = 0, .end = 0, .text = text};
  }
  return {std::string(sources.path(span.file)), span.begin, span.end, text};
}

}  // namespace

ReportedFinding report_of(const base::Finding& finding, const base::SourceFiles& sources,
                          const ReportedUnit& unit) {
  ReportedFinding result;
  result.root_source = unit.root_source;
  result.is_test = unit.is_test;
  result.explained_errors = finding.explained_errors;
  result.label = finding.primary.text;
  for (const base::Label& label : finding.secondary) {
    result.labels.push_back(place_of(label.span, label.text, sources));
  }
  for (const base::Note& note : finding.notes) {
    result.notes.push_back(
        place_of(note.place ? note.place->span : base::Span(), note.text, sources));
  }
  result.code = finding.code;
  result.level = finding.level;
  result.message = finding.message;
  if (const base::Span& span = finding.primary.span; span.is_valid()) {
    const base::LineColumn place = sources.line_column(span.file, span.begin);
    result.path = sources.path(span.file);
    result.display = sources.display(span.file);
    result.line = place.line;
    result.column = place.column;
    result.begin = span.begin;
    result.end = span.end;
  }
  result.explains = static_cast<uint32_t>(finding.explains.size());
  for (const base::FixIt& fixit : finding.fixits) {
    ReportedFix fix{fixit.name,
                    fixit.title,
                    fixit.trade_off,
                    fixit.verdict.kind,
                    fixit.verdict.reason,
                    fixit.keeps_meaning,
                    fixit.has_placeholders,
                    fixit.verdict.remaining_errors,
                    {}};
    for (const base::Edit& edit : fixit.edits) {
      fix.edits.push_back({std::string(sources.path(edit.span.file)), edit.span.begin,
                           edit.span.end, std::string(sources.text(edit.span)), edit.text});
    }
    result.fixes.push_back(std::move(fix));
  }
  return result;
}

std::string report_to_json(const ReportedFinding& finding) {
  std::string text;
  llvm::raw_string_ostream(text) << to_value(finding);
  return text;
}

llvm::Expected<ReportedFinding> report_from_json(const json::Value& value) {
  ReportedFinding finding;
  json::Path::Root root("finding");
  if (!fromJSON(value, finding, root)) {
    return root.getError();
  }
  return finding;
}

llvm::Error write_reports(const std::string& path, const std::vector<ReportedFinding>& findings) {
  return llvm::writeToOutput(path, [&](llvm::raw_ostream& out) {
    const char* separator = "[";
    for (const ReportedFinding& finding : findings) {
      out << separator << to_value(finding);
      separator = ",\n";
    }
    out << (findings.empty() ? "[]\n" : "]\n");
    return llvm::Error::success();
  });
}

Reports read_reports(const std::string& directory) {
  Reports reports;
  std::vector<std::string> paths;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    const llvm::StringRef name = llvm::sys::path::filename(entry->path());
    if (name.starts_with("findings-") && name.ends_with(".json")) {
      paths.push_back(entry->path());
    }
  }
  if (error) {
    reports.problems.push_back({directory, 0, error.message()});
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    auto findings = read_report(path);
    if (!findings) {
      reports.problems.push_back({path, 0, llvm::toString(findings.takeError())});
      continue;
    }
    std::move(findings->begin(), findings->end(), std::back_inserter(reports.findings));
  }
  return reports;
}

llvm::Expected<json::Value> parse_json(std::string_view text) {
  if (is_too_deep(text)) {
    return llvm::createStringError(std::errc::invalid_argument, "JSON nested too deeply");
  }
  return json::parse(text);
}

}  // namespace jaa::plugin
