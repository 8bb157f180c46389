#include "rustc/diagnostic.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

namespace jaa::rustc {
namespace {

std::string slurp(const std::string& name) {
  std::ifstream stream(std::string(JAA_TESTDATA) + "/rustc/" + name, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string problem_of(std::string_view line) {
  std::string problem;
  (void)read_diagnostic_line(line, &problem);
  return problem;
}

constexpr std::string_view Minimal =
    R"({"message":"m","code":null,"level":"error","spans":[],"children":[]})";

TEST_CASE("a recorded diagnostic is read whole") {
  const Messages messages = read_messages(slurp("mutexguard.json"), "mutexguard.json");
  CHECK(messages.problems.empty());
  REQUIRE(messages.diagnostics.size() == 2);
  const Diagnostic& error = messages.diagnostics[0];
  CHECK(error.level == Level::Error);
  CHECK(error.is_error());
  CHECK_FALSE(error.is_summary());
  CHECK(error.message == "future cannot be sent between threads safely");
  CHECK(error.code.empty());
  REQUIRE(error.spans.size() == 1);
  CHECK(error.spans[0].label == "future returned by `work` is not `Send`");
  CHECK(error.spans[0].is_primary);
  REQUIRE(error.children.size() == 3);
  const Diagnostic& note = error.children[1];
  REQUIRE(note.spans.size() == 2);
  const auto& await = note.spans[0].is_await() ? note.spans[0] : note.spans[1];
  CHECK(await.is_await());
  CHECK_FALSE(await.is_from_macro());
  REQUIRE(await.text.size() == 1);
  CHECK(await.text[0].highlight_start == await.column_start);
  CHECK(messages.diagnostics[1].is_summary());
}

TEST_CASE("suggestions keep their replacement and applicability") {
  const Messages messages = read_messages(slurp("missing_await_let.json"), "x");
  REQUIRE_FALSE(messages.diagnostics.empty());
  CHECK(messages.diagnostics[0].code == "E0308");
  const Diagnostic& help = messages.diagnostics[0].children.back();
  REQUIRE(help.spans.size() == 1);
  CHECK(help.spans[0].suggested_replacement == ".await");
  CHECK(help.spans[0].suggestion_applicability == "MaybeIncorrect");
}

TEST_CASE("all recorded messages are read without a problem") {
  for (const char* name : {"multi_line.json", "mismatched.json", "recursion.json",
                           "nested_chain.json", "multi_line.unicode.json"}) {
    CAPTURE(name);
    const Messages messages = read_messages(slurp(name), name);
    CHECK(messages.problems.empty());
    CHECK_FALSE(messages.diagnostics.empty());
  }
}

TEST_CASE("macros and desugarings are told apart") {
  const auto line = [](std::string_view macro) {
    return R"({"message":"m","level":"note","children":[],"spans":[{"file_name":"a.rs",)"
           R"("byte_start":1,"byte_end":2,"line_start":1,"line_end":1,"column_start":2,)"
           R"("column_end":3,"is_primary":true,"label":null,"text":[],"expansion":{)"
           R"("macro_decl_name":")" +
           std::string(macro) +
           R"(","span":{"file_name":"a.rs","byte_start":0,"byte_end":9,"expansion":null}}}]})";
  };
  const auto macro = read_diagnostic_line(line("println!"));
  REQUIRE(macro.has_value());
  CHECK(macro->spans[0].is_from_macro());
  CHECK(macro->spans[0].expansion[0].byte_end == 9);
  const auto desugared = read_diagnostic_line(line("desugaring of `await` expression"));
  REQUIRE(desugared.has_value());
  CHECK_FALSE(desugared->spans[0].is_from_macro());
  CHECK(desugared->spans[0].is_await());
}

TEST_CASE("what a macro of std wrote is shown at its call, with its source as without") {
  const std::string call = R"({"file_name":"a.rs","byte_start":7,"byte_end":9,"line_start":3,)"
                           R"("line_end":3,"column_start":2,"column_end":4,"is_primary":false,)"
                           R"("label":null,"text":[{"text":"vec![]","highlight_start":2,)"
                           R"("highlight_end":4}],"expansion":null})";
  const auto line = [](const std::string& expansion) {
    return R"({"message":"m","level":"error","children":[],"spans":[{"file_name":)"
           R"("/home/me/.rustup/toolchains/stable/lib/rustlib/src/rust/library/alloc/src/macros.rs",)"
           R"("byte_start":1,"byte_end":2,"line_start":60,"line_end":60,"column_start":2,)"
           R"("column_end":3,"is_primary":true,"label":"here","text":[],"expansion":)" +
           expansion + "}]}";
  };
  const auto shown =
      read_diagnostic_line(line(R"({"macro_decl_name":"vec!","span":)" + call + "}"));
  REQUIRE(shown.has_value());
  CHECK(shown->spans[0].file_name == "a.rs");
  CHECK(shown->spans[0].line_start == 3);
  CHECK(shown->spans[0].is_primary);
  CHECK(shown->spans[0].label == "here");
  CHECK(shown->spans[0].text.at(0).text == "vec![]");
  CHECK(shown->spans[0].expansion.empty());
  // Std's own code stays where it is.
  CHECK(read_diagnostic_line(line("null"))->spans[0].line_start == 60);
}

TEST_CASE("what is not a diagnostic is a problem with its line, and reading goes on") {
  const std::string text = "warning: plain text\n\n{\"$message_type\":\"artifact\"}\n{oops\n[1]\n" +
                           std::string(Minimal) + "\n{}";
  const Messages messages = read_messages(text, "stderr");
  CHECK(messages.diagnostics.size() == 1);
  REQUIRE(messages.problems.size() == 4);
  CHECK(messages.problems[0].line == 1);
  CHECK(messages.problems[0].input == "stderr");
  CHECK(messages.problems[1].line == 4);
  CHECK(messages.problems[3].line == 7);
  CHECK(problem_of("{\"$message_type\":\"artifact\"}") ==
        "a message of another kind than a diagnostic");
}

TEST_CASE("the problems of a foreign stream are few") {
  std::string text;
  for (int line = 0; line < 1000; ++line) text += "   Compiling a v0.1.0\n";
  const Messages messages = read_messages(text + std::string(Minimal), "stderr");
  CHECK(messages.diagnostics.size() == 1);
  REQUIRE(messages.problems.size() == 100);
  CHECK(messages.problems[98].text == "expected a JSON object, found other text");
  CHECK(messages.problems[99].text == "more that is no message from here on");
}

TEST_CASE("fields that are missing or of another type get a default and a problem") {
  const auto read = [](std::string_view span) {
    std::string problem;
    const auto diagnostic = read_diagnostic_line(
        R"({"message":7,"level":"warning","spans":[)" + std::string(span) + "],\"children\":{}}",
        &problem);
    CHECK_FALSE(problem.empty());
    return diagnostic;
  };
  for (const char* span :
       {"{}", "3", "null", R"({"byte_start":-1})", R"({"byte_start":1e400})",
        R"({"byte_start":99999999999999999999999})", R"({"byte_start":4294967296})",
        R"({"byte_start":5,"byte_end":2,"text":[3,{"text":{}}],"expansion":[],"label":[]})",
        R"({"expansion":{"span":{"expansion":{"span":7}}}})"}) {
    CAPTURE(span);
    const auto diagnostic = read(span);
    if (diagnostic) {
      CHECK(diagnostic->message.empty());
      CHECK(diagnostic->level == Level::Warning);
      REQUIRE(diagnostic->spans.size() == 1);
      CHECK(diagnostic->spans[0].byte_start <= diagnostic->spans[0].byte_end);
    }
  }
}

TEST_CASE("numbers are of 32 bits and not negative") {
  const auto with_start = [](std::string_view number) {
    return R"({"message":"m","level":"note","children":[],"spans":[{"file_name":"a.rs",)"
           R"("byte_start":)" +
           std::string(number) +
           R"(,"byte_end":4294967295,"line_start":1,"line_end":1,"column_start":1,)"
           R"("column_end":1,"is_primary":true}]})";
  };
  CHECK(problem_of(with_start("4294967295")).empty());
  for (const char* number : {"4294967296", "-1", "1.5", "\"1\"", "null", "[]"}) {
    CAPTURE(number);
    CHECK(problem_of(with_start(number)) == "field `byte_start`: expected a number of 32 bits");
  }
}

TEST_CASE("a message of another shape keeps the rest of the diagnostic") {
  std::string problem;
  const auto diagnostic = read_diagnostic_line(
      R"({"message":"m","level":"error","code":{"code":3},"spans":null,"children":null})",
      &problem);
  REQUIRE(diagnostic.has_value());
  CHECK(diagnostic->message == "m");
  CHECK(diagnostic->is_error());
  CHECK(problem == "field `code`: expected a string, found number");
}

TEST_CASE("invalid UTF-8 is mended and told") {
  std::string line(Minimal);
  line.replace(line.find("\"m\""), 3, "\"\xFFm\xC3\"");
  std::string problem;
  const auto diagnostic = read_diagnostic_line(line, &problem);
  REQUIRE(diagnostic.has_value());
  CHECK(diagnostic->message == "\xEF\xBF\xBDm\xEF\xBF\xBD");
  CHECK(problem == "invalid UTF-8 replaced");
}

TEST_CASE("nesting and length are bounded") {
  std::string deep = R"({"message":"m","level":"note","spans":[],"children":[)";
  std::string line;
  for (int depth = 0; depth < 200; ++depth) {
    line += deep;
  }
  line += Minimal;
  for (int depth = 0; depth < 200; ++depth) {
    line += "]}";
  }
  std::string problem;
  auto diagnostic = read_diagnostic_line(line, &problem);
  REQUIRE(diagnostic.has_value());
  CHECK(problem == "children nested too deeply were dropped");
  size_t depth = 0;
  for (const Diagnostic* next = &*diagnostic; !next->children.empty(); next = &next->children[0]) {
    ++depth;
  }
  CHECK(depth == 64);

  CHECK(problem_of("{\"a\":" + std::string(100000, '[')) ==
        "JSON nested deeper than 512 levels refused");
  // Brackets in text do not nest.
  std::string text(Minimal);
  text.replace(text.find("\"m\""), 3, "\"\\\"" + std::string(1000, '[') + "\"");
  CHECK(read_diagnostic_line(text).has_value());

  const std::string long_line = "{\"a\":\"" + std::string((size_t{64} << 20U) + 1, 'x') + "\"}";
  CHECK(problem_of(long_line).starts_with("line of 67108873 bytes refused"));
}

TEST_CASE("every truncation of a message is survived") {
  const std::string line = slurp("return_local_ref.json");
  for (size_t length = 0; length < line.find('\n'); ++length) {
    (void)read_messages(std::string_view(line).substr(0, length), "x");
  }
}

TEST_CASE("summaries say nothing about the code") {
  const auto diagnostic = [](std::string_view message, std::string_view level) {
    return *read_diagnostic_line(R"({"spans":[],"children":[],"code":null,"message":")" +
                                 std::string(message) + R"(","level":")" + std::string(level) +
                                 "\"}");
  };
  CHECK(diagnostic("aborting due to 2 previous errors; 1 warning emitted", "error").is_summary());
  CHECK(diagnostic("3 warnings emitted", "warning").is_summary());
  CHECK(diagnostic("For more information about this error", "failure-note").is_summary());
  CHECK_FALSE(diagnostic("emitted", "warning").is_summary());
  CHECK(diagnostic("x", "error: internal compiler error").level == Level::Ice);
  CHECK(diagnostic("x", "shout").level == Level::Other);
}

TEST_CASE("quoted parts are what stands between backquotes") {
  using Parts = std::vector<std::string>;
  CHECK(quoted_parts("the trait `Send` is not implemented for `Rc<u32>`") ==
        Parts{"Send", "Rc<u32>"});
  CHECK(quoted_parts("an odd ` one").empty());
  CHECK(quoted_parts("``, `a` and `") == Parts{"", "a"});
}

TEST_CASE("cargo's lines say what was built and wrap rustc's") {
  std::vector<CargoMessage> messages;
  std::istringstream stream(slurp("cargo.jsonl"));
  for (std::string line; std::getline(stream, line);) {
    std::string problem;
    const auto message = read_cargo_line(line, &problem);
    CHECK(problem.empty());
    REQUIRE(message.has_value());
    messages.push_back(*message);
  }
  REQUIRE(messages.size() == 5);
  using Reason = CargoMessage::Reason;
  CHECK(messages[0].reason == Reason::CompilerMessage);
  CHECK(messages[0].package_id == "path+file:///project#sample@0.1.0");
  CHECK(messages[0].manifest_path == "/project/Cargo.toml");
  CHECK(messages[0].src_path == "/project/src/lib.rs");
  CHECK(messages[0].target_kinds == std::vector<std::string>{"lib"});
  REQUIRE(messages[0].diagnostic.has_value());
  CHECK(messages[0].diagnostic->code == "unused_must_use");
  CHECK(messages[1].reason == Reason::CompilerArtifact);
  CHECK(messages[1].target_name == "sample");
  CHECK_FALSE(messages[1].fresh);
  CHECK_FALSE(messages[1].is_test);
  CHECK(messages[1].filenames.size() == 1);
  CHECK(messages[4].reason == Reason::BuildFinished);
  CHECK_FALSE(messages[4].success);

  std::string problem;
  CHECK_FALSE(read_cargo_line("{}", &problem).has_value());
  CHECK_FALSE(problem.empty());
  CHECK_FALSE(read_cargo_line("   Compiling x", &problem).has_value());
  const auto other = read_cargo_line(R"({"reason":"new-thing"})", &problem);
  REQUIRE(other.has_value());
  CHECK(other->reason == Reason::Other);
  CHECK(problem.empty());
  const auto odd =
      read_cargo_line(R"({"reason":"compiler-message","message":3,"target":[]})", &problem);
  REQUIRE(odd.has_value());
  CHECK_FALSE(odd->diagnostic.has_value());
  CHECK_FALSE(problem.empty());
}

}  // namespace
}  // namespace jaa::rustc
