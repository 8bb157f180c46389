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
      .Case("explain", explain_help)
      .Default({});
}

}  // namespace jaa::plugin
