#include "plugin/rustc/overlay_unix.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/support_test.h"

namespace jaa::plugin {
namespace {

OverlayKind kind_of(llvm::StringRef name) {
  return name == "namespace" ? OverlayKind::Namespace
         : name == "preload" ? OverlayKind::Preload
                             : OverlayKind::Shadow;
}

std::unique_ptr<Overlay> make(const test::Folder& folder, const std::string& file,
                              OverlayKind kind) {
  OverlayRequest request;
  request.files = {{file, "new text\n"}};
  request.scratch = folder / "scratch";
  request.roots = [&folder] { return std::vector<std::string>{folder / "root"}; };
  request.only = kind;
  llvm::Expected<std::unique_ptr<Overlay>> overlay = make_overlay(request);
  REQUIRE(static_cast<bool>(overlay));
  CHECK((*overlay)->kind() == kind);
  return std::move(*overlay);
}

std::string shell(const Overlay& overlay, const test::Folder& folder, const std::string& script) {
  Command command;
  command.argv = {"/bin/sh", "-c", script};
  command.cwd = folder / "root/sub";
  command.env = test::our_environment();
  overlay.apply(command);
  llvm::Expected<ProcessResult> result = run(command);
  REQUIRE(static_cast<bool>(result));
  return result->out + result->err;
}

TEST_CASE("a process tree sees the copy by every name, others see the original") {
  for (const char* name : test::OverlayNames) {
    CAPTURE(name);
    if (!test::has_overlay(name)) continue;
    const test::Folder folder;
    const std::string file = folder.write("root/src/lib.rs", "old text\n");
    folder.write("root/sub/other", "other\n");
    REQUIRE(::symlink("../src/lib.rs", (folder / "root/sub/link").c_str()) == 0);
    REQUIRE(::symlink("src", (folder / "root/folder_link").c_str()) == 0);
    const auto overlay = make(folder, file, kind_of(name));
    CHECK(shell(*overlay, folder, "cat ../src/lib.rs ./../sub/../src/lib.rs link other") ==
          "new text\nnew text\nnew text\nother\n");
    CHECK(shell(*overlay, folder, "cat ../folder_link/lib.rs; cd ../src && cat lib.rs") ==
          "new text\nnew text\n");
    CHECK(shell(*overlay, folder, "stat -c %s ../src/lib.rs; sh -c 'cat ../src/lib.rs'") ==
          "9\nnew text\n");
    if (overlay->kind() != OverlayKind::Shadow) {
      CHECK(shell(*overlay, folder, "cat " + file) == "new text\n");
      CHECK(overlay->inside(file) == file);
    } else {
      CHECK(overlay->inside(file) != file);
      CHECK(overlay->outside(overlay->inside(file)) == file);
      CHECK(overlay->inside("/somewhere/else") == "/somewhere/else");
      CHECK(overlay->inside(folder / "root/missing") == folder / "root/missing");
    }
    CHECK(test::read(file) == "old text\n");
    // The copy is newer for whoever asks inside.
    CHECK(shell(*overlay, folder, "test ../src/lib.rs -nt other && echo newer") == "newer\n");
    std::string why;
    CHECK(overlay->saw_only_edited({overlay->inside(file)}, why));
  }
}

TEST_CASE("another name of the original, or no reader at all, is no proof") {
  for (const char* name : test::OverlayNames) {
    CAPTURE(name);
    if (!test::has_overlay(name)) continue;
    const test::Folder folder;
    const std::string file = folder.write("root/src/lib.rs", "old text\n");
    folder.write("root/sub/x", "");
    REQUIRE(::link(file.c_str(), (folder / "root/sub/hard.rs").c_str()) == 0);
    const auto overlay = make(folder, file, kind_of(name));
    std::string why;
    // Listed, but nobody opened the copy: another machine or a server did the work.
    CHECK_FALSE(overlay->saw_only_edited({overlay->inside(file)}, why));
    CHECK(why.find("opened") != std::string::npos);
    shell(*overlay, folder, "cat ../src/lib.rs hard.rs");
    CHECK(overlay->saw_only_edited({overlay->inside(file), "/gone/by/now.rs"}, why));
    CHECK_FALSE(overlay->saw_only_edited(
        {overlay->inside(file), overlay->inside(folder / "root/sub/hard.rs")}, why));
    CHECK(why.find("hard.rs") != std::string::npos);
    if (overlay->kind() == OverlayKind::Shadow) {
      CHECK_FALSE(overlay->saw_only_edited({file}, why));
    }
  }
}

TEST_CASE("an original that changes meanwhile spoils the proof") {
  for (const char* name : test::OverlayNames) {
    CAPTURE(name);
    if (!test::has_overlay(name)) continue;
    const test::Folder folder;
    const std::string file = folder.write("root/src/lib.rs", "old text\n");
    folder.write("root/sub/x", "");
    const auto overlay = make(folder, file, kind_of(name));
    shell(*overlay, folder, "cat ../src/lib.rs");
    std::string why;
    REQUIRE(overlay->saw_only_edited({overlay->inside(file)}, why));
    llvm::cantFail(write_file_atomically(file, "by an editor"));
    CHECK_FALSE(overlay->saw_only_edited({overlay->inside(file)}, why));
    CHECK(why.find("changed") != std::string::npos);
  }
}

TEST_CASE("a shadow tree leaves out build folders, and refuses what it cannot show") {
  const test::Folder folder;
  const std::string file = folder.write("root/src/lib.rs", "old");
  folder.write("root/build/CACHEDIR.TAG", "");
  folder.write("root/build/lib.rs", "");
  folder.write("root/target/source.rs", "");
  folder.write("root/.git/HEAD", "");
  folder.write("elsewhere/b.rs", "");
  const auto overlay = make(folder, file, OverlayKind::Shadow);
  CHECK(overlay->inside(folder / "root/build/lib.rs") == folder / "root/build/lib.rs");
  CHECK(overlay->inside(folder / "root/.git/HEAD") == folder / "root/.git/HEAD");
  CHECK(overlay->inside(folder / "root/target/source.rs") != folder / "root/target/source.rs");
  Command command;
  command.argv = {"rustc", folder / "root/src/lib.rs", "--extern=a=" + (folder / "root/src/lib.rs"),
                  "-Ldependency=" + (folder / "root/build/lib.rs"), "plain"};
  command.cwd = folder / "root";
  command.env = {"CARGO_MANIFEST_DIR=" + (folder / "root"),
                 "OUT_DIR=" + (folder / "root/build/lib.rs")};
  const Command before = command;
  overlay->apply(command);
  CHECK(command.argv[1] == overlay->inside(file));
  CHECK(command.argv[2] == "--extern=a=" + overlay->inside(file));
  CHECK(command.argv[3] == before.argv[3]);
  CHECK(command.cwd == overlay->inside(folder / "root"));
  CHECK(environment_value(*command.env, "CARGO_MANIFEST_DIR") == command.cwd);
  CHECK(environment_value(*command.env, "OUT_DIR") == folder / "root/build/lib.rs");

  OverlayRequest request;
  request.files = {{folder / "elsewhere/b.rs", ""}};
  request.scratch = folder / "scratch2";
  request.roots = [&] { return std::vector<std::string>{folder / "root"}; };
  request.only = OverlayKind::Shadow;
  llvm::Expected<std::unique_ptr<Overlay>> refused = make_overlay(request);
  CHECK_FALSE(static_cast<bool>(refused));
  CHECK(llvm::toString(refused.takeError()).find("b.rs") != std::string::npos);
  CHECK_FALSE(stamp_of(folder / "scratch2"));
}

TEST_CASE("what cannot be overlaid is an error that names it") {
  const test::Folder folder;
  OverlayRequest request;
  request.scratch = folder / "scratch";
  const auto error_for = [&](std::vector<fixit::EditedFile> files) {
    request.files = std::move(files);
    llvm::Expected<std::unique_ptr<Overlay>> overlay = make_overlay(request);
    CHECK_FALSE(static_cast<bool>(overlay));
    return overlay ? "" : llvm::toString(overlay.takeError());
  };
  CHECK(error_for({{folder / "missing.rs", ""}}).find("missing.rs") != std::string::npos);
  CHECK(error_for({{folder.path(), ""}}).find("not a regular file") != std::string::npos);
  const std::string file = folder.write("a.rs", "");
  CHECK(error_for({{file, "1"}, {folder / "./a.rs", "2"}}).find("twice") != std::string::npos);
  const test::OnlyOverlay none("none");
  CHECK(error_for({{file, ""}}).find("JAA_OVERLAY") != std::string::npos);
}

TEST_CASE("the scratch folder goes with the overlay") {
  const test::Folder folder;
  const std::string file = folder.write("root/a.rs", "");
  make(folder, file, OverlayKind::Shadow).reset();
  CHECK_FALSE(stamp_of(folder / "scratch"));
}

}  // namespace
}  // namespace jaa::plugin
