// Which calls in the source are calls of a function, by syntax alone.
//
// Where MIR is there, the call graph knows. A body that does not type-check has none, and
// that is where an `await` is missing. So names, the number of arguments, and what is
// written about the receiver's type decide; where that does not, the call says that it is
// uncertain, and the compiler has the last word.
#pragma once

#include <string>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

#include "flow/crate_files.h"
#include "syntax/items.h"
#include "syntax/tree_cache.h"

namespace jaa::flow {

struct CallSite {
  // The call; in a macro's arguments, the last token of it.
  syntax::Node call;
  bool is_in_macro = false;
  // Nothing else of that name fits.
  bool is_certain = true;
};

class CallSites {
 public:
  CallSites(const syntax::TreeCache& trees, llvm::ArrayRef<CrateFiles> crates,
            const syntax::Items& items)
      : trees_(trees), crates_(crates), items_(items) {}

  // Calls of any of `functions` (items and signatures of traits), in source order.
  [[nodiscard]] std::vector<CallSite> of(llvm::ArrayRef<syntax::Node> functions) const;
  // The functions that `call` may be a call of; none when it calls something unknown.
  [[nodiscard]] std::vector<syntax::Node> callees(syntax::Node call) const;
  // The last name of what is called; empty for what is no call.
  [[nodiscard]] static std::string_view called_name(syntax::Node call);
  // Calling it may give a future: an `async fn`, or the return type says so.
  [[nodiscard]] static bool gives_future(syntax::Node function);

 private:
  enum class Fit : uint8_t { No, Maybe, Yes };
  struct Target {
    std::string_view name;
    syntax::Node function;
    std::string owner;  // the type of its `impl`, or the trait; empty for a free function
    std::string trait;  // that the `impl` is of
    bool has_self = false;
    size_t parameters = 0;  // `self` is not counted
  };
  [[nodiscard]] static Target target_of(syntax::Node function);
  [[nodiscard]] Fit fit(syntax::Node call, const Target& target) const;
  [[nodiscard]] Fit fit_method(syntax::Node receiver, const Target& target) const;
  void find_in_macro(syntax::Node tokens, llvm::ArrayRef<Target> targets,
                     std::vector<CallSite>& into) const;
  [[nodiscard]] bool has_rival(const Target& target, llvm::ArrayRef<syntax::Node> own) const;

  const syntax::TreeCache& trees_;
  llvm::ArrayRef<CrateFiles> crates_;
  const syntax::Items& items_;
};

}  // namespace jaa::flow
