// A finding as one line of rustc's JSON, which cargo forwards and editors that
// read `cargo check` show.
//
// Each fix is a child of its own, as rust-analyzer makes one code action of each. Its
// first span is the finding's, which says where to offer the fix; all others are parts of
// that one edit.
#pragma once

#include <string>

#include "base/finding.h"
#include "base/source_files.h"
#include "render/text.h"

namespace jaa::render {

struct JsonOptions {
  // How the member `rendered` is written.
  TextOptions text;
  // A JSON value that rides along as `just_async.report`; empty: none.
  std::string report;
};

// Without a line end. The member `just_async` carries what rustc has no words for.
[[nodiscard]] std::string render_rustc_json(const base::Finding& finding,
                                            const base::SourceFiles& sources,
                                            const JsonOptions& options = {});

}  // namespace jaa::render
