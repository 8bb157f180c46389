// Every pitfall of the catalogue, over the facts of one unit.
#pragma once

namespace jaa::flow {
class Facts;
}

namespace jaa::pitfalls {

class Sink;

// Calls each pitfall, in the catalogue's order.
void run_all(const flow::Facts& facts, Sink& sink);

}  // namespace jaa::pitfalls
