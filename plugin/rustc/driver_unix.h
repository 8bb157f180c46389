// The rustc wrapper: what cargo runs in place of rustc for each workspace member.
//
// rustc's own run is not changed: its arguments, its environment and its messages
// pass through as they are and at once. When it failed with errors that are ours
// to explain, or a lint is on, findings follow as further diagnostics before the
// wrapper exits, since only what is printed until then does cargo keep and replay.
#pragma once

namespace jaa::plugin {

// `argv[1]` is the compiler. Returns the exit code, which is rustc's, or 1 when a
// finding of a lint is an error.
int wrap_rustc(int argc, char** argv);

}  // namespace jaa::plugin
