// Writes the catalogue as C++: one type a page and the table of all pages.
#pragma once

#include "llvm/ADT/ArrayRef.h"

#include <string>

#include "tools/catalogue/page.h"

namespace jaa::catalogue {

// "diag/catalogue.h" for `pages`, which are sorted by name.
[[nodiscard]] std::string generate_header(llvm::ArrayRef<Page> pages);

// The definitions of what the header declares, and the guide's pages in their order.
[[nodiscard]] std::string generate_source(llvm::ArrayRef<Page> pages, llvm::ArrayRef<Page> guide);

}  // namespace jaa::catalogue
