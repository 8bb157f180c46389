#include "plugin/cargo/cargo_async.h"

#include <optional>
#include <utility>

#include "plugin/cargo/add_unix.h"
#include "plugin/cargo/arguments.h"
#include "plugin/cargo/check_unix.h"
#include "plugin/cargo/explain.h"
#include "plugin/cargo/fix_unix.h"
#include "plugin/cargo/help.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {

namespace {

// The flag decides, then the variable that cargo reads, then the terminal.
bool wants_color(const Arguments& arguments, const std::vector<std::string>& env,
                 const Console& console) {
  if (arguments.color != ColorChoice::Auto) {
    return arguments.color == ColorChoice::Always;
  }
  if (const auto choice = environment_value(env, "CARGO_TERM_COLOR");
      choice == "always" || choice == "never") {
    return choice == "always";
  }
  return environment_value(env, "NO_COLOR").value_or("").empty() && console.err.is_displayed();
}

int print_help(const Arguments& arguments, const Console& console) {
  const std::string_view text = help_text(arguments.topic);
  if (text.empty()) {
    console.error("no such verb: `" + arguments.topic + "`; `cargo async help` lists them");
    return exit_usage;
  }
  console.out << text;
  return 0;
}

}  // namespace

int run_cargo_async(const std::vector<std::string>& arguments, const std::string& self,
                    std::vector<std::string> env, Console console) {
  auto parsed = parse_arguments(arguments);
  if (!parsed) {
    console.error(llvm::toString(parsed.takeError()));
    console.err << "\nFor more information, try `cargo async --help`.\n";
    return exit_usage;
  }
  console.color = wants_color(*parsed, env, console);
  console.quiet = parsed->quiet;
  switch (parsed->verb) {
    case Verb::Help:
      return print_help(*parsed, console);
    case Verb::Version:
      console.out << "cargo-async " JAA_VERSION "\n";
      return 0;
    case Verb::Explain:
      return explain(parsed->topic, console);
    case Verb::Check:
      return check(cargo_context(self, std::move(env)), *parsed, console);
    case Verb::Add:
    case Verb::Remove:
      return change_async(cargo_context(self, std::move(env)), *parsed, console);
    case Verb::Fix:
      return fix(cargo_context(self, std::move(env)), *parsed, console);
  }
  return exit_usage;
}

}  // namespace jaa::plugin
