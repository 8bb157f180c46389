// The list is generated from the pages: a new pitfall needs no edit here.
#include "pitfalls/run_all.h"

#include "diag/catalogue.h"

namespace jaa::pitfalls {

void run_all(const flow::Facts& facts, Sink& sink) {
  for (auto* pitfall : all) pitfall(facts, sink);
}

}  // namespace jaa::pitfalls
