#include "plugin/rustc/overlay_unix.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/edited_copies_unix.h"
#include "plugin/rustc/shadow_tree_unix.h"
#include "plugin/rustc/unit.h"

extern char** environ;

namespace jaa::plugin {
namespace {

// The child's environment, made explicit so that it can be changed.
std::vector<std::string>& environment_of(Command& command) {
  if (!command.env) {
    command.env.emplace();
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
      command.env->push_back(*variable);
    }
  }
  return *command.env;
}

void set_variable(std::vector<std::string>& env, const std::string& name,
                  const std::string& value) {
  std::erase_if(env, [&](const std::string& text) { return text.starts_with(name + "="); });
  env.push_back(name + "=" + value);
}

// ---- a private mount namespace ----

// All that the child needs, in a form that takes no allocation after the fork.
struct MountPlan {
  std::vector<EditedCopy> copies;
  bool has_user_namespace = false;
  std::string uid_map;
  std::string gid_map;
};

bool write_text(const char* path, const char* text) {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const size_t length = std::strlen(text);
  const bool is_written = ::write(file, text, length) == static_cast<ssize_t>(length);
  ::close(file);
  return is_written;
}

bool enter(const MountPlan& plan) {
  if (::unshare(CLONE_NEWNS | (plan.has_user_namespace ? CLONE_NEWUSER : 0)) != 0) return false;
  if (plan.has_user_namespace) {
    // Kernels before 3.19 have no such file, and do not ask for it either.
    write_text("/proc/self/setgroups", "deny");
    if (!write_text("/proc/self/uid_map", plan.uid_map.c_str()) ||
        !write_text("/proc/self/gid_map", plan.gid_map.c_str())) {
      return false;
    }
  }
  // Else our mounts would appear to everyone.
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  return std::ranges::all_of(plan.copies, [](const EditedCopy& copy) {
    return ::mount(copy.copy.c_str(), copy.original.c_str(), nullptr, MS_BIND, nullptr) == 0;
  });
}

// A child that enters, looks, and ends before any program starts.
bool can_enter(const MountPlan& plan) {
  Command command;
  command.argv = {"/proc/self/exe"};
  command.in_child = [&plan] {
    const bool is_entered = enter(plan);
    const bool sees_copies =
        is_entered && std::ranges::all_of(plan.copies, [](const EditedCopy& c) {
          struct stat status;
          return ::stat(c.original.c_str(), &status) == 0 && status.st_ino == c.copy_stamp.inode &&
                 status.st_dev == c.copy_stamp.device;
        });
    ::_exit(sees_copies ? 0 : 1);
    return false;
  };
  llvm::Expected<ProcessResult> result = run(command);
  if (!result) {
    llvm::consumeError(result.takeError());
    return false;
  }
  return result->exit_code == 0;
}

class NamespaceOverlay : public Overlay {
 public:
  static llvm::Expected<std::unique_ptr<Overlay>> make(EditedCopies& copies) {
    MountPlan plan{
        .copies = copies.all(),
        .uid_map = std::to_string(::geteuid()) + " " + std::to_string(::geteuid()) + " 1",
        .gid_map = std::to_string(::getegid()) + " " + std::to_string(::getegid()) + " 1"};
    if (!can_enter(plan)) {
      plan.has_user_namespace = true;
      if (!can_enter(plan)) return sentence("mount namespaces are not permitted");
    }
    return std::make_unique<NamespaceOverlay>(copies, std::move(plan));
  }
  NamespaceOverlay(EditedCopies& copies, MountPlan plan)
      : copies_(copies), plan_(std::move(plan)) {}

  [[nodiscard]] OverlayKind kind() const override { return OverlayKind::Namespace; }
  void apply(Command& command) const override {
    command.in_child = [this, before = command.in_child] {
      return (!before || before()) && enter(plan_);
    };
  }
  [[nodiscard]] bool saw_only_edited(const std::vector<std::string>& sources,
                                     std::string& why) const override {
    return copies_.prove(sources, true, why);
  }

 private:
  EditedCopies& copies_;
  MountPlan plan_;
};

// ---- the preload shim ----

llvm::Expected<std::string> find_shim() {
  const std::optional<std::string> program = canonical_path("/proc/self/exe");
  if (!program) return sentence("the running program has no path");
  const std::string folder = llvm::sys::path::parent_path(*program).str();
  for (const char* place : {"", "/../lib", "/../bin"}) {
    const std::optional<std::string> found = canonical_path(folder + place + "/libjaa_overlay.so");
    // ld.so splits LD_PRELOAD at spaces and colons and cannot be told otherwise.
    if (found && found->find_first_of(" :") == std::string::npos) return *found;
  }
  return sentence("no libjaa_overlay.so beside " + *program);
}

class PreloadOverlay : public Overlay {
 public:
  static llvm::Expected<std::unique_ptr<Overlay>> make(EditedCopies& copies,
                                                       const std::string& scratch) {
    llvm::Expected<std::string> shim = find_shim();
    if (!shim) return shim.takeError();
    std::string map;
    for (const EditedCopy& copy : copies.all()) {
      map += copy.original + '\0' + copy.copy + '\0';
    }
    const std::string map_path = scratch + "/map";
    if (llvm::Error error = write_file(map_path, map)) return error;
    auto overlay = std::make_unique<PreloadOverlay>(copies, *shim, map_path);
    // A program of the system, as it is linked here, must see the copies' times.
    for (const EditedCopy& copy : copies.all()) {
      Command probe;
      probe.argv = {"stat", "-c", "%i", copy.original};
      overlay->apply(probe);
      llvm::Expected<ProcessResult> result = run(probe);
      if (!result) return result.takeError();
      if (llvm::StringRef(result->out).trim() != std::to_string(copy.copy_stamp.inode)) {
        return sentence("programs here ignore LD_PRELOAD");
      }
    }
    return overlay;
  }
  PreloadOverlay(EditedCopies& copies, std::string shim, std::string map)
      : copies_(copies), shim_(std::move(shim)), map_(std::move(map)) {}

  [[nodiscard]] OverlayKind kind() const override { return OverlayKind::Preload; }
  void apply(Command& command) const override {
    std::vector<std::string>& env = environment_of(command);
    const std::optional<std::string> others = environment_value(env, "LD_PRELOAD");
    set_variable(env, "LD_PRELOAD", others && !others->empty() ? shim_ + ":" + *others : shim_);
    set_variable(env, "JAA_OVERLAY_MAP", map_);
  }
  [[nodiscard]] bool saw_only_edited(const std::vector<std::string>& sources,
                                     std::string& why) const override {
    return copies_.prove(sources, true, why);
  }

 private:
  EditedCopies& copies_;
  std::string shim_;
  std::string map_;
};

// ---- the shadow tree ----

class ShadowOverlay : public Overlay {
 public:
  static llvm::Expected<std::unique_ptr<Overlay>> make(EditedCopies& copies,
                                                       const OverlayRequest& request) {
    const std::vector<std::string> roots =
        request.roots ? request.roots() : std::vector<std::string>();
    llvm::Expected<ShadowTree> tree =
        ShadowTree::make(roots, copies.all(), request.scratch + "/shadow");
    if (!tree) return tree.takeError();
    return std::make_unique<ShadowOverlay>(copies, std::move(*tree));
  }
  ShadowOverlay(EditedCopies& copies, ShadowTree tree) : copies_(copies), tree_(std::move(tree)) {}

  [[nodiscard]] OverlayKind kind() const override { return OverlayKind::Shadow; }
  void apply(Command& command) const override {
    command.cwd = inside(command.cwd);
    // A path stands alone or after a `=`.
    for (size_t i = 1; i < command.argv.size(); ++i) {
      std::string& argument = command.argv[i];
      const size_t equals = argument.find("=/");
      if (argument.starts_with('/')) {
        argument = inside(argument);
      } else if (equals != std::string::npos) {
        argument = argument.substr(0, equals + 1) + inside(argument.substr(equals + 1));
      }
    }
    // `OUT_DIR` and the like lie in the build folder, which has no twin.
    std::vector<std::string>& env = environment_of(command);
    for (const char* name : {"CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "PWD"}) {
      if (const std::optional<std::string> value = environment_value(env, name)) {
        set_variable(env, name, inside(*value));
      }
    }
  }
  [[nodiscard]] std::string inside(const std::string& original) const override {
    return tree_.inside(original);
  }
  [[nodiscard]] std::string outside(const std::string& seen) const override {
    return tree_.outside(seen);
  }
  [[nodiscard]] bool saw_only_edited(const std::vector<std::string>& sources,
                                     std::string& why) const override {
    return copies_.prove(sources, false, why);
  }

 private:
  EditedCopies& copies_;
  ShadowTree tree_;
};

// ---- the choice ----

// Owns the scratch folder and the copies for whichever way was chosen.
class OwnedOverlay : public Overlay {
 public:
  OwnedOverlay(TemporaryFolder folder, EditedCopies copies)
      : folder_(std::move(folder)), copies_(std::move(copies)) {}

  [[nodiscard]] llvm::Error choose(OverlayKind kind, const OverlayRequest& request) {
    llvm::Expected<std::unique_ptr<Overlay>> made =
        kind == OverlayKind::Namespace ? NamespaceOverlay::make(copies_)
        : kind == OverlayKind::Preload ? PreloadOverlay::make(copies_, request.scratch)
                                       : ShadowOverlay::make(copies_, request);
    if (!made) return made.takeError();
    chosen_ = std::move(*made);
    return llvm::Error::success();
  }
  [[nodiscard]] OverlayKind kind() const override { return chosen_->kind(); }
  void apply(Command& command) const override { chosen_->apply(command); }
  [[nodiscard]] std::string inside(const std::string& original) const override {
    return chosen_->inside(original);
  }
  [[nodiscard]] std::string outside(const std::string& seen) const override {
    return chosen_->outside(seen);
  }
  [[nodiscard]] bool saw_only_edited(const std::vector<std::string>& sources,
                                     std::string& why) const override {
    return chosen_->saw_only_edited(sources, why);
  }

 private:
  TemporaryFolder folder_;
  EditedCopies copies_;
  std::unique_ptr<Overlay> chosen_;
};

struct NamedKind {
  OverlayKind kind;
  llvm::StringRef name;
};
constexpr std::array Kinds = {NamedKind{OverlayKind::Namespace, "namespace"},
                              NamedKind{OverlayKind::Preload, "preload"},
                              NamedKind{OverlayKind::Shadow, "shadow"}};

}  // namespace

llvm::Expected<std::unique_ptr<Overlay>> make_overlay(const OverlayRequest& request) {
  std::vector<NamedKind> wanted(Kinds.begin(), Kinds.end());
  const char* const variable = std::getenv(OverlayVariable);
  const llvm::StringRef wish(variable == nullptr ? "" : variable);
  std::erase_if(wanted, [&](const NamedKind& kind) {
    return request.only ? kind.kind != *request.only : !wish.empty() && kind.name != wish;
  });
  std::string lacks;
  for (const NamedKind& kind : wanted) {
    // From nothing each time: what was opened to try one way out proves nothing.
    TemporaryFolder folder(request.scratch);
    llvm::Expected<EditedCopies> copies =
        EditedCopies::make(request.files, request.scratch + "/copies");
    if (!copies) return copies.takeError();
    auto overlay = std::make_unique<OwnedOverlay>(std::move(folder), std::move(*copies));
    llvm::Error error = overlay->choose(kind.kind, request);
    if (!error) return overlay;
    lacks +=
        (lacks.empty() ? "" : "; ") + kind.name.str() + ": " + llvm::toString(std::move(error));
  }
  return sentence("no way to show edited files to the compiler (" +
                  (lacks.empty() ? "forbidden by " + std::string(OverlayVariable) : lacks) + ")");
}

}  // namespace jaa::plugin
