// edition:2021
use std::future::Future;

// Of a runtime: while the guard is there, it is the thread's current one.
mod runtime {
    #[derive(Clone, Default)]
    pub struct Handle;
    pub struct EnterGuard<'a>(&'a Handle, *mut ());

    impl Handle {
        pub fn enter(&self) -> EnterGuard<'_> {
            EnterGuard(self, std::ptr::null_mut())
        }
    }

    impl Drop for EnterGuard<'_> {
        fn drop(&mut self) {
            let _ = (self.0, self.1);
        }
    }
}

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn run(handle: runtime::Handle) {
    let _guard = handle.enter();
    //  ^^^^^^ thread_local_handle_across_await
    leaf().await;
    //     ----- held at this await
}

fn main() {
    spawn(run(runtime::Handle));
}
