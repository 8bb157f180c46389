#include "plugin/cargo/add_unix.h"

#include <algorithm>
#include <map>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "plugin/cargo/async_change_host_unix.h"
#include "plugin/cargo/files.h"
#include "plugin/cargo/signals_unix.h"
#include "plugin/cargo/version_control_unix.h"
#include "plugin/cargo/write_files_unix.h"
#include "plugin/rustc/async_change_unix.h"
#include "render/diff.h"

namespace jaa::plugin {

namespace {

using llvm::StringRef;

class Change {
 public:
  Change(const CargoContext& context, const Workspace& workspace, const Arguments& arguments,
         const Settings& settings, const Console& console)
      : workspace_(workspace),
        arguments_(arguments),
        console_(console),
        host_(async_change_host(context, workspace, settings, arguments)) {}

  int run() {
    const AsyncChangeRequest request{arguments_.function, arguments_.ends_at,
                                     arguments_.keeps_sync};
    const AsyncChange change =
        arguments_.verb == Verb::Add ? add_async(host_, request) : remove_async(host_, request);
    if (pending_signal() != 0) {
      console_.note("interrupted; nothing was changed");
      return 128 + pending_signal();
    }
    return tell(change);
  }

 private:
  int tell(const AsyncChange& change) {
    if (!console_.quiet) {
      console_.err << change.plan;
      for (const std::string& note : change.notes) {
        console_.note(note);
      }
    }
    int code = change.exit_code;
    if (code != 0) {
      console_.err << (console_.color ? change.compiler_text : without_color(change.compiler_text));
      console_.error(change.error);
      console_.note("nothing was changed");
    } else if (arguments_.fix.dry_run) {
      show(change);
    } else {
      code = write(change);
    }
    console_.status("Finished", std::to_string(change.runs) +
                                    (change.runs == 1 ? " run" : " runs") + " of the compiler");
    return code;
  }

  std::map<std::string, FileChange> files_of(const AsyncChange& change) const {
    std::map<std::string, FileChange> files;
    for (const fixit::EditedFile& file : change.files) {
      for (const session::Source& source : host_.sources) {
        if (source.path == file.path) {
          files[file.path] = {source.text, file.text, 1};
        }
      }
    }
    return files;
  }

  void show(const AsyncChange& change) const {
    const auto has_git = [](const std::string& folder) {
      return llvm::sys::fs::exists(join_path(folder, ".git"));
    };
    const std::string root = find_upward(workspace_.root, has_git).value_or(workspace_.root) + "/";
    for (const auto& [path, file] : files_of(change)) {
      StringRef name = path;
      name.consume_front(root);
      console_.out << render::unified_diff(name, file.old_text, file.new_text);
    }
    console_.out.flush();
  }

  int write(const AsyncChange& change) const {
    std::vector<std::string> written;
    llvm::Error error =
        write_files(files_of(change), written, [] { return pending_signal() != 0; });
    std::sort(written.begin(), written.end());
    for (const std::string& path : written) {
      StringRef shown = path;
      if (shown.consume_front(workspace_.root)) {
        shown.consume_front("/");
      }
      console_.status("Changed", shown.str());
    }
    if (error) {
      console_.error(llvm::toString(std::move(error)));
      return pending_signal() != 0 ? 128 + pending_signal() : exit_cargo_failed;
    }
    return 0;
  }

  const Workspace& workspace_;
  const Arguments& arguments_;
  const Console& console_;
  const AsyncChangeHost host_;
};

}  // namespace

int change_async(const CargoContext& context, const Arguments& arguments, const Console& console) {
  const SignalWatch watch;
  auto workspace = find_workspace(context, arguments, console);
  if (!workspace) {
    return report_failure(workspace.takeError(), console);
  }
  if (!arguments.fix.dry_run) {
    if (llvm::Error error = check_version_control(workspace->root, arguments.fix, context.env)) {
      return report_failure(std::move(error), console);
    }
  }
  const Settings settings = read_settings(*workspace, arguments, console);
  return Change(context, *workspace, arguments, settings, console).run();
}

}  // namespace jaa::plugin
