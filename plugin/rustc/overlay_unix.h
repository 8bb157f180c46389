// Shows a process tree edited files at their original paths without touching the
// originals.
//
// Three ways, tried in this order: a private mount namespace with bind mounts; a
// preload shim (`libjaa_overlay.so`) that redirects `open` and `stat`; a shadow
// tree of real directories and file links. After a run the caller reads the
// dep-info and asks `saw_only_edited`. Each way is tried out before it is used.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fixit/trial.h"
#include "llvm/Support/Error.h"
#include "plugin/rustc/process_unix.h"

namespace jaa::plugin {

enum class OverlayKind : uint8_t { Namespace, Preload, Shadow };

class Overlay {
 public:
  virtual ~Overlay() = default;
  [[nodiscard]] virtual OverlayKind kind() const = 0;
  // Makes `command` see the edited files.
  virtual void apply(Command& command) const = 0;
  // The path under which the overlaid process sees an original path, and back.
  [[nodiscard]] virtual std::string inside(const std::string& original) const { return original; }
  [[nodiscard]] virtual std::string outside(const std::string& seen) const { return seen; }
  // Given the absolute paths of all sources that compilers say they read, as they
  // saw them: every edited file among them came from the overlay, none was reached
  // by another path (a hard link, an absolute path past a shadow tree), no
  // original changed since the overlay was made, and each copy among them was
  // really opened, which it is not when another machine or a cache's server did
  // the work. `why` is set when not.
  [[nodiscard]] virtual bool saw_only_edited(const std::vector<std::string>& sources,
                                             std::string& why) const = 0;
};

struct OverlayRequest {
  std::vector<fixit::EditedFile> files;
  // A private folder for copies; made if missing, removed with the overlay.
  std::string scratch;
  // Folders a shadow tree must mirror (packages and the workspace root); asked only
  // when a shadow tree is made.
  std::function<std::vector<std::string>()> roots;
  // Try only this one; tests and `JAA_OVERLAY=namespace|preload|shadow`.
  std::optional<OverlayKind> only;
};

// `JAA_OVERLAY`: one way to use and no other; `none` makes `make_overlay` fail.
inline constexpr const char* OverlayVariable = "JAA_OVERLAY";

// The first way that works here; the error says what each of them lacked. Files
// must exist; links are resolved.
[[nodiscard]] llvm::Expected<std::unique_ptr<Overlay>> make_overlay(const OverlayRequest& request);

}  // namespace jaa::plugin
