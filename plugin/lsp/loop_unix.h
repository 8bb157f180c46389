// `async-analyzer`: a server's conversation over stdin and stdout, with its jobs in threads.
#pragma once

#include <string>
#include <vector>

namespace jaa::lsp {

// Serves one client until it says `exit`, or is gone. Returns the exit code. `self` is
// the absolute path of this program; `cargo-async` stands beside it.
[[nodiscard]] int serve(const std::string& self);

// What the server would say of one file, for bug reports: each finding with its fixes, on
// stdout. Returns 0, 101 where there are findings, 1 where it could not be checked.
[[nodiscard]] int check_file(const std::string& self, const std::string& path);

}  // namespace jaa::lsp
