#include "flow/std_auto_traits.h"

#include <algorithm>
#include <iterator>

namespace jaa::flow {
namespace {

using enum AutoRule;

// By path. Iterators over borrowed parts hold references, or pointers that count as such.
constexpr StdType StdTypes[] = {
    {"std::any::TypeId", Always, Always},
    {"std::borrow::Cow", IfBoth, IfSync},
    {"std::cell::Cell", IfSend, Never},
    {"std::cell::LazyCell", IfSend, Never},
    {"std::cell::OnceCell", IfSend, Never},
    {"std::cell::Ref", Never, Never},
    {"std::cell::RefCell", IfSend, Never},
    {"std::cell::RefMut", Never, Never},
    {"std::cell::UnsafeCell", IfSend, Never},
    {"std::collections::Iter", IfSync, IfSync},
    {"std::collections::Keys", IfSync, IfSync},
    {"std::collections::Range", IfSync, IfSync},
    {"std::collections::Values", IfSync, IfSync},
    {"std::env::Args", Never, Never},
    {"std::env::ArgsOs", Never, Never},
    {"std::env::Vars", Never, Never},
    {"std::env::VarsOs", Never, Never},
    {"std::fmt::Arguments", Never, Never},
    {"std::fmt::DebugList", Never, Never},
    {"std::fmt::DebugMap", Never, Never},
    {"std::fmt::DebugSet", Never, Never},
    {"std::fmt::DebugStruct", Never, Never},
    {"std::fmt::DebugTuple", Never, Never},
    {"std::fmt::Formatter", Never, Never},
    {"std::future::Pending", Always, Always},
    {"std::hash::BuildHasherDefault", Always, Always},
    {"std::io::StderrLock", Never, Never},
    {"std::io::StdinLock", Never, Always},
    {"std::io::StdoutLock", Never, Never},
    {"std::iter::Empty", Always, Always},
    {"std::mem::Discriminant", Always, Always},
    {"std::option::Iter", IfSync, IfSync},
    {"std::panic::PanicHookInfo", Never, Never},
    {"std::ptr::NonNull", Never, Never},
    {"std::rc::Rc", Never, Never},
    {"std::rc::UniqueRc", Never, Never},
    {"std::rc::Weak", Never, Never},
    {"std::result::Iter", IfSync, IfSync},
    {"std::slice::ChunkBy", IfSync, IfSync},
    {"std::slice::Chunks", IfSync, IfSync},
    {"std::slice::ChunksExact", IfSync, IfSync},
    {"std::slice::Iter", IfSync, IfSync},
    {"std::slice::RChunks", IfSync, IfSync},
    {"std::slice::RChunksExact", IfSync, IfSync},
    {"std::slice::Windows", IfSync, IfSync},
    {"std::sync::Arc", IfBoth, IfBoth},
    {"std::sync::AtomicPtr", Always, Always},
    {"std::sync::IntoIter", IfSend, Never},
    {"std::sync::Iter", Never, Never},
    {"std::sync::MappedMutexGuard", Never, IfSync},
    {"std::sync::MappedRwLockReadGuard", Never, IfSync},
    {"std::sync::MappedRwLockWriteGuard", Never, IfSync},
    {"std::sync::Mutex", IfSend, IfSend},
    {"std::sync::MutexGuard", Never, IfSync},
    {"std::sync::OnceLock", IfSend, IfBoth},
    {"std::sync::Receiver", IfSend, Never},
    {"std::sync::RwLock", IfSend, IfBoth},
    {"std::sync::RwLockReadGuard", Never, IfSync},
    {"std::sync::RwLockWriteGuard", Never, IfSync},
    {"std::sync::Sender", IfSend, IfSend},
    {"std::sync::SyncSender", IfSend, IfSend},
    {"std::sync::TryIter", Never, Never},
    {"std::sync::Weak", IfBoth, IfBoth},
    {"std::task::Context", Never, Never},
    {"std::task::LocalWaker", Never, Never},
    {"std::task::RawWaker", Never, Never},
    {"std::thread::JoinHandle", Always, Always},
    {"std::thread::LocalKey", Always, Always},
    {"std::thread::ScopedJoinHandle", IfSend, IfSend},
    {"std::thread::Thread", Always, Always},
};

struct StdImpl {
  std::string_view trait;
  std::string_view self_type;
  std::string_view name;
  std::string_view type;
};

// `P`, `F`, `T`, `E`, `A`, `K` and `V` are parameters.
constexpr StdImpl StdImpls[] = {
    {"std::future::Future", "std::pin::Pin<P>", "Output",
     "<<P as std::ops::Deref>::Target as std::future::Future>::Output"},
    {"std::future::Future", "std::boxed::Box<F>", "Output", "<F as std::future::Future>::Output"},
    {"std::future::Future", "&mut F", "Output", "<F as std::future::Future>::Output"},
    {"std::future::Future", "std::future::Ready<T>", "Output", "T"},
    {"std::future::Future", "std::future::Pending<T>", "Output", "T"},
    {"std::ops::Deref", "std::boxed::Box<T>", "Target", "T"},
    {"std::ops::Deref", "std::sync::Arc<T>", "Target", "T"},
    {"std::ops::Deref", "std::rc::Rc<T>", "Target", "T"},
    {"std::ops::Deref", "std::vec::Vec<T>", "Target", "[T]"},
    {"std::ops::Deref", "std::string::String", "Target", "str"},
    {"std::ops::Deref", "std::pin::Pin<P>", "Target", "<P as std::ops::Deref>::Target"},
    {"std::ops::Deref", "&T", "Target", "T"},
    {"std::ops::Deref", "&mut T", "Target", "T"},
    {"std::iter::Iterator", "std::slice::Iter<T>", "Item", "&T"},
    {"std::iter::Iterator", "std::slice::IterMut<T>", "Item", "&mut T"},
    {"std::iter::Iterator", "std::vec::IntoIter<T>", "Item", "T"},
    {"std::iter::Iterator", "std::option::IntoIter<T>", "Item", "T"},
    {"std::iter::Iterator", "std::str::Chars", "Item", "char"},
    {"std::iter::Iterator", "std::iter::Enumerate<F>", "Item",
     "(usize, <F as std::iter::Iterator>::Item)"},
    {"std::iter::Iterator", "&mut F", "Item", "<F as std::iter::Iterator>::Item"},
    {"std::iter::IntoIterator", "std::vec::Vec<T>", "Item", "T"},
    {"std::iter::IntoIterator", "std::vec::Vec<T>", "IntoIter", "std::vec::IntoIter<T>"},
    {"std::iter::IntoIterator", "&std::vec::Vec<T>", "IntoIter", "std::slice::Iter<T>"},
    {"std::iter::IntoIterator", "std::option::Option<T>", "Item", "T"},
    {"std::iter::IntoIterator", "std::option::Option<T>", "IntoIter", "std::option::IntoIter<T>"},
    {"std::borrow::ToOwned", "str", "Owned", "std::string::String"},
    {"std::borrow::ToOwned", "[T]", "Owned", "std::vec::Vec<T>"},
};

struct Supertrait {
  std::string_view trait;
  std::string_view of;
};

// None of them is an auto trait; they carry associated types.
constexpr Supertrait Supertraits[] = {
    {"std::ops::Fn<A>", "std::ops::FnMut<A>"},
    {"std::ops::FnMut<A>", "std::ops::FnOnce<A>"},
    {"std::ops::DerefMut", "std::ops::Deref"},
    {"std::iter::DoubleEndedIterator", "std::iter::Iterator"},
    {"std::iter::ExactSizeIterator", "std::iter::Iterator"},
    {"std::iter::FusedIterator", "std::iter::Iterator"},
};

struct StdMethod {
  std::string_view trait;
  std::string_view name;
  std::string_view params;  // one letter each
  std::string_view output;
};

// Methods that wrap what they are called on.
constexpr StdMethod StdMethods[] = {
    {"std::iter::Iterator", "chain", "U",
     "std::iter::Chain<Self, <U as std::iter::IntoIterator>::IntoIter>"},
    {"std::iter::Iterator", "cloned", "T", "std::iter::Cloned<Self>"},
    {"std::iter::Iterator", "copied", "T", "std::iter::Copied<Self>"},
    {"std::iter::Iterator", "enumerate", "", "std::iter::Enumerate<Self>"},
    {"std::iter::Iterator", "filter", "P", "std::iter::Filter<Self, P>"},
    {"std::iter::Iterator", "filter_map", "BF", "std::iter::FilterMap<Self, F>"},
    {"std::iter::Iterator", "map", "BF", "std::iter::Map<Self, F>"},
    {"std::iter::Iterator", "map_while", "BP", "std::iter::MapWhile<Self, P>"},
    {"std::iter::Iterator", "rev", "", "std::iter::Rev<Self>"},
    {"std::iter::Iterator", "skip", "", "std::iter::Skip<Self>"},
    {"std::iter::Iterator", "take", "", "std::iter::Take<Self>"},
    {"std::iter::Iterator", "take_while", "P", "std::iter::TakeWhile<Self, P>"},
    {"std::iter::IntoIterator", "into_iter", "", "<Self as std::iter::IntoIterator>::IntoIter"},
};

rustc::RustdocTable make_std_traits() {
  rustc::RustdocTable table;
  table.crate = "std";
  for (const StdImpl& row : StdImpls) {
    rustc::RustdocImpl& impl = table.impls.emplace_back();
    impl.trait = row.trait;
    impl.self_type = row.self_type;
    impl.generics.params = {"P", "F", "T"};
    impl.assignments.push_back({std::string(row.name), std::string(row.type)});
  }
  for (const Supertrait& row : Supertraits) {
    rustc::RustdocTrait& trait = table.traits.emplace_back();
    const size_t arguments = row.trait.find('<');
    trait.path = row.trait.substr(0, arguments);
    if (arguments != std::string_view::npos) {
      trait.generics.params = {"A"};
    }
    trait.generics.predicates.push_back({"Self", {std::string(row.of)}});
  }
  for (const StdMethod& row : StdMethods) {
    if (table.traits.empty() || table.traits.back().path != row.trait) {
      table.traits.emplace_back().path = row.trait;
    }
    rustc::RustdocFunction& function = table.functions.emplace_back();
    function.name = row.name;
    function.path = std::string(row.trait) + "::" + std::string(row.name);
    function.in_trait = table.traits.size() - 1;
    for (const char param : row.params) {
      function.generics.params.emplace_back(1, param);
    }
    function.output = row.output;
  }
  return table;
}

}  // namespace

const StdType* find_std_type(std::string_view path) {
  const auto* found =
      std::lower_bound(std::begin(StdTypes), std::end(StdTypes), path,
                       [](const StdType& type, std::string_view name) { return type.path < name; });
  return found != std::end(StdTypes) && found->path == path ? found : nullptr;
}

const rustc::RustdocTable& std_traits() {
  static const rustc::RustdocTable table = make_std_traits();
  return table;
}

}  // namespace jaa::flow
