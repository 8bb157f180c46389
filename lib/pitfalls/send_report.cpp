#include "pitfalls/send_report.h"

#include <algorithm>
#include <set>

#include "flow/type_text.h"
#include "rewrite/guard_scope.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

// The bound that asked is one of a function that takes a future: a spawn.
bool is_asked_by_call(const flow::Facts& facts, const flow::Cause& cause) {
  return std::any_of(cause.denials.begin(), cause.denials.end(), [&facts](uint32_t index) {
    return !facts.denials()[index].bound_label.empty();
  });
}

std::string local_executor(const project::Package& package) {
  if (package.depends_on("tokio")) {
    return "where no other thread is needed, `tokio::task::spawn_local` in a `LocalSet` runs the "
           "future as it is";
  }
  if (package.depends_on("async_executor") || package.depends_on("smol")) {
    return "where no other thread is needed, a `LocalExecutor` runs the future as it is";
  }
  return "where no other thread is needed, a local executor (`spawn_local`) runs the future as it "
         "is";
}

}  // namespace

rewrite::Held to_held(const flow::HeldValue& value) {
  rewrite::Held held;
  held.value = value.value;
  held.name = value.name;
  held.is_mut = value.is_mut;
  held.is_lock = false;
  held.type = value.type;
  held.acquire = value.acquire;
  for (const flow::HeldAwait& await : value.awaits) {
    held.awaits.push_back(await.whole);
  }
  for (const flow::ValueUse& use : value.uses) {
    held.uses.push_back({use.span, use.is_move, use.after_await, use.through_borrow});
  }
  return held;
}

void explain(FindingBuilder& finding, const flow::Facts& facts, const Explained& explained) {
  finding.evidence(explained.evidence);
  for (const uint32_t index : explained.denials) {
    finding.explains(facts.denials()[index].diagnostic);
  }
  if (explained.denials.empty() && explained.hidden_denials.empty()) {
    finding.level(base::Level::Warning);
  }
  if (explained.is_inferred) {
    finding.needs_proof();
  }
  for (const base::Span& await : explained.awaits) {
    finding.label(await, explained.await_label);
  }
  std::set<base::Span> demands;
  for (const std::vector<uint32_t>* group : {&explained.denials, &explained.hidden_denials}) {
    for (const uint32_t index : *group) {
      const auto demand = flow::span_of(facts.denials()[index].demand, facts.files());
      if (demand && demands.insert(*demand).second) {
        finding.label(*demand, "the future has to be `Send` here");
      }
    }
  }
  for (const flow::ChainLink& link : explained.chain) {
    finding.note("the future passes through `" + link.text + "`", link.span, "");
  }
}

void explain(FindingBuilder& finding, const flow::Facts& facts, const flow::Cause& cause) {
  explain(finding, facts,
          {cause.evidence,
           cause.denials,
           {},
           cause.is_inferred,
           cause.awaits,
           "held at this await",
           cause.chain});
  if (is_asked_by_call(facts, cause)) {
    finding.help(local_executor(facts.package()));
  }
}

std::string value_type_text(const flow::Cause& cause) {
  return flow::shown_type_text(cause.value_type.empty() ? cause.type : cause.value_type);
}

void label_sites(FindingBuilder& finding, const flow::Cause& cause, const base::Span& place) {
  constexpr size_t MostSites = 2;
  size_t shown = 0;
  for (const syntax::Node& site : cause.sites) {
    if (shown < MostSites && !place.overlaps(site.span()) &&
        !cause.value_place.overlaps(site.span())) {
      finding.label(site.span(), "its type is written here");
      ++shown;
    }
  }
}

namespace {

using Rewrite = std::vector<base::FixIt> (*)(const syntax::Tree&, const rewrite::Held&);

// The crate gives the type a `Drop`, which a shorter life runs earlier.
bool has_destructor(const flow::Facts& facts, const std::string& type) {
  const syntax::Items::List& drops = facts.items().impls("Drop");
  return std::any_of(drops.begin(), drops.end(), [&type](const syntax::Node& item) {
    const std::string name(syntax::last_name(item.field("type")));
    const std::string text = flow::short_type_text(type);
    return !name.empty() && (text == name || text.starts_with(name + "<") ||
                             text.find("<" + name) != std::string::npos);
  });
}

std::vector<base::FixIt> run_rewrites(const flow::Facts& facts, const flow::Cause& cause,
                                      std::initializer_list<Rewrite> rewrites) {
  std::vector<base::FixIt> result;
  if (!cause.held) {
    return result;
  }
  const syntax::Tree& tree = facts.tree(cause.held->value.file);
  const rewrite::Held held = to_held(*cause.held);
  const syntax::Node function = syntax::outermost_function(tree.smallest_node(held.value));
  const bool does_something_at_the_end = has_destructor(facts, cause.held->type);
  for (const Rewrite rewrite : rewrites) {
    for (base::FixIt& fix : rewrite(tree, held)) {
      fix.body = function.span();
      if (does_something_at_the_end) {
        fix.keeps_meaning = false;
        fix.trade_off = "what its `drop` does comes before the await";
      }
      result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace

std::vector<base::FixIt> shorten_scope(const flow::Facts& facts, const flow::Cause& cause) {
  return run_rewrites(
      facts, cause,
      {rewrite::end_scope_before_await, rewrite::bind_value_first, rewrite::copy_out_before_await});
}

std::vector<base::FixIt> make_where_used(const flow::Facts& facts, const flow::Cause& cause) {
  return run_rewrites(facts, cause, {rewrite::remake_where_used});
}

std::vector<base::FixIt> instrument_rest(const flow::Facts& facts, const flow::Cause& cause) {
  return run_rewrites(facts, cause, {rewrite::instrument_rest});
}

std::vector<const syntax::Tree*> crate_trees(const flow::Facts& facts, base::FileId first) {
  std::vector<const syntax::Tree*> trees{&facts.tree(first)};
  for (const base::FileId file : facts.crate_of(first)) {
    if (file != first) {
      trees.push_back(&facts.tree(file));
    }
  }
  return trees;
}

std::vector<const syntax::Tree*> user_trees(const flow::Facts& facts, base::FileId file) {
  const auto own = facts.crate_of(file);
  std::vector<const syntax::Tree*> trees;
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId other : crate.files) {
      if (std::find(own.begin(), own.end(), other) == own.end()) {
        trees.push_back(&facts.tree(other));
      }
    }
  }
  return trees;
}

syntax::Node name_of(const flow::Cause& cause) {
  // The field or variable that holds it, where the value is something around it.
  for (const syntax::Node& site : cause.sites) {
    const syntax::Node owner = syntax::enclosing(site, {"field_declaration", "let_declaration"});
    if (owner.is("field_declaration") && cause.place == site.span()) {
      return owner.field("name");
    }
    if (owner.is("let_declaration") && cause.place == owner.field("pattern").span()) {
      return owner.field("pattern");
    }
  }
  return cause.value;
}

syntax::Node reference_of(const flow::Cause& cause) {
  const syntax::Node owner = syntax::enclosing(cause.value, {"parameter", "self_parameter"});
  return owner.is("parameter") ? owner.field("type") : owner;
}

base::FixIt bound_fix(std::string name, std::string title, std::vector<base::Edit> edits) {
  base::FixIt fix;
  fix.name = std::move(name);
  fix.title = std::move(title);
  fix.edits = std::move(edits);
  fix.keeps_meaning = true;
  return fix;
}

std::vector<std::vector<std::string>> trait_sets(const flow::Cause& cause) {
  if (cause.trait == "Send") {
    return {{"Send"}, {"Send", "Sync"}};
  }
  return {{"Send", "Sync"}, {"Sync"}};
}

}  // namespace jaa::pitfalls
