#include "pitfalls/trait_object.h"

#include "pitfalls/send_report.h"
#include "rewrite/bounds.h"

namespace jaa::pitfalls {
namespace {

std::string joined(const std::vector<std::string>& traits) {
  std::string text;
  for (const std::string& trait : traits) {
    text += (text.empty() ? "" : " + ") + trait;
  }
  return text;
}

}  // namespace

void label_value(FindingBuilder& finding, const flow::Cause& cause) {
  if (cause.value && !cause.place.overlaps(cause.value_place)) {
    finding.label(cause.value_place, "a value of this type is held here");
  }
}

std::vector<base::FixIt> bind_trait_object(const flow::Facts& facts, const flow::Cause& cause) {
  std::vector<base::FixIt> in_types;
  std::vector<base::FixIt> in_trait;
  const std::vector<syntax::Node> no_traits;
  for (const std::vector<std::string>& traits : trait_sets(cause)) {
    // Errors are most often asked for both, by what converts into them.
    const bool is_error = cause.kind == flow::CauseKind::Error;
    const std::vector<std::string> wanted =
        is_error ? std::vector<std::string>{"Send", "Sync"} : traits;
    const std::string text = joined(wanted);
    std::vector<base::Edit> all;
    for (size_t index = 0; index < cause.sites.size(); ++index) {
      std::vector<base::Edit> edits = rewrite::add_bounds(cause.sites[index], wanted);
      all.insert(all.end(), edits.begin(), edits.end());
      if (index == 0 && !edits.empty()) {
        in_types.push_back(bound_fix("bound_type", "add `" + text + "` to the type", edits));
      }
    }
    if (cause.sites.size() > 1 && !all.empty()) {
      in_types.push_back(
          bound_fix("bound_type", "add `" + text + "` to each type of this trait", all));
    }
    for (const syntax::Node& trait : facts.items().traits(cause.subject_trait)) {
      std::vector<base::Edit> edits = rewrite::add_bounds(trait, wanted);
      if (!edits.empty()) {
        base::FixIt fix = bound_fix("supertrait",
                                    "make `" + text + "` part of the trait `" +
                                        std::string(trait.field("name").text()) + "`",
                                    std::move(edits));
        fix.trade_off = "every type that implements the trait has to be `" + text + "`";
        in_trait.push_back(std::move(fix));
      }
    }
  }
  for (base::FixIt& fix : in_types) {
    fix.trade_off = "what becomes such a value has to be `Send`";
  }
  // The finding stands at the trait when the types are many.
  std::vector<base::FixIt>& first =
      !cause.sites.empty() && cause.place == cause.sites.front().span() ? in_types : in_trait;
  std::vector<base::FixIt>& second = &first == &in_types ? in_trait : in_types;
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace jaa::pitfalls
