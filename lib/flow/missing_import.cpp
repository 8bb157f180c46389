#include "flow/missing_import.h"

#include <algorithm>

#include "llvm/ADT/StringRef.h"

namespace jaa::flow {
namespace {

// `std::task::Poll`, also by the name of the crate that it is from.
bool is_of_futures(llvm::StringRef path) {
  const auto [crate, rest] = path.split("::");
  return (crate == "std" || crate == "core" || crate == "alloc") &&
         (rest.starts_with("future::") || rest.starts_with("pin::") || rest.starts_with("task::"));
}

// The crates of this family pass the standard library's own items on.
bool passes_on(llvm::StringRef path) {
  return path.split("::").first.starts_with("futures");
}

// The path of `use std::task::Poll;`, with whatever white space rustc adds.
llvm::StringRef imported(llvm::StringRef replacement) {
  replacement = replacement.trim();
  const bool is_import = replacement.consume_front("use ") && replacement.consume_back(";");
  return is_import ? replacement.trim() : llvm::StringRef();
}

}  // namespace

MissingImport missing_import(const rustc::Diagnostic& diagnostic) {
  MissingImport result;
  if (!diagnostic.is_error()) {
    return result;
  }
  for (const rustc::Diagnostic& child : diagnostic.children) {
    for (const rustc::DiagnosticSpan& span : child.spans) {
      const llvm::StringRef path =
          span.suggested_replacement ? imported(*span.suggested_replacement) : llvm::StringRef();
      if (path.empty() || passes_on(path)) {
        continue;
      }
      if (is_of_futures(path) && result.path.empty()) {
        result.path = path.str();
      } else {
        result.rivals.push_back(path.str());
      }
    }
  }
  return result.path.empty() ? MissingImport() : result;
}

}  // namespace jaa::flow
