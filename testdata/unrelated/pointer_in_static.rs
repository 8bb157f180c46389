// edition:2024
// E0277: a static has to be `Sync`, and a raw pointer is not.
static START: *const u8 = std::ptr::null();

async fn is_started() -> bool {
    !START.is_null()
}

fn main() {
    drop(is_started());
}
