#include "plugin/cargo/help.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"

namespace jaa::plugin {

namespace {

constexpr std::string_view overview =
    R"(Finds what keeps async code from compiling or running as meant, and mends it

Usage: cargo async [VERB] [OPTIONS] [-- LEVELS]

Verbs:
  check            Run cargo check and explain async errors by their cause (default)
  fix              Apply the fixes that the compiler has accepted
  add FUNCTION     Make a function async, and what calls it, up to `main`
  remove FUNCTION  Take `async` back from a function that awaits nothing
  explain [NAME]   Print the page of a diagnostic, or list all of them
  help [VERB]      Print this text, or the help of a verb

Options:
  -h, --help       Print help; `cargo async fix --help` for a verb's own
  -V, --version    Print the version

All options of `cargo check` are accepted and mean the same.

Exit codes: 0 when the project compiles, 101 when cargo or the compiler fails,
1 for a command line that is not understood, and whatever else cargo returns.
)";

constexpr std::string_view check_help =
    R"(Runs cargo check and explains async errors by their cause

Usage: cargo async [check] [OPTIONS] [-- LEVELS]

Options:
      --verify=MODE   Whether the compiler tries fixes before they are shown:
                      auto (within a time budget, the default), always, never
      --all-fixes     Show every alternative, not only the best
      --no-unlock     Never run the compiler a second time for its internal facts;
                      findings then rest on its messages alone
      --stats         Say where the time went
      --export-fixes FILE
                      Write the fixes that `cargo async fix` would apply first to FILE,
                      as YAML for clang-apply-replacements
  -h, --help          Print help

All options of `cargo check` are accepted and mean the same. With `--verbose`,
fixes that the compiler rejected are shown with its reason.

Levels, after `--`:
  -A, --allow LINT    Say nothing
  -W, --warn LINT     Warn
  -D, --deny LINT     Report as an error
  -F, --forbid LINT   Report as an error, whatever the source says

LINT is a name like `just_async::guard_across_await`; `all` means every lint that
is on by default, `warnings` every one that warns. They can be set for good in
`just-async.toml` or in the manifest:

  [workspace.metadata.just-async.lints]
  guard_across_await = "deny"
)";

constexpr std::string_view fix_help =
    R"(Applies the fixes that the compiler has accepted

Usage: cargo async fix [OPTIONS] [-- LEVELS]

The project is checked, accepted fixes are written, and it is checked again, until
nothing is left to apply. Only fixes that keep what the program does are applied
unasked; `--pick` and `--interactive` apply others.

Options:
      --interactive         Show each finding with its accepted fixes, and ask
      --dry-run, --diff     Print the edits of the first round as a diff, write nothing
      --only LINT[,LINT]    Fix only these; can be repeated
      --pick LINT=FIX       Apply this alternative, by its name; can be repeated
      --max-iterations N    Stop after N rounds (default 8)
      --allow-dirty         Edit although files have uncommitted changes
      --allow-staged        Edit although changes are staged
      --allow-no-vcs        Edit although nothing could undo it
      --broken-code         Keep the edits of a round although the check after it shows
                            more errors; without it such a round is taken back
      --export-fixes FILE   Write all that was applied to FILE, as replacements of the
                            original texts, in YAML for clang-apply-replacements
  -h, --help                Print help

All options of `cargo async check` are accepted as well.
)";

constexpr std::string_view add_help =
    R"(Makes a function async, and carries that outwards until the program compiles

Usage: cargo async add FUNCTION [OPTIONS]

FUNCTION is a path, `name`, `Type::method`, `module::name`, `crate::module::name`,
`<Type as Trait>::method`, or a place, `src/main.rs:12`. Every caller becomes async and
awaits, up to code that is async already or to a boundary: `main` and tests run the
future, by the runtime that the project depends on or a small function of their own; a
trait changes with all that implements it, and returns boxed futures where it is used as
`dyn`; closures become loops, matches or async closures; calls that go in a circle are
boxed; threads, and methods of traits of other crates, wait for the future.

The plan is shown as a tree. The compiler tries the change as a whole, and nothing is
written unless it compiles.

Options:
      --dry-run, --diff  Show the tree and a diff, write nothing
      --to FUNCTION      End in this function, which waits for the future
      --keep-sync        Public functions keep a form that is not async; the async one
                         is called `NAME_async`
      --allow-dirty      Edit although files have uncommitted changes
      --allow-staged     Edit although changes are staged
      --allow-no-vcs     Edit although nothing could undo it
  -h, --help             Print help

All options of `cargo check` are accepted; without one that selects targets, all of the
workspace's are changed.
)";

constexpr std::string_view remove_help =
    R"(Takes `async` back from a function that awaits nothing

Usage: cargo async remove FUNCTION [OPTIONS]

The function's calls lose their `.await`. A caller that awaits nothing then is one too,
and so on outwards. Nothing is written unless the whole compiles.

Options:
      --dry-run, --diff  Show the tree and a diff, write nothing
      --allow-dirty      Edit although files have uncommitted changes
      --allow-staged     Edit although changes are staged
      --allow-no-vcs     Edit although nothing could undo it
  -h, --help             Print help
)";

constexpr std::string_view explain_help =
    R"(Prints the page of a diagnostic: what it means, why it matters, what helps

Usage: cargo async explain [NAME]

NAME is a name like `guard_across_await`, with or without `just_async::`. Without
it, all diagnostics are listed with their default level.
)";

}  // namespace

std::string_view help_text(std::string_view topic) {
  return llvm::StringSwitch<std::string_view>(topic)
      .Cases("", "help", overview)
      .Case("check", check_help)
      .Case("fix", fix_help)
      .Case("add", add_help)
      .Case("remove", remove_help)
      .Case("explain", explain_help)
      .Default({});
}

}  // namespace jaa::plugin
