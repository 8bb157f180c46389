#include "plugin/rustc/finding_output.h"

#include "llvm/ADT/StringRef.h"

#include "plugin/rustc/process_unix.h"
#include "plugin/rustc/report.h"
#include "render/json.h"

namespace jaa::plugin {

std::string diagnostic_line(const base::Finding& finding, const base::SourceFiles& sources,
                            const FindingOutput& output) {
  render::JsonOptions options;
  options.text.color = output.color;
  options.text.is_short = output.is_short;
  options.text.unicode = output.unicode;
  options.text.all_fixes = output.all_fixes;
  options.text.verbose = output.verbose;
  options.text.compiler = output.compiler;
  options.report = report_to_json(report_of(finding, sources, output.unit));
  return render::render_rustc_json(finding, sources, options);
}

void read_rendering(const Unit& unit, FindingOutput& output) {
  output.color = false;
  for (size_t index = 0; index < unit.argv.size(); ++index) {
    llvm::StringRef value = unit.argv[index];
    if (value == "--json" && index + 1 < unit.argv.size()) {
      value = unit.argv[index + 1];
    } else if (!value.consume_front("--json=")) {
      continue;
    }
    output.color |= value.contains("diagnostic-rendered-ansi");
    output.is_short |= value.contains("diagnostic-short");
  }
}

std::string compiler_identity(const Unit& unit) {
  constexpr double MostSeconds = 20;
  Command command;
  command.argv = {unit.argv.empty() ? "rustc" : unit.argv.front(), "-vV"};
  command.cwd = unit.cwd;
  command.env = unit.env;
  command.timeout_seconds = MostSeconds;
  llvm::Expected<ProcessResult> result = run(command);
  if (!result) {
    llvm::consumeError(result.takeError());
    return {};
  }
  return result->exit_code == 0 ? result->out : std::string();
}

std::string version_of(const std::string& identity) {
  // "rustc 1.95.0 (59807616e 2026-04-14)"
  const llvm::StringRef line = llvm::StringRef(identity).split('\n').first;
  const llvm::StringRef version = line.trim().split(" (").first;
  return version.empty() ? "rustc" : version.str();
}

std::string compiler_version(const Unit& unit) {
  return version_of(compiler_identity(unit));
}

}  // namespace jaa::plugin
