#include "plugin/rustc/arguments.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "plugin/rustc/dep_info.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {
namespace {

using Strings = std::vector<std::string>;

TEST_CASE("cargo's command line") {
  const UnitArgs args = parse_unit_args({"/bin/rustc",
                                         "--crate-name",
                                         "app",
                                         "--edition=2024",
                                         "src/lib.rs",
                                         "--error-format=json",
                                         "--json=artifacts",
                                         "--crate-type",
                                         "lib,cdylib",
                                         "--emit=dep-info,metadata",
                                         "-C",
                                         "embed-bitcode=no",
                                         "-C",
                                         "metadata=abc",
                                         "-Cextra-filename=-abc",
                                         "--test",
                                         "--cfg",
                                         "feature=\"x\"",
                                         "--check-cfg",
                                         "cfg(docsrs,test)",
                                         "--out-dir",
                                         "/t/deps",
                                         "-C",
                                         "incremental=/t/inc",
                                         "-L",
                                         "dependency=/t/deps",
                                         "--extern",
                                         "a=/t/liba.rmeta",
                                         "--extern=priv:b=/t/libb.rmeta",
                                         "--extern",
                                         "noprelude,priv:c=/t/libc.rmeta",
                                         "--extern",
                                         "proc_macro",
                                         "--target",
                                         "x86_64-unknown-linux-gnu",
                                         "@response"});
  CHECK(args.crate_name == "app");
  CHECK(args.edition == "2024");
  CHECK(args.source == "src/lib.rs");
  CHECK(args.crate_types == Strings{"lib", "cdylib"});
  CHECK(args.emit == Strings{"dep-info", "metadata"});
  CHECK(args.metadata == "abc");
  CHECK(args.extra_filename == "-abc");
  CHECK(args.incremental == "/t/inc");
  CHECK(args.out_dir == "/t/deps");
  CHECK(args.target == "x86_64-unknown-linux-gnu");
  CHECK(args.cfg == Strings{"feature=\"x\""});
  CHECK(args.is_test);
  CHECK(args.is_check);
  CHECK(args.has_json);
  CHECK_FALSE(args.is_build_script());
  CHECK(is_cargo_unit(args));
  using Pair = std::pair<std::string, std::string>;
  REQUIRE(args.externs.size() == 4);
  CHECK(args.externs[0] == Pair{"a", "/t/liba.rmeta"});
  CHECK(args.externs[1] == Pair{"b", "/t/libb.rmeta"});
  CHECK(args.externs[2] == Pair{"c", "/t/libc.rmeta"});
  CHECK(args.externs[3] == Pair{"proc_macro", ""});
}

TEST_CASE("probes are no units, and odd command lines are survived") {
  CHECK_FALSE(is_cargo_unit(parse_unit_args({"rustc", "-vV"})));
  CHECK_FALSE(is_cargo_unit(parse_unit_args(
      {"rustc", "-", "--crate-name", "___", "--print=file-names", "--error-format=json"})));
  CHECK_FALSE(is_cargo_unit(parse_unit_args({})));
  CHECK(parse_unit_args({"rustc", "--edition"}).edition.empty());
  CHECK(parse_unit_args({"rustc", "a.rs", "-C"}).source == "a.rs");
  CHECK(parse_unit_args({"rustc", "-O", "-g", "--emit", "link", "a.rs"}).source == "a.rs");
  CHECK_FALSE(parse_unit_args({"rustc", "--emit=link,metadata", "a.rs"}).is_check);
  CHECK(parse_unit_args({"rustc", "--crate-name", "build_script_build"}).is_build_script());
}

TEST_CASE("outputs are redirected, whatever way they were named") {
  const Strings argv{"rustc",
                     "a.rs",
                     "--out-dir",
                     "/old",
                     "-C",
                     "incremental=/old/inc",
                     "--emit=dep-info=/old/x.d,metadata",
                     "-L",
                     "/lib"};
  CHECK(redirect(argv, {.out_dir = "/new", .incremental = "/inc", .emit = std::nullopt}) ==
        Strings{"rustc", "a.rs", "-C", "incremental=/inc", "--emit=dep-info=/new/x.d,metadata",
                "-L", "/lib", "--out-dir=/new"});
  CHECK(redirect(argv, {.out_dir = "/new", .incremental = "", .emit = "metadata"}) ==
        Strings{"rustc", "a.rs", "-L", "/lib", "--emit=metadata", "--out-dir=/new"});
  CHECK(redirect({"rustc", "a.rs", "-o", "/old/app", "-Cincremental=i"},
                 {.out_dir = "/new", .incremental = std::nullopt, .emit = std::nullopt}) ==
        Strings{"rustc", "a.rs", "-Cincremental=i", "--out-dir=/new"});
}

TEST_CASE("dep-info") {
  CHECK(parse_dep_info("out/a.d: src/lib.rs src/with\\ space.rs /abs/c\\d.rs\n\n"
                       "out/liba.rmeta: src/lib.rs\n\nsrc/lib.rs:\nsrc/with\\ space.rs:\n\n"
                       "# env-dep:OUT_DIR=/x: y\n# env-dep:NONE\n") ==
        Strings{"/abs/c\\d.rs", "src/lib.rs", "src/with space.rs"});
  CHECK(parse_dep_info("").empty());
  CHECK(parse_dep_info("no colon here\n:\n: \n").empty());
}

}  // namespace
}  // namespace jaa::plugin
