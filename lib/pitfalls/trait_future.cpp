#include "pitfalls/trait_future.h"

#include <algorithm>

#include "pitfalls/send_report.h"
#include "rewrite/async_sugar.h"
#include "rewrite/bounds.h"
#include "syntax/items.h"

namespace jaa::pitfalls {

std::vector<base::FixIt> say_send(const flow::Facts& facts, syntax::Node method) {
  std::vector<base::FixIt> result;
  const std::string name(method.field("name").text());
  const std::string trade_off = "every implementation has to give a future that is `Send`";
  const syntax::Node written = method.field("return_type");
  if (written.is_any({"abstract_type", "bounded_type"})) {
    base::FixIt fix = bound_fix("say_send", "say that the future of `" + name + "` is `Send`",
                                rewrite::add_bounds(written, {"Send"}));
    fix.trade_off = trade_off;
    if (!fix.edits.empty()) {
      result.push_back(std::move(fix));
    }
    return result;
  }
  const rewrite::DesugarOptions options{rewrite::FutureForm::Opaque, true, facts.package().edition};
  base::FixIt fix = bound_fix(
      "say_send", "write `" + name + "` as `-> " + rewrite::future_type(method, options) + "`",
      rewrite::desugar_async(facts.tree(method.span().file), method, options));
  fix.trade_off = trade_off;
  if (!fix.edits.empty()) {
    result.push_back(std::move(fix));
  }
  return result;
}

}  // namespace jaa::pitfalls
