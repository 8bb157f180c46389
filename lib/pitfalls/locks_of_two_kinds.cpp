// Reports a blocking lock that is taken for an async one, or the other way round.
//
// Detected: rustc finds `std::sync::Mutex` where it needs `tokio::sync::Mutex`, or what a
// blocking lock's `lock()` gives is awaited (flow/lock_mismatch.h). All such errors about
// mutexes are one finding, and all about read-write locks.
#include <algorithm>
#include "flow/lock_mismatch.h"

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/guard_report.h"
#include "pitfalls/sink.h"
#include "rewrite/lock_kind.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

// What is awaited though it blocks is unpacked instead; only where nothing else is wrong.
void offer_blocking(FindingBuilder& finding, const std::vector<flow::LockMismatch>& mismatches) {
  base::FixIt fix;
  fix.name = "blocking_lock";
  fix.title = "take the lock without an await";
  fix.trade_off = "the thread waits for the lock, and other tasks on it as well";
  for (const flow::LockMismatch& one : mismatches) {
    const syntax::Node call = one.place.parent().parent();
    const syntax::Node await = call.parent();
    if (one.unpacking || !await.is("await_expression") || syntax::is_in_macro(await)) {
      return;
    }
    fix.edits.push_back({{await.span().file, call.end(), await.end()}, ".unwrap()"});
  }
  finding.fix(std::move(fix));
}

// `lock.lock().unwrap()` of an async lock: nobody awaits it.
bool lacks_await(const flow::LockMismatch& one) {
  return one.unpacking && !one.unpacking.field("function").field("value").is("await_expression");
}

// All that is wrong is that an async lock's guard is unpacked.
void offer_guards(FindingBuilder& finding, const std::vector<flow::LockMismatch>& mismatches) {
  base::FixIt fix;
  fix.name = "no_unwrap";
  fix.title = "take the guard as it is";
  fix.keeps_meaning = true;
  for (const flow::LockMismatch& one : mismatches) {
    if (!one.unpacking || lacks_await(one) || syntax::is_in_macro(one.unpacking)) {
      return;
    }
    const syntax::Node value = one.unpacking.field("function").field("value");
    fix.edits.push_back({{value.span().file, value.end(), one.unpacking.end()}, ""});
  }
  finding.fix(std::move(fix));
}

void report(const flow::Facts& facts, const std::vector<flow::LockMismatch>& mismatches,
            Sink& sink) {
  const flow::LockMismatch& first = mismatches.front();
  rewrite::LockMeeting meeting;
  meeting.lock = first.lock;
  for (const flow::LockMismatch& one : mismatches) {
    meeting.places.push_back(one.place);
    meeting.is_of_blocking |= one.is_of_blocking;
    if (!one.holder.empty() && one.holder != one.lock) {
      meeting.holders.push_back(one.holder);
    }
    if (!one.protects.empty()) {
      meeting.protects.push_back(one.protects);
    }
    if (meeting.crate.empty()) {
      meeting.crate = one.crate;
    }
    if (one.unpacking) {
      meeting.unpackings.push_back(one.unpacking);
    }
  }
  std::vector<base::FixIt> fixes = rewrite::make_lock_async(
      lock_trees(facts, first.place.span().file), meeting, to_project(facts.package()));
  // Where there is no async lock, the await is what is wrong.
  if (fixes.empty()) {
    return;
  }
  auto finding = sink.report(first.place.span(), diag::locks_of_two_kinds{.lock = first.lock});
  finding.label("here one kind meets the other");
  finding.evidence(base::Evidence::Messages);
  std::vector<base::Span> labelled{first.place.span()};
  for (const flow::LockMismatch& one : mismatches) {
    finding.explains(one.diagnostic);
    const base::Span place = one.place.span();
    if (std::find(labelled.begin(), labelled.end(), place) == labelled.end()) {
      finding.label(place, "here as well");
      labelled.push_back(place);
    }
  }
  offer_guards(finding, mismatches);
  finding.fixes(std::move(fixes));
  offer_blocking(finding, mismatches);
}

}  // namespace

void locks_of_two_kinds(const flow::Facts& facts, Sink& sink) {
  const std::vector<flow::LockMismatch> every = flow::find_lock_mismatches(facts);
  for (const std::string_view lock : {"Mutex", "RwLock"}) {
    std::vector<flow::LockMismatch> mismatches;
    std::copy_if(every.begin(), every.end(), std::back_inserter(mismatches),
                 [lock](const flow::LockMismatch& one) { return one.lock == lock; });
    // Where only the unpacking of an async lock is wrong, its await is what is missing.
    if (std::any_of(mismatches.begin(), mismatches.end(), [](const flow::LockMismatch& one) {
          return !one.lacks_unpacking && !lacks_await(one);
        })) {
      report(facts, mismatches, sink);
    }
  }
}

}  // namespace jaa::pitfalls
