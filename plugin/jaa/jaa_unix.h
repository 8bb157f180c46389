// `jaa`: findings for one file, or for a compiler's recorded output.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "plugin/jaa/arguments.h"
#include "plugin/rustc/async_change_unix.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {

// `arguments` without the program's name. Returns the exit code.
int run_jaa(const std::vector<std::string>& arguments);

// `jaa analyze`; starts no process.
int analyze(const JaaArguments& arguments);

// `jaa add` and `jaa remove`.
int change_async(const JaaArguments& arguments, const std::string& scratch);

// The file and the modules that it reads, with `text` as the file's; trials are in `scratch`.
AsyncChangeHost change_host(const JaaArguments& arguments, const std::string& text,
                            const std::string& scratch);
// The plan, and what is to be said of it.
void tell_plan(const AsyncChange& change);

// `jaa mir`.
int show_mir(const JaaArguments& arguments);

// The compilation of one file as `jaa` does it, its outputs going to `out`.
Unit make_unit(const JaaArguments& arguments, const std::string& path, const std::string& text,
               const std::string& out);

// Prints findings in the format asked for.
void print_findings(const std::vector<base::Finding>& findings, const base::SourceFiles& sources,
                    const JaaArguments& arguments, const std::string& compiler);

}  // namespace jaa::plugin
