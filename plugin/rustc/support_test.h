// What the tests of this folder share: temporary folders, small projects, and the
// compilers of this machine.
#pragma once

#include <string>
#include <vector>

#include "fixit/trial.h"
#include "plugin/rustc/overlay_unix.h"
#include "plugin/rustc/trial_runner_unix.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin::test {

// Removed at the end, whatever was written there.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  // Makes parent folders; returns the path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

[[nodiscard]] std::vector<std::string> our_environment();
[[nodiscard]] std::string read(const std::string& path);
// The program's path; empty, with a message, when it is not installed.
[[nodiscard]] std::string find_tool(const char* name);

// `rustc` as cargo would call it for a library, with dep-info and metadata.
[[nodiscard]] Unit library_unit(const std::string& rustc, const Folder& folder,
                                const std::string& source);
// Runs it as it stands; the exit code.
int compile(const Unit& unit);

// `cargo check` over all targets of the workspace in `root`.
[[nodiscard]] Invocation check_invocation(const std::string& cargo, const std::string& root);
// Runs it in the user's target directory; the exit code.
int run_users_check(const Invocation& invocation);

// Restricts overlays to one kind for a while; empty: none at all.
class OnlyOverlay {
 public:
  explicit OnlyOverlay(const char* name);
  OnlyOverlay(const OnlyOverlay&) = delete;
  OnlyOverlay& operator=(const OnlyOverlay&) = delete;
  ~OnlyOverlay();
};
inline constexpr const char* OverlayNames[] = {"namespace", "preload", "shadow"};
// This machine permits it; a message when not.
[[nodiscard]] bool has_overlay(const char* name);

[[nodiscard]] bool is_accepted(const fixit::TrialOutcome& outcome);
[[nodiscard]] fixit::Trial trial_of(std::vector<fixit::EditedFile> files);

}  // namespace jaa::plugin::test
