#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/YAMLTraits.h"
#include "plugin/cargo/fix_choice.h"
#include "plugin/cargo/fix_export.h"
#include "plugin/cargo/fix_plan_unix.h"
#include "plugin/cargo/temporary_test.h"
#include "plugin/cargo/write_files_unix.h"

namespace {

// The form that `clang-apply-replacements` reads.
struct Replacement {
  std::string path;
  uint32_t offset = 0;
  uint32_t length = 0;
  std::string text;
};
struct Exported {
  std::string main_file;
  std::vector<Replacement> replacements;
};

}  // namespace

LLVM_YAML_IS_SEQUENCE_VECTOR(Replacement)
template <>
struct llvm::yaml::MappingTraits<Replacement> {
  static void mapping(IO& io, Replacement& one) {
    io.mapRequired("FilePath", one.path);
    io.mapRequired("Offset", one.offset);
    io.mapRequired("Length", one.length);
    io.mapRequired("ReplacementText", one.text);
  }
};
template <>
struct llvm::yaml::MappingTraits<Exported> {
  static void mapping(IO& io, Exported& document) {
    io.mapRequired("MainSourceFile", document.main_file);
    io.mapRequired("Replacements", document.replacements);
  }
};

using namespace jaa::plugin;
using Kind = jaa::base::Verdict::Kind;

namespace {

ReportedFix fix_called(std::string name, std::vector<ReportedEdit> edits = {}) {
  ReportedFix fix;
  fix.name = std::move(name);
  fix.title = "do it";
  fix.verdict = Kind::Accepted;
  fix.keeps_meaning = true;
  fix.edits = std::move(edits);
  return fix;
}

ReportedFinding finding_at(uint32_t begin, std::vector<ReportedFix> fixes) {
  ReportedFinding finding;
  finding.code = "a";
  finding.message = "m";
  finding.path = "/w/x.rs";
  finding.display = "x.rs";
  finding.line = 1;
  finding.column = begin + 1;
  finding.begin = begin;
  finding.end = begin + 1;
  finding.fixes = std::move(fixes);
  return finding;
}

std::vector<std::string> names(const FixChoice& choice) {
  std::vector<std::string> result;
  for (const ChosenFix& chosen : choice.chosen) {
    result.push_back(chosen.fix.name);
  }
  return result;
}
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the first accepted fix that keeps the meaning is taken") {
  ReportedFix rejected = fix_called("rejected");
  rejected.verdict = Kind::Rejected;
  rejected.reason = "E0308";
  ReportedFix holes = fix_called("holes");
  holes.has_placeholders = true;
  ReportedFix changes = fix_called("changes");
  changes.keeps_meaning = false;
  changes.trade_off = "copies";
  const std::vector all = {rejected, holes, changes, fix_called("good"), fix_called("late")};

  FixArguments arguments;
  CHECK(names(choose_fixes({finding_at(0, all)}, arguments)) == Names{"good"});

  const FixChoice advice = choose_fixes({finding_at(0, {rejected, holes, changes})}, arguments);
  CHECK(advice.chosen.empty());
  CHECK(advice.advice == Names{"x.rs:1:1: a: to do it (copies), run `cargo async fix --pick "
                               "a=changes`"});

  arguments.picks["a"] = "changes";
  CHECK(names(choose_fixes({finding_at(0, all)}, arguments)) == Names{"changes"});
  for (const auto& [pick, why] : {std::pair("rejected", "was rejected by the compiler: E0308"),
                                  std::pair("holes", "has placeholders"),
                                  std::pair("none", "it has rejected, holes, changes, good")}) {
    arguments.picks["a"] = pick;
    const FixChoice choice = choose_fixes({finding_at(0, all)}, arguments);
    CHECK(choice.chosen.empty());
    REQUIRE(choice.advice.size() == 1);
    CHECK(choice.advice[0].find(why) != std::string::npos);
  }

  arguments = {};
  arguments.only = {"b"};
  CHECK(choose_fixes({finding_at(0, all)}, arguments).chosen.empty());
  arguments.only = {"b", "a"};
  CHECK(choose_fixes({finding_at(0, all)}, arguments).chosen.size() == 1);
}

TEST_CASE("a finding of several units is one, and a rejection by any of them stands") {
  const ReportedFix accepted = fix_called("f");
  ReportedFix untried = accepted;
  untried.verdict = Kind::Untried;
  ReportedFix rejected = accepted;
  rejected.verdict = Kind::Rejected;
  const auto chosen = [](const std::vector<ReportedFix>& verdicts) {
    std::vector<ReportedFinding> findings;
    for (const ReportedFix& fix : verdicts) {
      findings.push_back(finding_at(0, {fix}));
    }
    return choose_fixes(findings, {}).chosen.size();
  };
  CHECK(chosen({accepted, accepted}) == 1);
  CHECK(chosen({untried, accepted}) == 1);
  CHECK(chosen({accepted, untried}) == 1);
  CHECK(chosen({accepted, rejected}) == 0);
  CHECK(chosen({rejected, accepted}) == 0);
  CHECK(chosen({untried, untried}) == 0);
  CHECK(choose_fixes({finding_at(0, {untried})}, {}).advice[0].find("--verify=always") !=
        std::string::npos);
  ReportedFix unknown = accepted;
  unknown.verdict = Kind::Unknown;
  unknown.reason = "no space";
  CHECK(choose_fixes({finding_at(0, {unknown})}, {})
            .advice[0]
            .find("`f` could not be checked: no space") != std::string::npos);
}

namespace {

// A workspace on disk, and edits of its files by the text they replace.
struct Project {
  Project() {
    workspace.root = directory.path("w");
    workspace.target_dir = directory.path("w/target");
    workspace.packages.push_back({"p", directory.path("p"), {}});
    directory.write("w/a.rs", "one two\r\nthree\r\n");
    directory.write("w/b.rs", "one two\n");
    directory.write("p/c.rs", "one\n");
  }
  ReportedEdit edit(std::string_view file, std::string_view old_text, std::string text) const {
    const size_t at = directory.read(file).find(old_text);
    REQUIRE(at != std::string::npos);
    return {directory.path(file), static_cast<uint32_t>(at),
            static_cast<uint32_t>(at + old_text.size()), std::string(old_text), std::move(text)};
  }
  FixPlan plan(const std::vector<ReportedFix>& fixes) const {
    std::vector<ChosenFix> chosen;
    for (const ReportedFix& fix : fixes) {
      chosen.push_back({finding_at(0, {}), fix});
    }
    return plan_fixes(chosen, workspace, {"HOME=" + directory.path("home")});
  }
  void apply(const FixPlan& plan) const {
    std::vector<std::string> written;
    llvm::Error error = write_files(plan.files, written);
    REQUIRE_MESSAGE(!error, llvm::toString(std::move(error)));
    CHECK(written.size() == plan.files.size());
  }
  void refuses(const ReportedFix& fix, std::string_view why) const {
    const FixPlan result = plan({fix});
    CHECK(result.files.empty());
    CHECK(result.fixes == 0);
    REQUIRE(result.skipped.size() == 1);
    CHECK_MESSAGE(result.skipped[0].find(why) != std::string::npos, result.skipped[0]);
  }

  TemporaryDirectory directory;
  Workspace workspace;
};

}  // namespace

TEST_CASE("fixes are applied byte for byte") {
  const Project project;
  CHECK(chmod(project.directory.path("w/a.rs").c_str(), 0750) == 0);
  const FixPlan plan =
      project.plan({fix_called("f", {project.edit("w/a.rs", "three", "drei"),
                                     project.edit("w/b.rs", "two", "")}),
                    fix_called("g", {project.edit("w/a.rs", "one", "eins\r\nzwei")}),
                    fix_called("h", {project.edit("p/c.rs", "one", "eins")})});
  CHECK(plan.fixes == 3);
  CHECK(plan.skipped.empty());
  CHECK(plan.files.at(project.directory.path("w/a.rs")).fixes == 2);
  project.apply(plan);
  CHECK(project.directory.read("w/a.rs") == "eins\r\nzwei two\r\ndrei\r\n");
  CHECK(project.directory.read("w/b.rs") == "one \n");
  CHECK(project.directory.read("p/c.rs") == "eins\n");
  struct stat status = {};
  REQUIRE(stat(project.directory.path("w/a.rs").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0750);
}

TEST_CASE("the export makes the same texts of the first ones, over several rounds") {
  const Project project;
  FixExport fixes;
  const FixPlan first = project.plan({fix_called(
      "f", {project.edit("w/a.rs", "three", "a\n\"b\""), project.edit("w/b.rs", "one", "eins")})});
  fixes.add(first);
  project.apply(first);
  ReportedEdit insertion = project.edit("w/a.rs", "a\n", "");
  insertion.end = insertion.begin;
  insertion.old_text.clear();
  insertion.text = "ä ";
  const FixPlan second =
      project.plan({fix_called("f", {project.edit("w/a.rs", "one", ""), insertion})});
  fixes.add(second);
  project.apply(second);

  Exported document;
  const std::string text = fixes.text();
  llvm::yaml::Input input(text);
  input >> document;
  REQUIRE(!input.error());
  CHECK(document.replacements.size() == 3);
  std::map<std::string, std::string> texts = {
      {project.directory.path("w/a.rs"), "one two\r\nthree\r\n"},
      {project.directory.path("w/b.rs"), "one two\n"}};
  for (const auto& replacement : llvm::reverse(document.replacements)) {
    texts.at(replacement.path).replace(replacement.offset, replacement.length, replacement.text);
  }
  CHECK(texts.at(project.directory.path("w/a.rs")) == project.directory.read("w/a.rs"));
  CHECK(texts.at(project.directory.path("w/b.rs")) == project.directory.read("w/b.rs"));

  // Somebody else's edits between two rounds would make the offsets wrong.
  project.directory.write("w/b.rs", "three one\n");
  fixes.add(project.plan({fix_called("f", {project.edit("w/b.rs", "one", "x")})}));
  llvm::Error error = fixes.write(project.directory.path("fixes.yaml"));
  REQUIRE(bool(error));
  CHECK(llvm::toString(std::move(error)).find("was edited meanwhile") != std::string::npos);
}

TEST_CASE("what does not fit is left out whole") {
  const Project project;
  const ReportedFix first = fix_called("f", {project.edit("w/a.rs", "one two", "x")});
  const ReportedFix overlapping =
      fix_called("g", {project.edit("w/b.rs", "one", "y"), project.edit("w/a.rs", "two", "y")});
  const FixPlan plan = project.plan({first, overlapping});
  CHECK(plan.fixes == 1);
  CHECK(plan.files.size() == 1);
  REQUIRE(plan.skipped.size() == 1);
  CHECK(plan.skipped[0].find("`g` of a was not applied: it overlaps another fix") !=
        std::string::npos);

  project.refuses(overlapping.edits.size() == 2
                      ? fix_called("h", {project.edit("w/a.rs", "one two", "x"),
                                         project.edit("w/a.rs", "two", "y")})
                      : first,
                  "overlap each other");
}

TEST_CASE("edits that merely touch wait for the next round") {
  const Project project;
  ReportedEdit insertion = project.edit("w/b.rs", "two", "");
  insertion.end = insertion.begin;
  insertion.old_text.clear();
  insertion.text = "new ";
  const FixPlan plan = project.plan({fix_called("f", {insertion}), fix_called("g", {insertion})});
  CHECK(plan.fixes == 1);
  // But for what both need once.
  ReportedEdit await = insertion;
  await.text = ".await";
  ReportedEdit replacement = project.edit("w/a.rs", "two", "three");
  const FixPlan shared =
      project.plan({fix_called("f", {await, replacement}), fix_called("g", {await, replacement})});
  CHECK(shared.fixes == 2);
  CHECK(shared.files.at(project.directory.path("w/b.rs")).new_text == "one .awaittwo\n");
  // Each needs the bracket that it closes.
  replacement.text = "three }";
  CHECK(project.plan({fix_called("f", {replacement}), fix_called("g", {replacement})}).fixes == 1);
  // Within one fix the order is the one given.
  ReportedEdit second = insertion;
  second.text = "er ";
  project.apply(project.plan({fix_called("f", {insertion, second})}));
  CHECK(project.directory.read("w/b.rs") == "one new er two\n");
}

TEST_CASE("a file that has changed is left alone") {
  const Project project;
  const ReportedFix fix = fix_called("f", {project.edit("w/b.rs", "two", "x")});
  const FixPlan plan = project.plan({fix});
  project.directory.write("w/b.rs", "a new text\n");
  project.refuses(fix, "has changed since it was checked");
  project.directory.write("w/b.rs", "");
  project.refuses(fix, "has changed since it was checked");
  std::vector<std::string> written;
  llvm::Error error = write_files(plan.files, written);
  REQUIRE(bool(error));
  CHECK(llvm::toString(std::move(error)).find("was changed meanwhile") != std::string::npos);
  CHECK(written.empty());
  CHECK(project.directory.read("w/b.rs").empty());
  unlink(project.directory.path("w/b.rs").c_str());
  project.refuses(fix, "is gone");
}

TEST_CASE("only the user's own sources are edited") {
  const Project project;
  const TemporaryDirectory& directory = project.directory;
  for (const auto& [file, why] :
       {std::pair("w/target/debug/build/p/out/gen.rs", "is not source of this workspace"),
        std::pair("home/.cargo/registry/src/dep/lib.rs", "is not source of this workspace"),
        std::pair("elsewhere/x.rs", "is outside the workspace"),
        std::pair("wrong/x.rs", "is outside the workspace"),
        std::pair("w/vendor/dep/src/lib.rs", "is a vendored dependency")}) {
    directory.write(file, "one\n");
    directory.write("w/vendor/dep/.cargo-checksum.json", "{}");
    project.refuses(fix_called("f", {project.edit(file, "one", "x")}), why);
  }
  REQUIRE(symlink(directory.path("elsewhere/x.rs").c_str(), directory.path("w/link.rs").c_str()) ==
          0);
  project.refuses(fix_called("f", {project.edit("w/link.rs", "one", "x")}),
                  "is outside the workspace");
  CHECK(chmod(directory.path("w/b.rs").c_str(), 0444) == 0);
  project.refuses(fix_called("f", {project.edit("w/b.rs", "one", "x")}), "is read-only");
}

TEST_CASE("a link to a source stays a link") {
  const Project project;
  REQUIRE(symlink("a.rs", project.directory.path("w/link.rs").c_str()) == 0);
  project.apply(project.plan({fix_called("f", {project.edit("w/link.rs", "one", "x")})}));
  CHECK(llvm::sys::fs::is_symlink_file(project.directory.path("w/link.rs")));
  CHECK(project.directory.read("w/a.rs") == "x two\r\nthree\r\n");
}

TEST_CASE("a round that fails halfway is taken back") {
  const Project project;
  const FixPlan plan = project.plan(
      {fix_called("f", {project.edit("w/a.rs", "one", "x"), project.edit("w/b.rs", "one", "x")})});
  // Nothing can be moved to where something is mounted. The last file is moved first.
  const std::string busy = project.directory.path("w/a.rs");
  if (mount(busy.c_str(), busy.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    MESSAGE("not permitted to mount; not tested");
    return;
  }
  std::vector<std::string> written;
  llvm::Error error = write_files(plan.files, written);
  umount(busy.c_str());
  CHECK(bool(error));
  CHECK(llvm::toString(std::move(error)).find("a.rs: ") != std::string::npos);
  CHECK(written.empty());
  CHECK(project.directory.read("w/a.rs") == "one two\r\nthree\r\n");
  CHECK(project.directory.read("w/b.rs") == "one two\n");
}

TEST_CASE("where the disk is full nothing is lost") {
  const Project project;
  const FixPlan plan = project.plan({fix_called("f", {project.edit("w/a.rs", "one", "x")})});
  // A limit for the size of files stands for the full disk.
  struct rlimit before = {};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const struct rlimit small = {4, before.rlim_max};
  auto* const handler = signal(SIGXFSZ, SIG_IGN);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  std::vector<std::string> written;
  llvm::Error error = write_files(plan.files, written);
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, handler);
  REQUIRE(bool(error));
  CHECK(llvm::toString(std::move(error)).find("a.rs: File too large") != std::string::npos);
  CHECK(written.empty());
  CHECK(project.directory.read("w/a.rs") == "one two\r\nthree\r\n");
}

TEST_CASE("an interrupt before the first file is replaced stops all") {
  const Project project;
  const FixPlan plan = project.plan(
      {fix_called("f", {project.edit("w/a.rs", "one", "x"), project.edit("w/b.rs", "one", "x")})});
  for (int asked = 0; asked < 3; ++asked) {
    std::vector<std::string> written;
    int left = asked;
    llvm::Error error = write_files(plan.files, written, [&left] { return left-- == 0; });
    CHECK(bool(error));
    llvm::consumeError(std::move(error));
    CHECK(written.empty());
    CHECK(project.directory.read("w/a.rs") == "one two\r\nthree\r\n");
    CHECK(project.directory.read("w/b.rs") == "one two\n");
  }
}

TEST_CASE("a file that cannot be staged keeps the others from being written") {
  const Project project;
  FixPlan plan = project.plan({fix_called("f", {project.edit("w/a.rs", "one", "x")})});
  plan.files["/nowhere/x.rs"] = {"", "y", 1};
  std::vector<std::string> written;
  llvm::Error error = write_files(plan.files, written);
  CHECK(bool(error));
  llvm::consumeError(std::move(error));
  CHECK(written.empty());
  CHECK(project.directory.read("w/a.rs") == "one two\r\nthree\r\n");
  // Nothing is left lying about.
  std::error_code failed;
  size_t entries = 0;
  for (llvm::sys::fs::directory_iterator entry(project.directory.path("w"), failed), end;
       !failed && entry != end; entry.increment(failed)) {
    ++entries;
  }
  CHECK(entries == 2);
}
