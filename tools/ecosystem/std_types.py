"""When types of the standard library are `Send` and `Sync`: our table's word beside rustc's.

Each type is tried with arguments that are both, either and neither of the two, and rustc
is asked each time.
"""

import json
import subprocess
import tempfile

from published import Failure

# `Send` and `Sync`; `Send` only; `Sync` only; neither.
ARGUMENTS = ("u8", "std::cell::Cell<u8>", "std::sync::MutexGuard<'static, u8>", "std::rc::Rc<u8>")
# Those with a row of their own, and some of the many that are what their arguments are.
TYPES = """
std::any::TypeId                            std::array::IntoIter<T, 2>
std::borrow::Cow<'static, u8>               std::borrow::Cow<'static, [std::cell::Cell<u8>]>
std::borrow::Cow<'static, str>              std::borrow::Cow<'static, [std::rc::Rc<u8>]>
std::boxed::Box<T>                          std::borrow::Cow<'static, std::cell::Cell<u8>>
std::cell::Cell<T>                          std::cell::LazyCell<T>
std::cell::OnceCell<T>                      std::cell::Ref<'static, T>
std::cell::RefCell<T>                       std::cell::RefMut<'static, T>
std::cell::UnsafeCell<T>                    std::collections::BTreeMap<u8, T>
std::collections::HashMap<u8, T>            std::collections::HashSet<T>
std::collections::LinkedList<T>             std::collections::VecDeque<T>
std::collections::btree_map::Iter<'static, u8, T>
std::collections::btree_map::Keys<'static, u8, T>
std::collections::btree_map::Range<'static, u8, T>
std::collections::btree_map::Values<'static, u8, T>
std::collections::hash_map::Entry<'static, u8, T>
std::collections::hash_map::IntoIter<u8, T>
std::collections::hash_map::Iter<'static, u8, T>
std::collections::hash_map::IterMut<'static, u8, T>
std::collections::hash_map::Keys<'static, u8, T>
std::collections::hash_map::Values<'static, u8, T>
std::collections::vec_deque::Iter<'static, T>
std::env::Args                              std::env::ArgsOs
std::env::Vars                              std::env::VarsOs
std::ffi::CString                           std::ffi::OsString
std::fmt::Arguments<'static>                std::fmt::DebugList<'static, 'static>
std::fmt::DebugMap<'static, 'static>        std::fmt::DebugSet<'static, 'static>
std::fmt::DebugStruct<'static, 'static>     std::fmt::DebugTuple<'static, 'static>
std::fmt::Error                             std::fmt::Formatter<'static>
std::fs::File                               std::fs::Metadata
std::future::Pending<T>                     std::future::PollFn<T>
std::future::Ready<T>                       std::hash::BuildHasherDefault<T>
std::io::Error                              std::io::StderrLock<'static>
std::io::StdinLock<'static>                 std::io::StdoutLock<'static>
std::iter::Empty<T>                         std::iter::Once<T>
std::iter::Repeat<T>                        std::marker::PhantomData<T>
std::mem::Discriminant<T>                   std::mem::ManuallyDrop<T>
std::mem::MaybeUninit<T>                    std::net::TcpStream
std::num::Wrapping<T>                       std::ops::ControlFlow<T, u8>
std::ops::Range<T>                          std::option::IntoIter<T>
std::option::Iter<'static, T>               std::option::Option<T>
std::panic::AssertUnwindSafe<T>             std::panic::PanicHookInfo<'static>
std::path::PathBuf                          std::pin::Pin<std::boxed::Box<T>>
std::process::Child                         std::ptr::NonNull<T>
std::rc::Rc<T>                              std::rc::Weak<T>
std::result::IntoIter<T>                    std::result::Iter<'static, T>
std::result::Result<T, u8>                  std::slice::ChunkBy<'static, T, fn(&T, &T) -> bool>
std::slice::Chunks<'static, T>              std::slice::ChunksExact<'static, T>
std::slice::ChunksMut<'static, T>           std::slice::Iter<'static, T>
std::slice::IterMut<'static, T>             std::slice::RChunks<'static, T>
std::slice::RChunksExact<'static, T>        std::slice::Windows<'static, T>
std::string::String                         std::sync::Arc<T>
std::sync::Barrier                          std::sync::Condvar
std::sync::LazyLock<u8>                     std::sync::Mutex<T>
std::sync::MutexGuard<'static, T>           std::sync::Once
std::sync::OnceLock<T>                      std::sync::PoisonError<T>
std::sync::RwLock<T>                        std::sync::RwLockReadGuard<'static, T>
std::sync::RwLockWriteGuard<'static, T>     std::sync::TryLockError<T>
std::sync::Weak<T>                          std::sync::atomic::AtomicBool
std::sync::atomic::AtomicPtr<T>             std::sync::mpsc::IntoIter<T>
std::sync::mpsc::Iter<'static, T>           std::sync::mpsc::Receiver<T>
std::sync::mpsc::Sender<T>                  std::sync::mpsc::SyncSender<T>
std::sync::mpsc::TryIter<'static, T>        std::task::Context<'static>
std::task::Poll<T>                          std::task::RawWaker
std::task::Waker                            std::thread::JoinHandle<T>
std::thread::LocalKey<T>                    std::thread::ScopedJoinHandle<'static, T>
std::thread::Thread                         std::time::Instant
std::vec::Drain<'static, T>                 std::vec::IntoIter<T>
std::vec::Vec<T>                            &'static T
&'static mut T                              *const T
(T, u8)                                     [T; 3]
fn(T) -> T                                  std::boxed::Box<dyn std::any::Any>
std::boxed::Box<dyn std::any::Any + std::marker::Send>   std::boxed::Box<dyn std::any::Any + std::marker::Send + std::marker::Sync>
"""


def asked():
    """All types, each with each argument."""
    templates = [part for line in TYPES.splitlines() for part in line.split("   ") if part.strip()]
    for template in map(str.strip, templates):
        yield from dict.fromkeys(instantiated(template, argument) for argument in ARGUMENTS)


def instantiated(template, argument):
    for before, after in (("<T", "T"), ("(T", "T"), (", T", "T"), ("[T", "T"), ("&T", "T"), ("> T", "T"),
                          ("static T", "T"), ("mut T", "T"), ("const T", "T")):
        template = template.replace(before, before.removesuffix(after) + "\0")
    return template.replace("\0", argument)


def rustc_says(types):
    """{(type, trait): whether it has it}"""
    questions = [(one, trait) for one in types for trait in ("Send", "Sync")]
    with tempfile.NamedTemporaryFile("w", suffix=".rs") as file:
        file.write("#![allow(unused)] fn send<T: ?Sized + Send>() {} fn sync<T: ?Sized + Sync>() {}\n")
        for at, (one, trait) in enumerate(questions):
            file.write(f"fn f{at}() {{ {trait.lower()}::<{one}>() }}\n")
        file.flush()
        done = subprocess.run(["rustc", "--crate-type", "lib", "--edition", "2024", "--emit", "metadata", "-o",
                               "/dev/null", "--error-format", "json", file.name], capture_output=True, text=True)
    denied = set()
    for message in map(json.loads, done.stderr.splitlines()):
        if message["level"] != "error" or not message["spans"]:
            continue
        if not any(words in message["message"] for words in ("cannot be sent", "cannot be shared")):
            raise Failure(f"rustc: {message['message']}")
        denied.add(next(span["line_start"] for span in message["spans"] if span["is_primary"]) - 2)
    return {question: at not in denied for at, question in enumerate(questions)}


def compare(arguments):
    types = list(asked())
    program = arguments.bin / "send_check"
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("".join(one + "\n" for one in types))
        file.flush()
        try:
            done = subprocess.run([program, "--std-types", file.name], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Failure(f"{program}: {error}") from None
    ours = {one["type"]: one for one in map(json.loads, done.stdout.splitlines())}
    wrong = 0
    for (one, trait), has in rustc_says(types).items():
        if ours[one][trait.lower()] != has:
            wrong += 1
            print(f"`{one}` is{'' if has else ' not'} `{trait}`; ours: {ours[one][trait.lower()]}")
    print(f"{2 * len(types)} questions about {len(types)} types of the standard library, {wrong} answered otherwise")
    return 1 if wrong else 0
