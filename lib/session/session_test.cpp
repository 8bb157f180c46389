#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "rustc/diagnostic.h"
#include "session/session.h"
#include "session/suppression.h"

namespace jaa::session {
namespace {

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Runs a session over testdata/recorded/guard. `change` may spoil each dump.
std::vector<base::Finding> run_recorded(const Options& options,
                                        const std::function<void(std::string&)>& change = {}) {
  const std::string folder = JAA_TESTDATA "/recorded/guard/";
  Input input;
  input.cwd = "/p";
  input.root_source = "/p/queue.rs";
  input.package.edition = "2021";
  input.diagnostics = rustc::read_messages(slurp(folder + "messages.json"), "m").diagnostics;
  input.options = options;
  Session session(std::move(input));
  for (int steps = 0; steps < 20; ++steps) {
    const Request request = session.next();
    if (std::holds_alternative<NeedSources>(request)) {
      session.answer({{"/p/queue.rs", "queue.rs", slurp(folder + "queue.rs"), "/p/queue.rs"}});
    } else if (const auto* facts = std::get_if<NeedFacts>(&request)) {
      CHECK(facts->queries.size() == 1);
      UnitDumps unit{"/p", {}};
      for (const auto& entry : std::filesystem::directory_iterator(folder + "mir")) {
        unit.dumps.push_back({entry.path().filename(), slurp(entry.path())});
        if (change) {
          change(unit.dumps.back().text);
        }
      }
      session.answer({unit});
    } else if (std::holds_alternative<NeedVerdict>(request)) {
      fixit::TrialOutcome outcome;
      outcome.why = "there is no compiler";
      session.answer(outcome);
    } else {
      REQUIRE(std::holds_alternative<Done>(request));
      return session.findings();
    }
  }
  FAIL("the session does not end");
  return {};
}

std::string codes(const std::vector<base::Finding>& findings) {
  std::string result;
  for (const base::Finding& finding : findings) {
    result += finding.code + " ";
  }
  return result;
}

TEST_CASE("recorded messages and MIR give one finding a cause") {
  const auto findings = run_recorded({});
  CHECK(codes(findings) == "guard_across_await guard_in_scrutinee ");
  for (const base::Finding& finding : findings) {
    CHECK(finding.evidence == base::Evidence::Mir);
    CHECK(finding.explains.size() == 1);
    REQUIRE_FALSE(finding.fixits.empty());
    // No compiler has said yes.
    CHECK(finding.fixits.front().verdict.kind == base::Verdict::Kind::Unknown);
    CHECK(finding.fixits.front().verdict.reason == "there is no compiler");
  }
}

TEST_CASE("without MIR the messages still name both") {
  Options options;
  options.may_unlock = false;
  options.may_verify = false;
  const auto findings = run_recorded(options);
  CHECK(codes(findings) == "guard_across_await guard_in_scrutinee ");
  for (const base::Finding& finding : findings) {
    CHECK(finding.evidence == base::Evidence::Messages);
  }
}

TEST_CASE("MIR that is cut short or foreign costs evidence, not findings") {
  const auto truncate = [](std::string& text) { text.resize(text.size() / 3); };
  const auto garble = [](std::string& text) { text = "\xFF\x00 not MIR {{{"; };
  CHECK(codes(run_recorded({}, truncate)) == "guard_across_await guard_in_scrutinee ");
  CHECK(codes(run_recorded({}, garble)) == "guard_across_await guard_in_scrutinee ");
}

TEST_CASE("an allowed pitfall is silent") {
  Options options;
  options.levels["guard_across_await"] = "allow";
  CHECK(codes(run_recorded(options)) == "guard_in_scrutinee ");
}

TEST_CASE("a comment on the line or above it suppresses") {
  const auto suppressed = [](std::string text) {
    base::SourceFiles files;
    const base::FileId file = files.add("/a.rs", "a.rs", text);
    base::Finding finding;
    finding.code = "guard_across_await";
    const auto at = static_cast<uint32_t>(text.find("let"));
    finding.primary.span = {file, at, at + 3};
    return is_suppressed(finding, files);
  };
  CHECK(suppressed("// just-async: allow(guard_across_await, reason = \"short\")\nlet g;"));
  CHECK(suppressed("// just-async: allow(x, just_async::guard_across_await)\n#[a]\nlet g;"));
  CHECK(suppressed("let g; // just-async: allow(guard_across_await)"));
  CHECK_FALSE(suppressed("// just-async: allow(guard_in_scrutinee)\nlet g;"));
  CHECK_FALSE(suppressed("// just-async: allow(guard_across_await)\n\nlet g;"));
  CHECK_FALSE(suppressed("f(); // just-async: allow(guard_across_await)\nlet g;"));
}

}  // namespace
}  // namespace jaa::session
