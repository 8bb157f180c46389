#include "flow/probe.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "syntax/items.h"

namespace jaa::flow {
namespace {

constexpr std::string_view UnmetBound = "E0277";

void add_words(std::string_view text, std::set<std::string>& words) {
  std::string word;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
      word.push_back(c);
    } else if (!word.empty()) {
      words.insert(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) {
    words.insert(std::move(word));
  }
}

// What a call of the function takes; none for methods and for generic functions, whose
// types the probe could not name.
std::optional<size_t> parameter_count(const syntax::Node& function) {
  const syntax::Node generics = function.field("type_parameters");
  if (generics) {
    for (const syntax::Node& parameter : generics.named_children()) {
      if (!parameter.is_any({"lifetime", "lifetime_parameter"})) {
        return std::nullopt;
      }
    }
  }
  size_t count = 0;
  for (const syntax::Node& parameter : function.field("parameters").named_children()) {
    if (parameter.is("self_parameter")) {
      return std::nullopt;
    }
    if (parameter.is("parameter")) {
      if (parameter.field("type").text().find("impl ") != std::string_view::npos) {
        return std::nullopt;
      }
      ++count;
    }
  }
  return count;
}

std::string probe_text(const std::string& name, size_t parameters, size_t number) {
  std::string types;
  std::string generics;
  for (size_t index = 0; index < parameters; ++index) {
    types += (index == 0 ? "A" : ", A") + std::to_string(index);
    generics += "A" + std::to_string(index) + ", ";
  }
  return " #[allow(warnings)] fn __just_async_probe_" + std::to_string(number) +
         "() { fn is_send<" + generics +
         "F: ::core::future::Future + ::core::marker::Send>(_: impl FnOnce(" + types +
         ") -> F) {} is_send(" + name + "); }";
}

bool is_async(const syntax::Node& function) {
  for (const syntax::Node& part : function.children()) {
    if (part.is("function_modifiers")) {
      return part.has_child("async");
    }
  }
  return false;
}

// An attribute that leaves the function as it is written, and its callers too.
bool is_harmless(std::string_view name) {
  constexpr std::array Harmless{"allow",  "cfg",    "cold",          "deny",     "doc",
                                "expect", "forbid", "inline",        "must_use", "track_caller",
                                "warn",   "derive", "non_exhaustive"};
  return std::find(Harmless.begin(), Harmless.end(), name) != Harmless.end();
}

// The attributes before an item that decide whether it is there; none where one of them
// may rewrite it.
std::optional<std::string> conditions(const syntax::Node& item) {
  std::string result;
  for (syntax::Node before = item.previous(); before.is("attribute_item") || before.is_comment();
       before = before.previous()) {
    if (before.is_comment()) {
      continue;
    }
    const std::vector<syntax::Node> parts = before.parts();
    const std::vector<syntax::Node> path =
        parts.empty() ? std::vector<syntax::Node>() : parts.front().parts();
    if (path.empty() || !is_harmless(path.front().text())) {
      return std::nullopt;
    }
    if (path.front().text() == "cfg") {
      result += " " + std::string(before.text());
    }
  }
  return result;
}

// One line: what stands behind it keeps its line.
std::string on_one_line(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "//") {
      at = std::min(text.find('\n', at), text.size());
    }
    if (at < text.size()) {
      result += text[at] == '\n' || text[at] == '\r' ? ' ' : text[at];
    }
  }
  return result;
}

// The parameters with names of their own, and the arguments that pass them on.
struct Passed {
  std::string parameters;
  std::string arguments;
};
std::optional<Passed> passed_on(const syntax::Node& function) {
  Passed result;
  size_t count = 0;
  for (const syntax::Node& parameter : function.field("parameters").parts()) {
    const bool is_self =
        parameter.is("self_parameter") || parameter.field("pattern").text() == "self";
    if (!is_self && !parameter.is("parameter")) {
      return std::nullopt;
    }
    const std::string name = is_self ? "self" : "__a" + std::to_string(count);
    const char* const comma = count == 0 ? "" : ", ";
    result.parameters +=
        comma + (is_self ? std::string(parameter.text())
                         : name + ": " + std::string(parameter.field("type").text()));
    result.arguments += comma + name;
    ++count;
  }
  return result;
}

// A function like it but for being sync, which demands that its future is `Send`.
std::optional<std::string> question(const syntax::Node& function, size_t number) {
  const syntax::Node impl = syntax::impl_of(function);
  const bool is_method = impl.is_valid();
  const syntax::Node around = function.parent();
  const bool is_free = around.is("source_file") || around.parent().is("mod_item");
  const auto given = conditions(function);
  const bool is_open = is_method ? !impl.field("trait") && conditions(impl) : is_free;
  const auto passed = passed_on(function);
  if (!is_open || !given || !passed || function.has_error() || !function.field("body")) {
    return std::nullopt;
  }
  std::string generic_arguments;
  const syntax::Node generics = function.field("type_parameters");
  for (const syntax::Node& parameter : generics ? generics.parts() : std::vector<syntax::Node>()) {
    if (parameter.is_any({"type_parameter", "const_parameter"})) {
      generic_arguments +=
          (generic_arguments.empty() ? "" : ", ") + std::string(parameter.field("name").text());
    }
  }
  std::string where;
  bool is_unsafe = false;
  for (const syntax::Node& part : function.children()) {
    if (part.is("where_clause")) {
      where = " " + std::string(part.text());
    }
    is_unsafe |= part.is("function_modifiers") && part.has_child("unsafe");
  }
  // An `impl Trait` of a parameter is a type argument that cannot be written.
  const bool has_hidden = passed->parameters.find("impl ") != std::string::npos;
  if (has_hidden && !generic_arguments.empty()) {
    return std::nullopt;
  }
  std::string call = (is_method ? "Self::" : "") + std::string(function.field("name").text()) +
                     (generic_arguments.empty() ? "" : "::<" + generic_arguments + ">") + "(" +
                     passed->arguments + ")";
  if (is_unsafe) {
    call = "unsafe { " + call + " }";
  }
  return on_one_line(*given + " #[allow(warnings)] fn __just_async_probe_" +
                     std::to_string(number) + std::string(generics.text()) + "(" +
                     passed->parameters + ")" + where +
                     " { fn is_send<F: ::core::marker::Send>(_: F) {} is_send(" + call + "); }");
}

// What a denial says of what the future holds.
std::vector<std::string> reasons(const Denial& denial, const UnitSources& sources) {
  std::vector<std::string> result;
  if (denial.value) {
    const auto span = span_of(*denial.value, sources.files());
    const std::string text(span ? sources.files().text(*span) : std::string_view());
    const bool is_name = !text.empty() && text.find_first_of(" (\n") == std::string::npos;
    result.push_back((is_name ? "it holds `" + text + "`" : "it holds a value") +
                     (denial.value_type.empty() ? "" : " of type `" + denial.value_type + "`") +
                     (denial.await ? ", saved across an await" : ""));
  }
  if (!denial.culprit.empty()) {
    result.push_back("`" + denial.culprit + "` is not `" + denial.trait + "`");
  }
  return result;
}

// A span lies in what a probe added: on its line, behind where it was put.
std::optional<size_t> probe_at(const std::vector<Probe>& probes, const std::string& path,
                               base::LineColumn place, const UnitSources& sources) {
  std::optional<size_t> result;
  for (size_t index = 0; index < probes.size(); ++index) {
    const base::Span& span = probes[index].edit.span;
    const base::LineColumn begin = sources.files().line_column(span.file, span.begin);
    if (sources.files().path(span.file) == path && begin.line == place.line &&
        begin.column <= place.column) {
      result = index;
    }
  }
  return result;
}

}  // namespace

std::vector<Probe> probe_functions(const syntax::Tree& tree) {
  std::vector<Probe> probes;
  syntax::walk(tree.root(), [&](syntax::Node node) {
    if (!node.is("function_item")) {
      return syntax::Walk::Into;
    }
    const auto text = is_async(node) ? question(node, probes.size()) : std::nullopt;
    if (text) {
      const base::Span end{tree.file(), node.end(), node.end()};
      probes.push_back({std::string(node.field("name").text()), {end, *text}, {}});
    }
    return syntax::Walk::Over;
  });
  return probes;
}

std::vector<ProbeAnswer> read_answers(const std::vector<Probe>& probes,
                                      const std::vector<rustc::Diagnostic>& answers,
                                      const UnitSources& sources) {
  std::vector<ProbeAnswer> result;
  std::vector<bool> is_answered(probes.size());
  bool is_whole = true;
  for (const rustc::Diagnostic& error : answers) {
    if (!error.is_error() || error.is_summary()) {
      continue;
    }
    std::optional<size_t> probe;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      if (span.is_primary) {
        probe = probe_at(probes, sources.absolute(span.file_name),
                         {span.line_start, span.column_start}, sources);
      }
    }
    if (!probe) {
      is_whole = false;
      continue;
    }
    if (!is_answered[*probe]) {
      is_answered[*probe] = true;
      const std::vector<Denial> denials = read_denials({error}, sources);
      if (!denials.empty()) {
        result.push_back({*probe, false, reasons(denials.front(), sources)});
      }
    }
  }
  for (size_t index = 0; index < probes.size() && is_whole; ++index) {
    if (!is_answered[index]) {
      result.push_back({index, true, {}});
    }
  }
  std::sort(result.begin(), result.end(),
            [](const ProbeAnswer& a, const ProbeAnswer& b) { return a.probe < b.probe; });
  return result;
}

std::vector<std::string> suspects(const rustc::Diagnostic& error) {
  std::set<std::string> words;
  if (!error.is_error() || error.code != UnmetBound) {
    return {};
  }
  for (const rustc::DiagnosticSpan& span : error.spans) {
    for (const rustc::SpanLine& line : span.text) {
      add_words(line.text, words);
    }
  }
  for (const std::string& part : rustc::quoted_parts(error.message)) {
    add_words(part, words);
  }
  return {words.begin(), words.end()};
}

void add_probes(const syntax::Tree& tree, const std::vector<std::string>& names, uint32_t error,
                std::vector<Probe>& probes) {
  syntax::walk(tree.root(), [&](syntax::Node node) {
    if (node.is_any({"source_file", "mod_item", "declaration_list"})) {
      return syntax::Walk::Into;
    }
    if (!node.is("function_item") || !is_async(node) || node.has_error()) {
      return syntax::Walk::Over;
    }
    // A `declaration_list` is also the inside of an `impl` or a trait.
    const bool is_free = node.parent().is("source_file") || node.parent().parent().is("mod_item");
    const std::string name(node.field("name").text());
    const auto parameters = parameter_count(node);
    if (!is_free || !parameters || std::find(names.begin(), names.end(), name) == names.end()) {
      return syntax::Walk::Over;
    }
    const base::Span end{tree.file(), node.end(), node.end()};
    const auto known = std::find_if(probes.begin(), probes.end(),
                                    [&end](const Probe& probe) { return probe.edit.span == end; });
    if (known != probes.end()) {
      known->errors.push_back(error);
    } else {
      probes.push_back({name, {end, probe_text(name, *parameters, probes.size())}, {error}});
    }
    return syntax::Walk::Over;
  });
}

std::vector<Denial> read_probe_answers(const std::vector<Probe>& probes,
                                       const std::vector<rustc::Diagnostic>& answers,
                                       const std::vector<rustc::Diagnostic>& errors,
                                       const UnitSources& sources) {
  std::vector<Denial> result;
  for (const Denial& answer : read_denials(answers, sources)) {
    for (const Probe& probe : probes) {
      const base::FileId file = probe.edit.span.file;
      const base::LineColumn place = sources.files().line_column(file, probe.edit.span.begin);
      if (answer.demand.path != sources.files().path(file) || answer.demand.line != place.line ||
          answer.demand.column < place.column) {
        continue;
      }
      for (const uint32_t error : probe.errors) {
        const auto& spans = errors[error].spans;
        const auto primary =
            std::find_if(spans.begin(), spans.end(),
                         [](const rustc::DiagnosticSpan& span) { return span.is_primary; });
        if (primary == spans.end()) {
          continue;
        }
        Denial denial = answer;
        denial.diagnostic = error;
        denial.demand = {sources.absolute(primary->file_name), primary->line_start,
                         primary->column_start, primary->line_end, primary->column_end};
        denial.demand_label = primary->label;
        denial.is_inferred = true;
        denial.bound.reset();
        result.push_back(std::move(denial));
      }
    }
  }
  return result;
}

}  // namespace jaa::flow
