#include "session/session.h"

#include <algorithm>
#include <set>

#include "llvm/Support/Path.h"

#include "fixit/replacements.h"
#include "flow/cause_reader.h"
#include "flow/interest.h"
#include "mir/reader.h"
#include "pitfalls/run_all.h"
#include "rewrite/slice_crate.h"
#include "rewrite/stub_bodies.h"
#include "session/follow_up.h"
#include "session/suppression.h"
#include "syntax/queries.h"

namespace jaa::session {
namespace {

bool is_on(const std::string& level) {
  return level == "warn" || level == "deny" || level == "forbid";
}

// Of the variants of one remedy, which share a name, the accepted one stays, else the last
// that was tried, else the first.
void keep_one_variant(base::Finding& finding) {
  std::vector<base::FixIt> kept;
  for (base::FixIt& fix : finding.fixits) {
    const auto same = std::find_if(kept.begin(), kept.end(), [&fix](const base::FixIt& other) {
      return other.name == fix.name;
    });
    if (same == kept.end()) {
      kept.push_back(std::move(fix));
    } else if (same->verdict.kind != base::Verdict::Kind::Accepted &&
               fix.verdict.kind != base::Verdict::Kind::Untried) {
      *same = std::move(fix);
    }
  }
  finding.fixits = std::move(kept);
}

// It names the type of a future: `impl Future<Output = T>`, "expected `u32`, found future".
bool speaks_of_future(const rustc::Diagnostic& error) {
  const auto names_one = [](llvm::StringRef text) {
    return text.contains("Future<") || text.contains("found future") || text.contains("{async ");
  };
  return error.is_error() &&
         (names_one(error.message) ||
          std::any_of(error.spans.begin(), error.spans.end(),
                      [&](const rustc::DiagnosticSpan& span) { return names_one(span.label); }) ||
          std::any_of(error.children.begin(), error.children.end(),
                      [&](const rustc::Diagnostic& child) { return names_one(child.message); }));
}

// Calls `visit` with each file that a denial names.
template <class Visit>
void each_place(const flow::Denial& denial, Visit visit) {
  visit(denial.demand);
  for (const auto& place : {denial.value, denial.await, denial.bound}) {
    if (place) {
      visit(*place);
    }
  }
  for (const flow::NamedPlace& place : denial.bodies) {
    visit(place);
  }
}

// Something that is handed on must be `'static`: a task may be what asks for it, also in a
// function that is not async itself.
bool asks_for_static(const rustc::Diagnostic& diagnostic) {
  return std::any_of(diagnostic.spans.begin(), diagnostic.spans.end(), [](const auto& span) {
    const std::vector<std::string> quoted = rustc::quoted_parts(span.label);
    return std::find(quoted.begin(), quoted.end(), "'static") != quoted.end();
  });
}

}  // namespace

bool Options::has_lints() const {
  return std::any_of(levels.begin(), levels.end(),
                     [](const auto& level) { return is_on(level.second); });
}

Session::Session(Input input) : input_(std::move(input)) {
  crates_.push_back({input_.root_source, {}});
}
Session::~Session() = default;

Request Session::next() {
  switch (stage_) {
    case Stage::Start:
      read_errors();
      if (!has_work()) {
        stage_ = Stage::Done;
        return Done{};
      }
      stage_ = Stage::Sources;
      [[fallthrough]];
    case Stage::Sources:
      return wanted_sources();
    case Stage::MoreSources: {
      // What a probe's answer points into may lie in another crate.
      NeedSources wanted = wanted_sources();
      wanted.whole_crate = false;
      std::erase_if(wanted.paths,
                    [this](const std::string& path) { return sources_.find(path).has_value(); });
      if (!wanted.paths.empty()) {
        return wanted;
      }
      stage_ = Stage::Facts;
      return next();
    }
    case Stage::Probe: {
      plan_probes();
      std::vector<base::Edit> edits;
      for (const flow::Probe& probe : probes_) {
        edits.push_back(probe.edit);
      }
      if (!edits.empty()) {
        return NeedProbe{fixit::make_trial(edits, sources_)};
      }
      stage_ = Stage::Facts;
      return next();
    }
    case Stage::Facts: {
      NeedFacts wanted = wanted_facts();
      if (input_.options.may_unlock && !wanted.queries.empty()) {
        return wanted;
      }
      find();
      return next();
    }
    case Stage::Verdicts:
      if (std::optional<fixit::Trial> trial = planner_->next()) {
        return NeedVerdict{std::move(*trial), planner_->leads_are_decided()};
      }
      finish();
      [[fallthrough]];
    case Stage::Done:
      return Done{};
  }
  return Done{};
}

void Session::read_errors() {
  const flow::UnitSources names(sources_, input_.cwd);
  denials_ = flow::read_denials(input_.diagnostics, names);
  recursions_ = flow::read_recursions(input_.diagnostics, names);
  public_async_fns_ = flow::read_public_async_fns(input_.diagnostics, names);
  const auto lint = input_.options.levels.find("async_fn_in_public_trait");
  const bool is_linted = lint != input_.options.levels.end() && is_on(lint->second);
  std::erase_if(public_async_fns_, [is_linted](const flow::LintedPlace& place) {
    return !place.is_error && !is_linted;
  });
}

bool Session::has_work() const {
  return !denials_.empty() || !recursions_.empty() || !public_async_fns_.empty() ||
         input_.options.has_lints() ||
         std::any_of(input_.diagnostics.begin(), input_.diagnostics.end(),
                     [this](const rustc::Diagnostic& error) { return is_of_interest(error); });
}

bool Session::is_of_interest(const rustc::Diagnostic& diagnostic) const {
  return looks_into_errors_ &&
         (flow::may_concern_async(diagnostic) || !flow::suspects(diagnostic).empty());
}

NeedSources Session::wanted_sources() const {
  std::set<std::string> paths{input_.root_source};
  for (const flow::Denial& denial : denials_) {
    each_place(denial, [&paths](const flow::NamedPlace& place) { paths.insert(place.path); });
  }
  for (const flow::Recursion& recursion : recursions_) {
    for (const flow::RecursiveStep& step : recursion.steps) {
      paths.insert(step.await.path);
    }
  }
  const flow::UnitSources names(sources_, input_.cwd);
  for (const rustc::Diagnostic& diagnostic : input_.diagnostics) {
    if (flow::may_concern_async(diagnostic)) {
      for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
        paths.insert(names.absolute(span.file_name));
      }
    }
  }
  return {{paths.begin(), paths.end()}, true};
}

void Session::answer(std::vector<Source> sources) {
  for (Source& source : sources) {
    const std::string crate = source.path == input_.root_source ? source.path : source.crate;
    const base::FileId file =
        sources_.add(std::move(source.path), std::move(source.display), std::move(source.text));
    if (!source.is_editable) {
      foreign_files_.insert(file);
    } else if (!crate.empty() && sources_.path(file).ends_with(".rs")) {
      // What a unit reads beside its sources (`include_str!`) may be large, and is no Rust.
      add_to_crate(crate, file);
    }
  }
  drop_unrelated();
  // A conclusion from a probe has to be proven by a trial.
  const bool may_probe = stage_ == Stage::Sources && input_.options.may_verify;
  stage_ = may_probe ? Stage::Probe : Stage::Facts;
}

void Session::add_to_crate(const std::string& root, base::FileId file) {
  const auto same =
      std::find_if(crates_.begin(), crates_.end(),
                   [&root](const flow::CrateFiles& crate) { return crate.root == root; });
  if (same == crates_.end()) {
    crates_.push_back({root, {file}});
  } else {
    same->files.push_back(file);
  }
}

// What is about nothing of ours costs nothing more.
void Session::drop_unrelated() {
  std::erase_if(denials_, [this](const flow::Denial& denial) {
    return !flow::concerns_future(denial, sources_, trees_);
  });
  looks_into_errors_ = has_async_code();
}

// Some file of the unit's crate speaks of futures, or an error does: of what a function of
// another crate gives.
bool Session::has_async_code() const {
  if (std::any_of(input_.diagnostics.begin(), input_.diagnostics.end(), speaks_of_future)) {
    return true;
  }
  const std::vector<base::FileId>& files = crates_.front().files;
  return std::any_of(files.begin(), files.end(), [this](base::FileId file) {
    const llvm::StringRef text(sources_.text(file));
    return text.contains("async") || text.contains("await") || text.contains("Future");
  });
}

// Errors that no denial accounts for and that point at async functions of the crate.
void Session::plan_probes() {
  probes_.clear();
  for (uint32_t index = 0; index < input_.diagnostics.size(); ++index) {
    const std::vector<std::string> names = flow::suspects(input_.diagnostics[index]);
    const bool is_explained =
        std::any_of(denials_.begin(), denials_.end(),
                    [index](const flow::Denial& denial) { return denial.diagnostic == index; });
    if (names.empty() || is_explained) {
      continue;
    }
    for (const base::FileId file : crates_.front().files) {
      const std::string_view text = sources_.text(file);
      const bool may_have_one =
          std::any_of(names.begin(), names.end(), [text](const std::string& name) {
            return text.find("fn " + name) != std::string_view::npos;
          });
      if (may_have_one) {
        flow::add_probes(trees_.tree(file), names, index, probes_);
      }
    }
  }
}

NeedFacts Session::wanted_facts() const {
  WantedByPath functions;
  std::set<std::string> whole;  // files of crates of which all bodies are wanted
  if (input_.options.has_lints()) {
    whole.insert(input_.root_source);
  }
  // The function around a place; without one the whole crate is wanted.
  const auto add = [&](const flow::NamedPlace& place) {
    const auto span = flow::span_of(place, sources_);
    if (!span) {
      return std::string();
    }
    const syntax::Node node = trees_.tree(span->file).smallest_node(*span);
    const syntax::Node function = syntax::enclosing(node, {"function_item"});
    const syntax::Node name = function.field("name");
    if (!name) {
      whole.insert(place.path);
      return std::string();
    }
    functions[place.path].insert(
        {std::string(name.text()), llvm::sys::path::filename(place.path).str(), place.line});
    return std::string(name.text());
  };
  for (const flow::Denial& denial : denials_) {
    if (denial.value && !denial.await) {
      continue;  // captured or awaited: the source says it all
    }
    if (denial.value) {
      const std::string name = add(*denial.value);
      // The chain to a function that the demand does not name runs through others.
      const auto demand = flow::span_of(denial.demand, sources_);
      const auto value = flow::span_of(*denial.value, sources_);
      if (demand && value && !name.empty() && !demand->contains(*value) &&
          sources_.text(*demand).find(name) == std::string_view::npos) {
        whole.insert(denial.value->path);
      }
    } else {
      for (const flow::NamedPlace& body : denial.bodies) {
        add(body);
      }
    }
  }
  // What a variable is of shows in MIR, and no error says it.
  const flow::UnitSources unit(sources_, input_.cwd);
  for (const rustc::Diagnostic& diagnostic : input_.diagnostics) {
    if (!looks_into_errors_ || !flow::has_typed_body(diagnostic)) {
      continue;
    }
    for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
      const flow::NamedPlace place = flow::place_of(span, unit);
      const auto known = span.is_primary ? flow::span_of(place, sources_) : std::nullopt;
      const syntax::Node function =
          known ? syntax::outermost_function(trees_.tree(known->file).smallest_node(*known))
                : syntax::Node();
      if (!function ||
          (!llvm::StringRef(function.text()).contains("async") && !asks_for_static(diagnostic))) {
        continue;
      }
      if (syntax::is_async_function(function) || !function.is("function_item")) {
        add(place);
      } else {
        const syntax::Node result = function.field("return_type");
        const uint32_t end = result ? result.begin() : function.field("parameters").end();
        functions[place.path].insert({std::string(function.field("name").text()),
                                      llvm::sys::path::filename(place.path).str(),
                                      sources_.line_column(known->file, end).line, true});
      }
    }
  }
  NeedFacts wanted;
  for (const std::string& path : whole) {
    functions.erase(path);
    wanted.queries.push_back({path, {}});
  }
  for (const auto& [path, names] : functions) {
    wanted.queries.push_back({path, {names.begin(), names.end()}});
  }
  wanted.diagnostics = &input_.diagnostics;
  if (whole.empty()) {
    wanted.reductions = {[this, functions] { return reduce(functions, &Session::slice); },
                         [this, functions] { return reduce(functions, &Session::stub); }};
  }
  return wanted;
}

// Of each crate in which some function is wanted.
std::vector<fixit::EditedFile> Session::reduce(const WantedByPath& functions,
                                               Reduction reduction) const {
  std::vector<fixit::EditedFile> result;
  for (const flow::CrateFiles& crate : crates_) {
    std::vector<std::string> names;
    for (const base::FileId file : crate.files) {
      const auto wanted = functions.find(std::string(sources_.path(file)));
      if (wanted != functions.end()) {
        for (const WantedFunction& function : wanted->second) {
          names.push_back(function.name);
        }
      }
    }
    if (!names.empty()) {
      (this->*reduction)(crate.files, names, result);
    }
  }
  return result;
}

void Session::slice(const std::vector<base::FileId>& files, const std::vector<std::string>& keep,
                    std::vector<fixit::EditedFile>& result) const {
  std::vector<std::string_view> texts;
  texts.reserve(files.size());
  for (const base::FileId file : files) {
    texts.push_back(sources_.text(file));
  }
  std::vector<std::optional<std::string>> sliced = rewrite::slice_crate(texts, keep);
  for (size_t index = 0; index < sliced.size(); ++index) {
    if (sliced[index]) {
      result.push_back({std::string(sources_.path(files[index])), std::move(*sliced[index])});
    }
  }
}

void Session::stub(const std::vector<base::FileId>& files, const std::vector<std::string>& keep,
                   std::vector<fixit::EditedFile>& result) const {
  for (const base::FileId file : files) {
    if (auto text = rewrite::stub_bodies(trees_.tree(file), keep)) {
      result.push_back({std::string(sources_.path(file)), std::move(*text)});
    }
  }
}

void Session::answer(std::vector<UnitDumps> facts) {
  for (const UnitDumps& unit : facts) {
    known_.insert(known_.end(), unit.known.begin(), unit.known.end());
    std::vector<mir::Input> inputs;
    for (const Dump& dump : unit.dumps) {
      inputs.push_back({dump.text, dump.file_name});
    }
    for (mir::Module& module : mir::read_in_parallel(inputs, mir::useful_parts(inputs))) {
      problems_.insert(problems_.end(), module.problems.begin(), module.problems.end());
      units_.push_back({flow::UnitSources(sources_, unit.cwd), std::move(module)});
    }
  }
  find();
}

void Session::find() {
  flow::FactsInput facts_input;
  facts_input.files = &sources_;
  facts_input.trees = &trees_;
  facts_input.diagnostics = looks_into_errors_ ? &input_.diagnostics : nullptr;
  facts_input.cwd = input_.cwd;
  facts_input.denials = denials_;
  facts_input.recursions = recursions_;
  facts_input.public_async_fns = public_async_fns_;
  facts_input.units = units_;
  facts_input.known = known_;
  facts_input.package = input_.package;
  facts_input.crates = crates_;
  facts_input.lint = input_.options.has_lints();
  const flow::Facts facts(facts_input);
  findings_ = pitfalls::run_all(facts);
  if (facts_input.lint) {
    summaries_ = facts.summaries();
  }
  apply_levels();
  drop_foreign_edits();
  base::sort_findings(findings_, sources_);
  for (base::Finding& finding : findings_) {
    for (const uint32_t error : finding.explains) {
      finding.explained_errors.push_back(fixit::diagnostic_key(input_.diagnostics[error]));
    }
  }
  const fixit::Baseline baseline{input_.root_source, input_.is_test, input_.cwd,
                                 input_.diagnostics};
  planner_ = std::make_unique<fixit::Planner>(
      findings_, sources_, baseline,
      [this, baseline](const base::Finding& finding, base::FixIt& fix,
                       const fixit::TrialOutcome& outcome) {
        return follow_up({sources_, baseline, crates_, input_.package}, outcome, finding, fix) &&
               !edits_foreign(fix);
      });
  if (input_.options.automatic_only) {
    planner_->stop_at_automatic();
  }
  // Beyond this point no finding is added and no fix-it made.
  if (input_.options.may_verify) {
    stage_ = Stage::Verdicts;
  } else {
    finish();
  }
}

bool Session::edits_foreign(const base::FixIt& fix) const {
  return std::any_of(fix.edits.begin(), fix.edits.end(), [this](const base::Edit& edit) {
    return foreign_files_.contains(edit.span.file);
  });
}

// Nobody edits a dependency or what a build script wrote: the finding says so instead.
void Session::drop_foreign_edits() {
  for (base::Finding& finding : findings_) {
    // Nor does anybody look there: a macro of a dependency is where rustc puts its names.
    std::erase_if(finding.secondary, [this](const base::Label& label) {
      return foreign_files_.contains(label.span.file);
    });
    const size_t all = finding.fixits.size();
    std::erase_if(finding.fixits, [this](const base::FixIt& fix) { return edits_foreign(fix); });
    if (finding.fixits.size() < all && finding.fixits.empty()) {
      finding.notes.push_back({base::Level::Note,
                               "the code that would have to change is in a dependency or was "
                               "generated, so no edit is offered",
                               std::nullopt});
    }
  }
}

void Session::apply_levels() {
  std::erase_if(findings_, [this](base::Finding& finding) {
    const auto level = input_.options.levels.find(finding.code);
    const bool is_named = level != input_.options.levels.end();
    // What explains a warning of the compiler's own is as much asked for as that.
    const bool is_lint = finding.level != base::Level::Error && finding.explains.empty();
    if (is_named && is_on(level->second) && is_lint) {
      finding.level = level->second == "warn" ? base::Level::Warning : base::Level::Error;
    }
    const bool is_off = is_named ? level->second == "allow" : is_lint;
    return is_off || is_suppressed(finding, sources_);
  });
}

void Session::answer(const fixit::TrialOutcome& outcome) {
  if (stage_ != Stage::Probe) {
    planner_->answer(outcome);
    return;
  }
  stage_ = Stage::MoreSources;
  const flow::UnitSources names(sources_, input_.cwd);
  for (const fixit::UnitOutcome& unit : outcome.units) {
    for (flow::Denial& denial :
         flow::read_probe_answers(probes_, unit.diagnostics, input_.diagnostics, names)) {
      denials_.push_back(std::move(denial));
    }
  }
}

void Session::finish() {
  pitfalls::join_same_remedy(findings_);
  for (base::Finding& finding : findings_) {
    keep_one_variant(finding);
  }
  std::erase_if(findings_, [](const base::Finding& finding) {
    return finding.needs_proof &&
           std::none_of(finding.fixits.begin(), finding.fixits.end(), [](const base::FixIt& fix) {
             return fix.verdict.kind == base::Verdict::Kind::Accepted;
           });
  });
  stage_ = Stage::Done;
}

void Session::give_up_verifying(const std::string& reason) {
  if (planner_) {
    planner_->give_up(reason);
  }
  finish();
}

}  // namespace jaa::session
