#include "flow/cause_reader.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "flow/recorded_test.h"

namespace jaa::flow {
namespace {

// A recorded program, other files that are loaded with it, and what rustc says of it.
struct Program {
  explicit Program(const std::string& name, const std::vector<std::string>& others = {}) {
    add(name + ".rs");
    for (const std::string& other : others) {
      add(other);
    }
    const auto messages = rustc::read_messages(slurp(name + ".json"), name);
    denials = read_denials(messages.diagnostics, UnitSources(files, "/p"));
  }
  void add(const std::string& name) {
    const base::FileId file = files.add("/p/" + name, name, slurp(name));
    loaded.push_back(&trees.tree(file));
  }
  // The one whose demand starts with `text`.
  [[nodiscard]] const Denial& denial(std::string_view text) const {
    CAPTURE(text);
    const auto at = std::find_if(denials.begin(), denials.end(), [&](const Denial& denial) {
      const auto span = span_of(denial.demand, files);
      return span && files.text(*span).starts_with(text);
    });
    REQUIRE(at != denials.end());
    return *at;
  }
  [[nodiscard]] std::optional<Cause> read(const Denial& denial,
                                          std::optional<HeldValue> held = std::nullopt) const {
    const syntax::Items items(loaded);
    return CauseReader(files, trees, items).read(denial, std::move(held));
  }
  [[nodiscard]] Cause cause(std::string_view text) const {
    const std::optional<Cause> result = read(denial(text));
    REQUIRE(result);
    return *result;
  }
  [[nodiscard]] bool concerns(std::string_view text) const {
    return concerns_future(denial(text), files, trees);
  }

  base::SourceFiles files;
  syntax::TreeCache trees{files};
  std::vector<const syntax::Tree*> loaded;
  std::vector<Denial> denials;
};

std::string sites_of(const Cause& cause) {
  std::string result;
  for (const syntax::Node& site : cause.sites) {
    result += std::string(site.text()) + "|";
  }
  return result;
}

TEST_CASE("each kind of cause is told by the type that lacks the trait and its declaration") {
  struct Row {
    std::string_view demand;
    CauseKind kind;
    std::string_view subject, type, trait, place, sites;
  };
  const Row rows[] = {
      {"rc()", CauseKind::Rc, "name", "Rc<str>", "Send", "name", "Rc<str>|Rc::from|"},
      {"ref_cell()", CauseKind::RefCell, "shared", "RefCell<i32>", "Sync", "shared",
       "RefCell::new|"},
      {"cell()", CauseKind::Cell, "shared", "Cell<i32>", "Sync", "shared", "Cell::new|"},
      {"raw_pointer(page)", CauseKind::RawPointer, "bytes", "*mut u8", "Send", "*mut u8",
       "*mut u8|"},
      {"error(Ok(()))", CauseKind::Error, "reason", "dyn Error", "Send", "dyn Error", "dyn Error|"},
      {"object(shape)", CauseKind::Dyn, "shape", "dyn Shape", "Send", "Shape",
       "dyn Shape|dyn Shape|"},
      {"spawn(async {\n        let (_sender, receiver)", CauseKind::Reference, "other",
       "Receiver<u8>", "Sync", "other", ""},
      {"handle()", CauseKind::ThreadHandle, "handle", "Rc<()>", "Send", "handle", ""},
      {"span_guard()", CauseKind::SpanGuard, "entered", "*mut ()", "Send", "entered", ""},
      {"bound(value)", CauseKind::Bound, "T", "T", "Send", "T: 'static", "T: 'static|"},
      {"spawn(async move {\n        leaf()", CauseKind::Bound, "form", "impl Form", "Send",
       "impl Form + 'static", "impl Form + 'static|"},
      {"spawn(async move { store", CauseKind::TraitFuture, "Store::load",
       "impl Future<Output = u32>", "Send", "load", "async fn load(&self) -> u32;|"},
      {"nothing(closure)", CauseKind::AsyncCall, "the future",
       "<F as AsyncFnMut<()>>::CallRefFuture", "Send", "nothing(closure)", ""},
  };
  const Program program("kinds");
  for (const Row& row : rows) {
    CAPTURE(row.demand);
    const Cause cause = program.cause(row.demand);
    CHECK(static_cast<int>(cause.kind) == static_cast<int>(row.kind));
    CHECK(cause.subject == row.subject);
    CHECK(cause.type == row.type);
    CHECK(cause.trait == row.trait);
    CHECK(program.files.text(cause.place) == row.place);
    CHECK(sites_of(cause) == row.sites);
    CHECK(cause.evidence == base::Evidence::Messages);
    CHECK_FALSE(cause.held);
  }
}

TEST_CASE("a type is bound to its thread where its module keeps state for each thread") {
  const Program program("beside");
  const Cause cause = program.cause("local()");
  CHECK(cause.kind == CauseKind::ThreadHandle);
  CHECK(cause.subject == "rng");
  CHECK(cause.sites.empty());
}

TEST_CASE("state for each thread in a module within says nothing of the file around it") {
  const Program program("beside");
  const Cause cause = program.cause("raw_pointer(page)");
  CHECK(cause.kind == CauseKind::RawPointer);
  CHECK(sites_of(cause) == "*mut u8|");
}

TEST_CASE("an `impl Trait` is none of the trait's objects") {
  const Program program("beside");
  const Cause cause = program.cause("object(shape)");
  CHECK(cause.kind == CauseKind::Dyn);
  CHECK(sites_of(cause) == "dyn Shape|dyn Shape|");
}

TEST_CASE("the value and the await that rustc labels are the cause's") {
  const Program program("kinds");
  const Cause cause = program.cause("rc()");
  CHECK(program.files.text(cause.value_place) == "name");
  CHECK(cause.value.text() == "name");
  CHECK(cause.value_type == "Rc<str>");
  REQUIRE(cause.awaits.size() == 1);
  CHECK(program.files.text(cause.awaits.front()) == "await");
  CHECK(program.cause("object(shape)").subject_trait == "Shape");
}

TEST_CASE("where only the value's type is known, a reference lacks what it refers to") {
  const Program program("kinds");
  Denial denial = program.denial("cell()");
  denial.culprit.clear();
  denial.trait.clear();
  const auto shared = program.read(denial);
  REQUIRE(shared);
  CHECK(shared->type == "Cell<i32>");
  CHECK(shared->trait == "Sync");
  CHECK(shared->kind == CauseKind::Cell);
  denial.value_type = "&mut Cell<i32>";
  const auto unique = program.read(denial);
  REQUIRE(unique);
  CHECK(unique->trait == "Send");
}

TEST_CASE("a trait object that is written once stands there itself") {
  const Program program("beside");
  const Cause cause = program.cause("once(Box");
  CHECK(cause.kind == CauseKind::Dyn);
  CHECK(cause.subject_trait == "Sound");
  CHECK(program.files.text(cause.place) == "dyn Sound");
  CHECK(sites_of(cause) == "dyn Sound|");
}

TEST_CASE("of two traits with a method of one name, the one is meant that rustc quotes") {
  const Program program("kinds");
  const Cause store = program.cause("spawn(async move { store");
  const Cause cache = program.cause("spawn(async move { cache");
  CHECK(store.kind == CauseKind::TraitFuture);
  CHECK(cache.kind == CauseKind::TraitFuture);
  CHECK(store.subject == "Store::load");
  CHECK(cache.subject == "Cache::load");
  CHECK(store.place.begin < cache.place.begin);
  // Quoted nowhere, it is the one that the code asks for.
  Denial denial = program.denial("spawn(async move { cache");
  denial.quoted.clear();
  const auto guessed = program.read(denial);
  REQUIRE(guessed);
  CHECK(guessed->subject == "Cache::load");
  // Where no call is to be seen, what rustc quotes is enough.
  Denial hidden = program.denial("spawn(async move { cache");
  hidden.value = program.denial("rc()").value;
  hidden.demand = program.denial("rc()").demand;
  const auto quoted = program.read(hidden);
  REQUIRE(quoted);
  CHECK(quoted->subject == "Cache::load");
}

TEST_CASE("a value that is named in a format string is what the name is bound to") {
  const Program program("kinds");
  const Cause cause = program.cause("spawn(async move { println!");
  CHECK(cause.kind == CauseKind::Rc);
  CHECK(cause.subject == "title");
  CHECK(cause.value.text() == "title");
  CHECK(cause.value.parent().is("parameter"));
  CHECK(sites_of(cause) == "Rc<str>|");
}

TEST_CASE("where no value is labelled, the innermost body that is loaded holds it") {
  const Program alone("kinds");
  const Cause outer = alone.cause("unlabelled()");
  CHECK(outer.kind == CauseKind::Rc);
  CHECK(outer.subject == "the future");
  CHECK(outer.value.text() == "{\n    elsewhere::count().await;\n}");
  CHECK(alone.files.text(outer.place) == "unlabelled()");
  CHECK(outer.awaits.empty());
  const Program both("kinds", {"elsewhere.rs"});
  const Cause inner = both.cause("unlabelled()");
  CHECK(inner.kind == CauseKind::Rc);
  CHECK(sites_of(inner) == "Rc::new|");
  CHECK(both.files.text(inner.place) == "count");
  CHECK(both.files.path(inner.place.file) == "/p/elsewhere.rs");
}

TEST_CASE("what is demanded of a parameter outright is a bound of it") {
  const Program program("given");
  const Cause cause = program.cause("future");
  CHECK(cause.kind == CauseKind::Bound);
  CHECK(cause.subject == "F");
  CHECK(program.files.text(cause.place) == "F: Future + 'static");
  Denial other = program.denial("future");
  other.culprit = "module::F";
  const auto type = program.read(other);
  REQUIRE(type);
  CHECK(type->kind == CauseKind::Other);
}

TEST_CASE("a bound belongs to the declaration nearest to the type") {
  struct Row {
    std::string_view demand, subject, place;
  };
  const Row rows[] = {
      {"keep(in_where)", "T", "T: 'static"},
      {"keep(self.0)", "T", "T: 'static"},
      {"spawn(async move { job", "J", "J: Job + Send + 'static"},
      {"spawn(async move { other", "J", "J::Running: Unpin"},
  };
  const Program program("bounds");
  for (const Row& row : rows) {
    CAPTURE(row.demand);
    const Cause cause = program.cause(row.demand);
    CHECK(cause.kind == CauseKind::Bound);
    CHECK(cause.subject == row.subject);
    CHECK(program.files.text(cause.place) == row.place);
  }
  CHECK(program.cause("keep(in_where)").sites.front().parent().is("where_clause"));
  CHECK(program.cause("keep(self.0)").sites.front().parent().is("type_parameters"));
}

TEST_CASE("of what a trait's own method demands, the trait is the declaration") {
  const Program program("bounds");
  const base::FileId file(0);
  const auto at = static_cast<uint32_t>(program.files.text(file).find("keep(self)"));
  const base::LineColumn begin = program.files.line_column(file, at);
  Denial denial;
  denial.demand = {"/p/bounds.rs", begin.line, begin.column, begin.line, begin.column + 10};
  denial.culprit = "Self";
  const std::optional<Cause> cause = program.read(denial);
  REQUIRE(cause);
  CHECK(cause->kind == CauseKind::Bound);
  CHECK(cause->subject == "Self");
  CHECK(program.files.text(cause->place) == "Job");
  CHECK(cause->sites.front().is("trait_item"));
}

TEST_CASE("a value that was found in MIR comes with its own awaits") {
  const Program program("kinds");
  const Cause labelled = program.cause("rc()");
  HeldValue held;
  held.value = labelled.value_place;
  held.type = "std::rc::Rc<str>";
  held.awaits = {{labelled.awaits.front(), labelled.awaits.front(), true},
                 {labelled.awaits.front(), labelled.awaits.front(), true}};
  const std::optional<Cause> cause = program.read(program.denial("rc()"), held);
  REQUIRE(cause);
  CHECK(cause->evidence == base::Evidence::Mir);
  CHECK(cause->held);
  CHECK(cause->value_type == "std::rc::Rc<str>");
  CHECK(cause->awaits.size() == 2);
  CHECK(cause->kind == CauseKind::Rc);
}

TEST_CASE("an error about files that are not loaded has no cause") {
  const Program program("kinds");
  Denial denial = program.denial("rc()");
  for (std::optional<NamedPlace>* place : {&denial.value, &denial.await, &denial.bound}) {
    (*place)->path = "/elsewhere/kinds.rs";
  }
  denial.demand.path = "/elsewhere/kinds.rs";
  CHECK_FALSE(program.read(denial));
  // Nor one whose places do not exist.
  Denial outside = program.denial("unlabelled()");
  outside.demand.line = outside.demand.end_line = 9000;
  outside.bodies.clear();
  CHECK_FALSE(program.read(outside));
}

TEST_CASE("types that cannot be read are no cause for more than Other") {
  const Program program("kinds");
  for (const char* type :
       {"", "<", "<<<<", "dyn", "impl", "*mut", "<T as", "Rc<", "&", "\xFF", "()"}) {
    CAPTURE(type);
    Denial denial = program.denial("handle()");
    denial.culprit = type;
    denial.value_type = type;
    CHECK(program.read(denial));
  }
}

TEST_CASE("an error concerns a future where one is named, demanded or on the way") {
  const Program given("given");
  CHECK(given.concerns("boxed"));   // the type is one
  CHECK(given.concerns("future"));  // the bound asks for one
  CHECK_FALSE(given.concerns("held"));
  CHECK_FALSE(given.concerns("move || drop(held)"));
  CHECK(Program("shapes").concerns("saved()"));
  const Program undecided("undecided");
  Denial retry = undecided.denial("retry(tries - 1)");
  retry.bound.reset();
  CHECK(concerns_future(retry, undecided.files, undecided.trees));
  retry.undecided.clear();
  CHECK_FALSE(concerns_future(retry, undecided.files, undecided.trees));
  const Program shapes("shapes");
  Denial through = shapes.denial("spawn(async move { outer()");
  through.bound.reset();
  CHECK(concerns_future(through, shapes.files, shapes.trees));
  through.bodies.clear();
  CHECK_FALSE(concerns_future(through, shapes.files, shapes.trees));
}

}  // namespace
}  // namespace jaa::flow
