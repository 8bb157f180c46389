// What the compiler's errors quote about futures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flow/facts.h"

namespace jaa::flow {

// All that the error quotes, in its message, labels and notes; and whole labels, as that of
// an operand is its bare type.
[[nodiscard]] std::vector<std::string> quoted_texts(const rustc::Diagnostic& error);

// `type`, as rustc writes it, is a future's.
[[nodiscard]] bool is_future_type(std::string_view type, const syntax::Items& items);

// The trait that is quoted is one of which a future's own lack is meant: about where it may
// go or how it is polled, not about its value.
[[nodiscard]] bool is_trait_of_futures(std::string_view quoted);

// `Future`, by whatever path: rustc writes it as the crate's imports name it.
[[nodiscard]] bool names_future_trait(std::string_view quoted);

// `type`, as it is written in the source, names a future, be it through an alias.
[[nodiscard]] bool mentions_future(syntax::Node type, const syntax::Items& items);

// Where the compiler asks for a future and finds a value: the expressions that are right
// as futures, and are to stay so when the function that they call becomes async.
[[nodiscard]] std::vector<base::Span> wanted_futures(const Facts& facts);

}  // namespace jaa::flow
