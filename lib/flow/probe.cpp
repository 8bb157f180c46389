#include "flow/probe.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "llvm/ADT/StringRef.h"

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

}  // namespace

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
