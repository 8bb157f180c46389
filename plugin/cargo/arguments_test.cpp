#include "plugin/cargo/arguments.h"

#include <doctest/doctest.h>

#include "plugin/cargo/help.h"

using namespace jaa::plugin;
using Strings = std::vector<std::string>;

namespace {

Arguments parsed(const Strings& arguments) {
  auto result = parse_arguments(arguments);
  REQUIRE(bool(result));
  return std::move(*result);
}

std::string refused(const Strings& arguments) {
  auto result = parse_arguments(arguments);
  REQUIRE(!result);
  return llvm::toString(result.takeError());
}

}  // namespace

TEST_CASE("cargo's flags pass untouched and in order") {
  const std::vector<Strings> lines = {
      {},
      {"--workspace", "--all-targets", "--keep-going"},
      {"-p", "a", "-pb", "--package=c", "--exclude", "d"},
      {"--features", "x,y", "-Fz", "-F", "w", "--no-default-features"},
      {"--manifest-path", "/a/Cargo.toml", "--locked", "--offline"},
      {"--config", "build.jobs=1", "-Zunstable", "-Z", "other"},
      {"-j", "-1", "-j4", "-qr", "--color", "always"},
      {"--frobnicate", "value", "--frobnicate=value"},
      {"--bin", "--lib", "--bin", "fix"},
      {"--target", "x86_64-unknown-linux-gnu", "--profile", "check"},
      {"-", ""},
  };
  for (const Strings& line : lines) {
    const Arguments arguments = parsed(line);
    CHECK(arguments.verb == Verb::Check);
    CHECK(arguments.cargo == line);
  }
}

TEST_CASE("the verb is the first word that is no flag's value") {
  CHECK(parsed({"check"}).verb == Verb::Check);
  CHECK(parsed({"-p", "explain", "fix"}).verb == Verb::Fix);
  CHECK(parsed({"--workspace", "fix", "--lib"}).cargo == Strings{"--workspace", "--lib"});
  CHECK(parsed({"explain", "guard_across_await"}).topic == "guard_across_await");
  CHECK(parsed({"help", "fix"}).topic == "fix");
  CHECK(parsed({"fix", "--help"}).verb == Verb::Help);
  CHECK(parsed({"fix", "--help"}).topic == "fix");
  CHECK(parsed({"-h"}).topic.empty());
  CHECK(parsed({"-vV"}).verb == Verb::Version);
  CHECK(refused({"frob"}).find("no such verb: `frob`") != std::string::npos);
}

TEST_CASE("our flags are taken out") {
  const Arguments arguments =
      parsed({"--verify=always", "--no-unlock", "--all-fixes", "--stats", "-v", "--lib"});
  CHECK(arguments.verify == Verify::Always);
  CHECK(arguments.no_unlock);
  CHECK(arguments.all_fixes);
  CHECK(arguments.stats);
  CHECK(arguments.verbose);
  CHECK(arguments.cargo == Strings{"-v", "--lib"});
  CHECK(parsed({"--verify", "never"}).verify == Verify::Never);
  CHECK(refused({"--verify=often"}).find("auto, always or never") != std::string::npos);
  CHECK(refused({"--verify"}).find("needs a value") != std::string::npos);
  CHECK(refused({"--stats=1"}).find("takes no value") != std::string::npos);
}

TEST_CASE("what metadata must see") {
  const Arguments arguments = parsed({"--manifest-path=a/Cargo.toml", "--config", "x=1", "--lib",
                                      "--frozen", "-Zfoo", "--target-dir", "t"});
  CHECK(arguments.metadata ==
        Strings{"--manifest-path=a/Cargo.toml", "--config", "x=1", "--frozen", "-Zfoo"});
  CHECK(arguments.config == Strings{"x=1"});
  CHECK(arguments.target_dir == Strings{"--target-dir", "t"});
  CHECK(arguments.cargo ==
        Strings{"--manifest-path=a/Cargo.toml", "--config", "x=1", "--lib", "--frozen", "-Zfoo"});
}

TEST_CASE("message formats") {
  CHECK(!parsed({"--message-format", "short"}).has_json_messages());
  CHECK(parsed({"--message-format=json"}).has_json_messages());
  CHECK(parsed({"--message-format=json-diagnostic-rendered-ansi"}).has_json_messages());
  CHECK(parsed({"--message-format=made-up"}).message_formats == Strings{"made-up"});
  for (const char* format : {"sarif", "github", "rdjson", "SARIF"}) {
    CHECK(refused({"--message-format", format}).find("expected human, short, json") !=
          std::string::npos);
  }
}

TEST_CASE("lint levels after the dashes") {
  using Levels = std::vector<std::pair<std::string, std::string>>;
  CHECK(parsed({"--lib", "--", "-W", "just_async::a", "-Dall", "--warn=b", "--forbid",
                "just_async::c", "-A", "d"})
            .lint_levels ==
        Levels{{"a", "warn"}, {"all", "deny"}, {"b", "warn"}, {"c", "forbid"}, {"d", "allow"}});
  CHECK(refused({"--", "-D"}).find("needs the name") != std::string::npos);
  CHECK(refused({"--", "-D", "clippy::all"}).find("no lint of just_async") != std::string::npos);
  CHECK(refused({"--", "--lib"}).find("expected a lint level") != std::string::npos);
  CHECK(refused({"--", "x"}).find("expected a lint level") != std::string::npos);
  CHECK(refused({"--", "-"}).find("expected a lint level") != std::string::npos);
}

TEST_CASE("add and remove take a function") {
  const Arguments arguments = parsed(
      {"add", "Store::read", "--to", "main", "--keep-sync", "--dry-run", "-p", "app", "--lib"});
  CHECK(arguments.verb == Verb::Add);
  CHECK(arguments.function == "Store::read");
  CHECK(arguments.ends_at == "main");
  CHECK(arguments.keeps_sync);
  CHECK(arguments.fix.dry_run);
  CHECK(arguments.cargo == Strings{"-p", "app", "--lib"});
  CHECK(parsed({"remove", "src/main.rs:3", "--allow-dirty"}).function == "src/main.rs:3");
  CHECK(parsed({"add", "--help"}).topic == "add");
  CHECK(refused({"add"}).find("which function") != std::string::npos);
  CHECK(refused({"fix", "--keep-sync"}).find("belongs to `cargo async add`") != std::string::npos);
  CHECK(refused({"add", "f", "--only", "a"}).find("belongs to `cargo async fix`") !=
        std::string::npos);
}

TEST_CASE("the flags of fix") {
  const Arguments arguments =
      parsed({"fix", "--allow-dirty", "--allow-staged", "--allow-no-vcs", "--broken-code", "--diff",
              "--only", "just_async::a,c", "--only=b", "--interactive", "--pick", "a=clone_first",
              "--max-iterations", "3"});
  CHECK(arguments.fix.allow_dirty);
  CHECK(arguments.fix.allow_staged);
  CHECK(arguments.fix.allow_no_vcs);
  CHECK(arguments.fix.dry_run);
  CHECK(arguments.fix.only == Strings{"a", "c", "b"});
  CHECK(arguments.fix.broken_code);
  CHECK(arguments.fix.interactive);
  CHECK(arguments.fix.picks.at("a") == "clone_first");
  CHECK(arguments.fix.max_rounds == 3);
  CHECK(arguments.cargo.empty());
  CHECK(refused({"--allow-dirty"}).find("belongs to `cargo async fix`") != std::string::npos);
  CHECK(refused({"--interactive"}).find("belongs to `cargo async fix`") != std::string::npos);
  CHECK(refused({"fix", "--only", "a,"}).find("names of lints") != std::string::npos);
  CHECK(parsed({"--export-fixes", "f.yaml"}).export_fixes == "f.yaml");
  CHECK(refused({"--export-fixes="}).find("name of a file") != std::string::npos);
  CHECK(refused({"fix", "--pick", "a"}).find("LINT=ALTERNATIVE") != std::string::npos);
  CHECK(refused({"fix", "--max-iterations", "0"}).find("from 1") != std::string::npos);
  CHECK(refused({"fix", "--verify=never"}).find("--verify=never") != std::string::npos);
}

TEST_CASE("each verb has help") {
  for (const char* topic : {"", "check", "fix", "explain", "help"}) {
    CHECK(help_text(topic).find("Usage: cargo async") != std::string_view::npos);
  }
  CHECK(help_text("frob").empty());
}
